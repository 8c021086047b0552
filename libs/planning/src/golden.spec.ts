import { existsSync, readFileSync } from 'node:fs';
import { type ProblemDocument, parseProblem, planDocument } from '@portolan/domain';
import { type EngineName, engineNames } from './engines/engines.js';
import { solve } from './solve.js';

const folder = new URL('../../../../shared/problems/', import.meta.url);
const present = existsSync(new URL('optima.json', folder));
const read = (name: string): unknown => JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8'));
const optima = present ? Object.entries(read('optima') as Record<string, { objective: number }>) : [];

const solved = async (document: unknown, engine: EngineName = 'simplex') => {
  const parsed = parseProblem(document);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
  return planDocument.parse(await solve(parsed.problem, { engine }));
};

(present ? describe : describe.skip)('the golden problems (skipped where ../shared/problems is absent)', () => {
  const engines = engineNames;
  it.each(optima.flatMap(([name, { objective }]) => engines.map((engine) => [name, engine, objective] as const)))(
    '%s is at its optimum with %s, with a certificate',
    async (name, engine, objective) => {
      const plan = await solved(read(name), engine);
      expect(Math.abs(plan.objective.total - objective)).toBeLessThan(1e-6 * Math.abs(objective));
      expect(plan.statistics.engine).toBe(engine);
      const { gap, primalInfeasibility, dualInfeasibility } = plan.certificate;
      for (const figure of [gap, primalInfeasibility, dualInfeasibility]) expect(figure).toBeLessThanOrEqual(1e-6);
    },
  );
});

const at = (hours: number) => new Date(Date.UTC(2026, 2, 2) + hours * 3_600_000).toISOString();

/** A at the sea, B inland; a barge of 10 TEU at 40 and a truck at 100, each without handling. */
const small = (change: (document: ProblemDocument) => void = () => {}): ProblemDocument => {
  const document: ProblemDocument = {
    format: 'portolan.problem/1',
    name: 'small',
    locations: [{ id: 'A' }, { id: 'B' }],
    services: [
      {
        id: 'BARGE',
        mode: 'barge',
        legs: [{ id: '1', from: 'A', to: 'B', departs: at(10), arrives: at(20), capacity: 10, cost: 40 }],
      },
      { id: 'TRUCK', mode: 'truck', onDemand: { from: 'A', to: 'B', duration: 'PT3H', cost: 100 } },
    ],
    demands: [{ id: 'D', from: 'A', to: 'B', quantity: 12, available: at(0), unservedPenalty: 500 }],
  };
  change(document);
  return document;
};

const quantities = (plan: Awaited<ReturnType<typeof solved>>) =>
  Object.fromEntries(plan.flows.map(({ legs, quantity }) => [legs.map(({ service }) => service).join('+'), quantity]));

describe('a plan', () => {
  it('fills the cheap leg first, and prices it by what the next best costs more', async () => {
    const plan = await solved(small());
    expect(quantities(plan)).toEqual({ BARGE: 10, TRUCK: 2 });
    expect(plan.objective.total).toBe(10 * 40 + 2 * 100);
    expect(plan.prices.legs.find(({ service }) => service === 'BARGE')).toMatchObject({ used: 10, shadowPrice: -60 });
    expect(plan.prices.demands).toEqual([{ demand: 'D', marginalCost: 100 }]);
  });

  it('keeps what is in force while changing costs more than it saves', async () => {
    const plan = await solved(
      small((document) => {
        document.parameters = { changePenaltyPerUnit: 70 };
        document.current = [{ demand: 'D', itinerary: [{ service: 'TRUCK' }], quantity: 12 }];
      }),
    );
    expect(quantities(plan)).toEqual({ TRUCK: 12 });
    expect(plan.objective).toMatchObject({ total: 1200, changes: 0 });
  });

  it('says why goods stay unserved', async () => {
    const reason = async (change: (document: ProblemDocument) => void) =>
      (await solved(small(change))).unserved[0]!.reason;
    expect(await reason((d) => (d.demands[0]!.unservedPenalty = 30))).toContain('cheaper left unserved');
    expect(await reason((d) => (d.demands[0]!.latest = at(2)))).toContain('no itinerary in time');
    expect(await reason((d) => d.services.pop())).toContain('resources full: BARGE leg 1');
    expect(
      await reason((d) => (d.demands = [{ id: 'D', product: 'pear', to: 'B', quantity: 1, available: at(0) }])),
    ).toContain('no supply');
  });

  it('moves whole units, and proves how far they are from the linear optimum', async () => {
    const plan = await solved(
      small((document) => {
        document.services[0]!.legs![0]!.capacity = 9;
        document.demands[0]!.unitSize = 2;
      }),
    );
    expect(quantities(plan)).toEqual({ BARGE: 8, TRUCK: 4 });
    expect(plan.certificate.dualBound).toBe(9 * 40 + 3 * 100);
    expect([plan.status, plan.objective.total]).toEqual(['feasible', 8 * 40 + 4 * 100]);
  });

  it('counts plugs for reefers only', async () => {
    const plan = await solved(
      small((document) => {
        document.services[0]!.legs![0]!.reeferPlugs = 3;
        document.demands[0]!.reefer = true;
      }),
    );
    expect(quantities(plan)).toEqual({ BARGE: 3, TRUCK: 9 });
  });

  it('is the same, byte for byte, when the same problem is solved again after another', async () => {
    const bytes = async () => JSON.stringify({ ...(await solved(small())), statistics: undefined });
    const first = await bytes();
    await solved(small((document) => (document.demands[0]!.quantity = 3)));
    expect(await bytes()).toBe(first);
  });

  it('goes on with three legs where two are dearer, unless maxLegs forbids', async () => {
    const long = small((document) => {
      document.locations.push({ id: 'C' }, { id: 'E' });
      document.services.push({
        id: 'ROUND',
        legs: [
          { id: '1', from: 'A', to: 'C', departs: at(1), arrives: at(2), capacity: 20, cost: 5 },
          { id: '2', from: 'C', to: 'E', departs: at(3), arrives: at(4), capacity: 20, cost: 5 },
          { id: '3', from: 'E', to: 'B', departs: at(5), arrives: at(6), capacity: 20, cost: 5 },
        ],
      });
    });
    expect(quantities(await solved(long))).toEqual({ 'ROUND+ROUND+ROUND': 12 });
    expect(quantities(await solved({ ...long, parameters: { maxLegs: 2 } }))).toEqual({ BARGE: 10, TRUCK: 2 });
  });
});
