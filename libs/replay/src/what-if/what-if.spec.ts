import { planningHere } from '@portolan/cells';
import type { PortolanEvent } from '@portolan/domain';
import { type Comparison, comparisonDocument } from '../comparison/document.js';
import { keyFigures } from '../figures/figures.js';
import type { Entry } from '../log/entry.js';
import { replay } from '../run/replay.js';
import type { Pace } from '../run/pace.js';
import { type Base, baseOf } from '../scenario/base.js';
import { compile } from '../scenario/compile.js';
import { parseScenario } from '../scenario/parse.js';
import { variantsOf } from '../scenario/variants.js';
import { type RunResult, type WhatIfOptions, whatIf } from './what-if.js';
import { at, event } from '../testing/events.js';

const barge = (id: string, departs: number, capacity: number, cost: number) =>
  event(0, 'service.scheduled', {
    id,
    mode: 'barge',
    vessel: { imo: '9321483' },
    voyages: [id],
    calls: [
      { location: 'QUAY', departs: at(departs) },
      { location: 'INLAND', arrives: at(departs + 10) },
    ],
    legs: [{ capacity, cost, co2eKg: 50 }],
  });
const order = (hour: number, id: string, quantity: number) =>
  event(hour, 'order.placed', {
    id,
    from: 'QUAY',
    to: 'INLAND',
    quantity,
    available: at(hour),
    due: at(40),
    latePerUnitHour: 10,
  });

const events = [
  event(0, 'parameters.changed', { unservedPenalty: 2000, autoAccept: ['book'], co2PricePerTonne: 100 }),
  event(0, 'location.changed', { id: 'QUAY', position: { lat: 51.3, lon: 4.3 } }),
  event(0, 'location.changed', { id: 'INLAND', position: { lat: 50.9, lon: 5.5 } }),
  barge('EARLY', 20, 6, 40),
  barge('LATE', 26, 10, 45),
  barge('LAST', 32, 20, 60),
  event(0, 'service.scheduled', {
    id: 'TRUCK',
    mode: 'truck',
    onDemand: { from: 'QUAY', to: 'INLAND', duration: 'PT3H', cost: 200, co2eKg: 150 },
  }),
  order(1, 'A', 4),
  order(2, 'B', 5),
  event(5, 'location.closed', { closure: 'K', location: 'QUAY', from: at(19), to: at(22) }),
  order(6, 'C', 3),
  event(20, 'transport.called', {
    transport: { service: 'EARLY' },
    call: 'departure',
    classifier: 'actual',
    at: at(20),
    place: { location: 'QUAY' },
  }),
  order(21, 'D', 2),
];

const entriesOf = (all: readonly PortolanEvent[]): Entry[] => all.map((each, position) => ({ event: each, position }));
async function* logOf(all: readonly PortolanEvent[]): AsyncGenerator<readonly Entry[]> {
  yield entriesOf(all);
}
const pace: Pace = { kind: 'moments' };

async function optionsFor(changes: readonly object[], extra: object = {}): Promise<WhatIfOptions> {
  const document = { format: 'portolan.scenario/1', name: 'test', variants: [{ name: 'v', changes, ...extra }] };
  const parsed = parseScenario(JSON.stringify(document));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  const base = (await baseOf(logOf(events), {})) as Base;
  const expanded = variantsOf(parsed.value.document);
  if ('faults' in expanded) throw new Error(JSON.stringify(expanded.faults));
  const compiled = compile(expanded.variants, base);
  if ('faults' in compiled) throw new Error(JSON.stringify(compiled.faults));
  const { signal } = new AbortController();
  const planners = [planningHere()];
  return { name: 'test', base, pace, raw: true, signal, planners, variants: expanded.variants, ...compiled };
}
const compared = async (...changes: object[]): Promise<Comparison> => whatIf(await optionsFor(changes));
const objectives = ({ variants: [variant] }: Comparison) =>
  variant!.series.map(({ now, objective }) => [now, objective]);

/** The objectives of a log that was changed by hand, planned from its beginning. */
async function replayed(changed: readonly PortolanEvent[]) {
  const found: [string, number][] = [];
  for await (const step of replay(logOf(changed), { pace, planners: [planningHere()], decides: true })) {
    const { now, objective } = keyFigures(step);
    found.push([now, objective.total]);
  }
  return found;
}

