import { readFileSync } from 'node:fs';
import type { PortolanEvent } from '@portolan/domain';
import type { Entry } from '../log/entry.js';
import { type Base, baseOf } from './base.js';
import { comparisonSchema } from '../comparison/document.js';
import { compile } from './compile.js';
import { scenarioSchema } from './document.js';
import { expressionOf } from './expression.js';
import { type Scenario, parseScenario } from './parse.js';
import { Draws, drawn } from './random.js';
import { variantsOf } from './variants.js';
import { at, event } from '../testing/events.js';

const events = [
  event(0, 'location.changed', { id: 'QUAY' }),
  event(0, 'location.changed', { id: 'INLAND' }),
  event(0, 'service.scheduled', {
    id: 'BARGE-1',
    mode: 'barge',
    vessel: { imo: '9321483', name: 'Scaldis' },
    calls: [
      { location: 'QUAY', departs: at(20) },
      { location: 'INLAND', arrives: at(30) },
    ],
    legs: [{ capacity: 6, cost: 40 }],
  }),
  ...[1, 2, 3].map((hour) =>
    event(hour, 'order.placed', {
      id: `O${hour}`,
      from: 'QUAY',
      to: 'INLAND',
      quantity: hour * 2,
      available: at(hour),
    }),
  ),
];

async function* logOf(all: readonly PortolanEvent[]): AsyncGenerator<readonly Entry[]> {
  yield all.map((each, position) => ({ event: each, position }));
}
const base = async () => (await baseOf(logOf(events), {})) as Base;

const scenario = (changes: string, head = '') => `format: portolan.scenario/1
name: test
${head}variants:
  - name: v
    changes:
${changes
  .trim()
  .split('\n')
  .map((line) => `      ${line}`)
  .join('\n')}
`;

const parsed = (text: string): Scenario => {
  const outcome = parseScenario(text);
  if (!outcome.ok) throw new Error(outcome.faults.map(({ message }) => message).join('\n'));
  return outcome.value;
};

/** Everything that is wrong, wherever it is found. */
async function faultsOf(text: string): Promise<string[]> {
  const outcome = parseScenario(text);
  if (!outcome.ok) return outcome.faults.map(({ message }) => message);
  const { document, placed } = outcome.value;
  const expanded = variantsOf(document);
  const faults = 'faults' in expanded ? expanded.faults : undefined;
  if (faults) return faults.map((fault) => placed(fault).message);
  const compiled = compile((expanded as { variants: never[] }).variants, await base());
  return 'faults' in compiled ? compiled.faults.map((fault) => placed(fault).message) : [];
}

const variants = (text: string) => {
  const expanded = variantsOf(parsed(text).document);
  if ('faults' in expanded) throw new Error(expanded.faults[0]!.message);
  return expanded.variants;
};