const without = (id: string) => events.filter(({ data }) => (data as { id?: string }).id !== id);
const behind = (hour: number, ...added: PortolanEvent[]) => [
  ...events.filter(({ recordedtime }) => recordedtime <= at(hour)),
  ...added,
  ...events.filter(({ recordedtime }) => recordedtime > at(hour)),
];

describe('what if', () => {
  it('nothing changes: every variant is the baseline, and the baseline the replay', async () => {
    const comparison = await compared();
    expect(objectives(comparison)).toEqual(await replayed(events));
    expect(comparison.variants[0]).toMatchObject({
      totals: comparison.baseline.totals,
      shipments: [],
      resources: [],
      decisions: [],
    });
    expect(comparison.variants[0]!.difference).toMatchObject({ total: 0, planned: 0, co2eKg: 0 });
  });

  const laws: [what: string, change: object, log: readonly PortolanEvent[]][] = [
    ['an order is dropped', { drop: { subject: 'B' } }, without('B')],
    [
      'an order is another one',
      { modify: { subject: 'C', set: { quantity: 9 } } },
      events.map((each) =>
        (each.data as { id?: string }).id === 'C' ? { ...each, data: { ...each.data, quantity: 9 } } : each,
      ) as PortolanEvent[],
    ],
    [
      'orders are larger',
      { modify: { where: 'data.quantity >= 5', multiply: { quantity: 2 } } },
      events.map((each) =>
        (each.data as { id?: string }).id === 'B' ? { ...each, data: { ...each.data, quantity: 10 } } : each,
      ) as PortolanEvent[],
    ],
    [
      'an order comes',
      { insert: { event: { type: 'org.portolan.order.placed', data: order(7, 'X', 4).data }, known: at(7) } },
      behind(7, order(7, 'X', 4)),
    ],
    [
      'a barge takes less',
      { capacity: { service: 'EARLY', factor: 0.5, known: at(3) } },
      behind(3, event(3, 'capacity.changed', { service: 'EARLY', factor: 0.5 })),
    ],
    [
      'a place closes',
      { close: { location: 'QUAY', from: at(19), to: at(48), known: at(4) } },
      behind(4, event(4, 'location.closed', { closure: 'X', location: 'QUAY', from: at(19), to: at(48) })),
    ],
    [
      'work resumes early',
      { reopen: { location: 'QUAY', at: at(8) } },
      behind(8, event(8, 'location.reopened', { closure: 'K', location: 'QUAY' })),
    ],
    [
      'carbon is dear',
      { set: { parameter: 'co2PricePerTonne', value: 5000, known: at(0) } },
      behind(0, event(0, 'parameters.changed', { co2PricePerTonne: 5000 })),
    ],
  ];

  it.each(laws)('%s: the same as a log with that change, planned from its beginning', async (_, change, log) => {
    expect(objectives(await compared(change))).toEqual(await replayed(log));
  });

  it('a place is reopened that is open by then: nothing changes, and a warning says so', async () => {
    const comparison = await compared(
      { reopen: { location: 'QUAY', at: at(21) } },
      { reopen: { location: 'QUAY', at: at(6) } },
    );
    const pointer = '/variants/0/changes/0/reopen/location';
    const message = `(QUAY) is open at ${at(21)}: what had closed it was over by then, and nothing changes`;
    expect(comparison.variants[0]!.warnings).toEqual([{ pointer, message }]);
    expect((await compared({ reopen: { location: 'QUAY', at: at(6) } })).variants[0]!.warnings).toEqual([]);
  });

  it('a barge is late: estimates say so, and what happens to it happens later', async () => {
    const {
      variants: [variant],
      baseline,
    } = await compared({ delay: { transport: 'EARLY', by: 'PT24H', known: at(4) } });
    const [late] = variant!.shipments.filter(({ order: id }) => id === 'A' || id === 'B');
    expect(late!.causes.map(({ id }) => id)).toEqual(expect.arrayContaining(['what-if/0.0/EARLY/1/departure']));
    expect(variant!.totals.late.hours).toBeGreaterThan(baseline.totals.late.hours);
    expect(variant!.series.at(-1)!.now).toBe(at(44));
  });

  it('tells per shipment what differs and why, and what would have had to be decided by when', async () => {
    const {
      variants: [variant],
    } = await compared({ close: { location: 'QUAY', from: at(19), to: at(30), known: at(6) } });
    const [first] = variant!.shipments;
    expect(first!.costs).toBeGreaterThan(0);
    expect(first!.causes.map(({ summary }) => summary)).toEqual([
      expect.stringMatching(/^QUAY is closed from 2 March 19:00/),
    ]);
    expect(first!.baseline!.journeys[0]!.legs).not.toEqual(first!.variant!.journeys[0]!.legs);
    expect(variant!.decisions.some(({ only, decideBy }) => only === 'variant' && decideBy !== undefined)).toBe(true);
    expect(variant!.difference.total).toBeCloseTo(
      variant!.shipments.reduce((sum, { costs }) => sum + costs, 0),
      5,
    );
  });

  it('tells what plans load over time, where that differs, as the plans of both logs have it', async () => {
    const change = { capacity: { service: 'EARLY', factor: 0.5, known: at(3) } };
    const less = event(3, 'capacity.changed', { service: 'EARLY', factor: 0.5 });
    const {
      variants: [variant],
    } = await compared(change);
    expect(variant!.loads.map(({ service, leg, resource }) => [service, leg, resource])).toEqual([
      ['EARLY', '1', 'capacity'],
      ['LATE', '1', 'capacity'],
    ]);
    for (const { service, ...runs } of variant!.loads)
      for (const [run, log] of [
        ['baseline', events],
        ['variant', behind(3, less)],
      ] as const)
        for await (const { publication } of replay(logOf(log), { pace, planners: [planningHere()], decides: true })) {
          const later = runs[run].filter(({ now }) => now <= publication.now);
          const { used = 0, shadowPrice = 0 } =
            publication.plan.prices.legs.find((leg) => leg.service === service) ?? {};
          const last = later.at(-1) ?? { used: 0, shadowPrice: 0 };
          expect([service, publication.now, last.used, last.shadowPrice]).toEqual([
            service,
            publication.now,
            used,
            shadowPrice,
          ]);
        }
  });

  it('gives the same bytes on two planners, in a document that its schema knows', async () => {
    const options = await optionsFor([{ set: { parameter: 'co2PricePerTonne', value: [10, 500, 5000] } }]);
    const [one, two] = [
      await whatIf(options),
      await whatIf({ ...options, planners: [planningHere(), planningHere()] }),
    ];
    expect(JSON.stringify(two)).toBe(JSON.stringify(one));
    expect(comparisonDocument.safeParse(JSON.parse(JSON.stringify(one))).error).toBeUndefined();
    expect(one.variants.map(({ name }) => name)).toEqual(
      [10, 500, 5000].map((price) => `v, co2PricePerTonne ${price}`),
    );
  });

  it('spreads over its draws', async () => {
    const by = { distribution: 'uniform', from: 'PT0S', to: 'PT40H' };
    const options = await optionsFor([{ delay: { transport: '*', by, known: at(6) } }], { runs: 9, seed: 3 });
    const [variant] = (await whatIf(options)).variants;
    const { p5, p50, p95 } = variant!.quantiles!.of['total']!;
    expect(p5).toBeLessThan(p95);
    expect(variant!.totals.cost.total).toBe(p50);
    expect((await whatIf(options)).variants[0]!.quantiles).toEqual(variant!.quantiles);
  });

  it('does not do again what was done', async () => {
    const options = await optionsFor([{ drop: { subject: 'B' } }]);
    const kept = new Map<number, RunResult>();
    const store = {
      get: (index: number) => kept.get(index),
      put: async (index: number, run: RunResult) => void kept.set(index, run),
    };
    const whole = await whatIf({ ...options, kept: store });
    const told: RunResult = { ...kept.get(0)!, name: 'kept' };
    kept.set(0, told);
    const again = await whatIf({ ...options, kept: store });
    expect([whole.variants[0]!.name, again.variants[0]!.name]).toEqual(['v', 'kept']);
  });

  it('stops when it is cancelled', async () => {
    const stopping = new AbortController();
    const options = await optionsFor([{ set: { parameter: 'co2PricePerTonne', value: [1, 2, 3] } }]);
    const onProgress = ({ done }: { done: number }) => done === 2 && stopping.abort(new Error('enough'));
    await expect(whatIf({ ...options, signal: stopping.signal, onProgress })).rejects.toThrow('enough');
  });
});