describe('a scenario', () => {
  it('tells everything that is wrong with its shape at once, each with line and column', async () => {
    const text = scenario(`
- close: { location: QUAY, from: tomorrow, to: ${at(9)} }
- capacity: { service: BARGE-1 }
- delay: { transport: BARGE-1, by: 3 hours }
- paint: { location: QUAY }
- set: { parameter: co2Price, value: 80 }
- drop: {}
- drop: { where: "data.quantity >" }
`);
    expect(await faultsOf(text)).toEqual([
      expect.stringMatching(/^line 6, column 40: .*\/close\/from must be an RFC 3339 instant with an offset/),
      expect.stringMatching(/^line 7, column 19: .*\/changes\/1\/capacity must have either `factor`, or/),
      expect.stringMatching(/^line 8, column 42: .*\/by must be an ISO 8601 duration/),
      expect.stringMatching(/^line 9, column 16: .*\/changes\/3\/paint is not a known field/),
      expect.stringMatching(/^line 9, column 9: .*\/changes\/3 must be exactly one of close, reopen, delay/),
      expect.stringMatching(/^line 10, column 27: .*\/parameter must be one of currency, unit, co2PricePerTonne/),
      expect.stringMatching(/^line 11, column 15: .*\/drop must say which events: type, subject/),
      expect.stringMatching(/^line 12, column 24: .*\/drop\/where Unexpected token/),
    ]);
  });

  it('tells everything that does not fit the log at once', async () => {
    const text = scenario(`
- close: { location: QUAI, from: ${at(1)}, to: ${at(9)} }
- close: { location: QUAY, from: ${at(9)}, to: ${at(1)} }
- reopen: { location: QUAY, at: 2027-01-01T00:00:00Z }
- delay: { transport: IMO9999999, by: PT18H }
- drop: { type: org.portolan.order.cancelled }
- set: { parameter: horizon, value: long }
- insert: { event: { type: org.portolan.order.placed, data: { id: X, from: QUAY, to: QUAY, quantity: 1 } } }
- modify: { type: org.portolan.order.placed, multiply: { weight: 2 } }
- drop: { subject: O1 }
`);
    expect(await faultsOf(text)).toEqual([
      'line 6, column 28: /variants/0/changes/0/close/location (QUAI) is no place of the log; did you mean QUAY?',
      `line 7, column 66: /variants/0/changes/1/close/to (${at(1)}) must be later than from (${at(9)})`,
      `line 8, column 39: /variants/0/changes/2/reopen/at (2027-01-01T00:00:00Z) is outside the log, which goes from ${at(0)} to ${at(3)}`,
      'line 9, column 29: /variants/0/changes/3/delay/transport (IMO9999999) is no transport of the log',
      'line 10, column 15: /variants/0/changes/4/drop means no event of the log',
      expect.stringMatching(/^line 11, column 43: .*\/value must be an ISO 8601 duration/) as string,
      expect.stringMatching(/^line 12, column 92: .*\/event\/data\/to \(QUAY\) must differ from `from`/) as string,
      expect.stringMatching(/^line 12, column 67: .*\/event\/data\/available is required with `from`/) as string,
      ...[1, 2, 3].map(
        () =>
          expect.stringMatching(/^line 13, column 72: .*\/multiply\/weight names no number in org.portolan/) as string,
      ),
      expect.stringMatching(
        /^line 14, column 15: .* which an earlier change of the variant drops or modifies/,
      ) as string,
    ]);
  });

  it('tells what is reopened and was never closed until then', async () => {
    const closing = (known: string) => `- close: { location: QUAY, from: ${at(1)}, to: ${at(9)}, known: ${known} }`;
    const inserting = (location: string) =>
      `- insert: { known: ${at(1)}, event: { type: org.portolan.location.closed, data: { closure: K, location: ${location}, from: ${at(1)}, to: ${at(9)} } } }`;
    const reopening = `- reopen: { location: QU*, at: ${at(2)} }`;
    const never = `line 6, column 29: /variants/0/changes/0/reopen/location (QU*) was never closed until then: no event of the log and no change of the variant closes it`;
    expect(await faultsOf(scenario(reopening))).toEqual([never]);
    for (const other of [closing(at(3)), inserting('INLAND')])
      expect(await faultsOf(scenario(`${reopening}\n${other}`))).toEqual([never]);
    for (const other of [closing(at(2)), inserting('QUAY')])
      expect(await faultsOf(scenario(`${reopening}\n${other}`))).toEqual([]);
  });

  it('tells changes that contradict each other', async () => {
    const text = scenario(`
- set: { parameter: co2PricePerTonne, value: 80 }
- set: { parameter: co2PricePerTonne, value: 90 }
- capacity: { service: BARGE-1, factor: 0.5 }
- capacity: { service: BARGE-1, capacity: 3 }
`);
    expect(await faultsOf(text)).toEqual([
      'line 7, column 14: /variants/0/changes/1/set contradicts change 1 of the variant: co2PricePerTonne is said twice',
      'line 9, column 19: /variants/0/changes/3/capacity contradicts change 3 of the variant: capacity of BARGE-1 is said twice',
    ]);
  });

  it('tells what is no YAML, and what refers to itself without end', async () => {
    expect(await faultsOf('variants: [')).toEqual([expect.stringMatching(/^line 1, column 12: is not YAML: /)]);
    expect(await faultsOf('a: '.repeat(500))).toEqual([expect.stringMatching(/is no YAML that can be read/)]);
  });

  it('becomes a variant for each combination of its values, and a run for each draw', () => {
    const text = scenario(`
- set: { parameter: co2PricePerTonne, value: [80, 150] }
- capacity: { service: BARGE-*, factor: [0.5, { distribution: uniform, from: 0, to: 1 }] }
`);
    const all = variants(text);
    expect(all).toHaveLength(80);
    expect([...new Set(all.map(({ name }) => name))]).toEqual([
      'v, co2PricePerTonne 80, factor 0.5',
      'v, co2PricePerTonne 80, factor {"distribution":"uniform","from":0,"to":1}',
      'v, co2PricePerTonne 150, factor 0.5',
      'v, co2PricePerTonne 150, factor {"distribution":"uniform","from":0,"to":1}',
    ]);
    expect(all[1]!.changes[0]).toMatchObject({ kind: 'set', change: { value: 80 } });
  });

  it('has no more variants than can be computed', async () => {
    const list = JSON.stringify(Array.from({ length: 100 }, (_, index) => index / 100));
    const text = scenario(`
- capacity: { service: BARGE-1, factor: ${list} }
- set: { parameter: co2PricePerTonne, value: ${list} }
`);
    expect(await faultsOf(text)).toEqual([
      expect.stringMatching(/has 10000 combinations of values, 1 runs each: more than/),
    ]);
  });
});

describe('an expression', () => {
  it('says which events are meant; a field that is not there makes it false', () => {
    const meant = (text: string) =>
      expressionOf(text)(events).flatMap((is, index) => (is ? [events[index]!.data as { id: string }] : []));
    expect(meant('data.quantity > 2.0').map(({ id }) => id)).toEqual(['O2', 'O3']);
    expect(meant('event.type.endsWith("order.placed") && data.quantity == 2').map(({ id }) => id)).toEqual(['O1']);
    expect(meant('data.calls.exists(call, call.location == "INLAND")').map(({ id }) => id)).toEqual(['BARGE-1']);
  });

  it('that does not end is ended, with its line', async () => {
    const slow = { ...events[3]!, subject: 'a'.repeat(40) } as PortolanEvent;
    const text = scenario('- drop: { where: \'event.subject.matches("^(a+)+$b")\' }');
    const { document, placed } = parsed(text);
    const { variants: all } = variantsOf(document) as Extract<ReturnType<typeof variantsOf>, { variants: unknown }>;
    const compiled = compile(all, (await baseOf(logOf([...events, slow]), {})) as Base);
    expect('faults' in compiled && compiled.faults.map((fault) => placed(fault).message)).toEqual(
      [
        'line 6, column 24: /variants/0/changes/0/drop/where did not end within 2 s for 1000 events',
        expect.stringMatching(/means no event/) as string,
      ].slice(0, 1),
    );
  });
});

describe('draws', () => {
  const many = (distribution: Parameters<typeof drawn>[0], seed = '1') => {
    const uniform = new Draws(seed).of('x');
    return Array.from({ length: 4000 }, () => drawn(distribution, uniform));
  };
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

  it('are the same for the same seed and thing, and others otherwise', () => {
    const distribution = { distribution: 'uniform', from: 0, to: 1 } as const;
    expect(many(distribution)).toEqual(many(distribution));
    expect(many(distribution)[0]).not.toBe(many(distribution, '2')[0]);
    expect(new Draws('1').of('y')()).not.toBe(new Draws('1').of('x')());
  });

  it('have the mean of their distribution', () => {
    expect(mean(many({ distribution: 'uniform', from: 2, to: 6 }))).toBeCloseTo(4, 0);
    expect(mean(many({ distribution: 'triangular', from: 0, likely: 3, to: 6 }))).toBeCloseTo(3, 0);
    expect(mean(many({ distribution: 'normal', mean: 10, deviation: 2 }))).toBeCloseTo(10, 0);
    expect(mean(many({ distribution: 'exponential', mean: 5 }))).toBeGreaterThan(4.6);
    expect(mean(many({ distribution: 'exponential', mean: 5 }))).toBeLessThan(5.4);
  });
});

describe('the JSON Schemas in docs/schemas', () => {
  const schemas = { 'portolan.scenario-1': scenarioSchema(), 'portolan.comparison-1': comparisonSchema() };
  it.each(Object.entries(schemas))('of %s is the one the code gives (npm run schemas)', (name, schema) => {
    const file = new URL(`../../../../docs/schemas/${name}.json`, import.meta.url);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(JSON.parse(JSON.stringify(schema)));
  });
});
