import { shipmentsShown, withAlternatives } from './alternatives.js';
import { HOUR, parseInstant } from '../time/instant.js';
import { stepKey } from './assignments.js';
import type { ResourceKey } from './groups.js';
import type { Answer } from './lifecycle.js';
import type { Rating } from './rating.js';
import { type PlannedDemand, type Situation, emptyLedger, recommend } from './recommend.js';
import { recommendation } from './recommendation.js';

const now = parseInstant('2026-03-02T06:00:00Z')!;

/** Services of this little world: cost per unit, departure and duration in hours from now. */
const world: Record<string, { cost: number; departs: number; hours: number; truck?: boolean }> = {
  BARGE: { cost: 60, departs: 10, hours: 14 },
  TRAIN: { cost: 100, departs: 12, hours: 4 },
  LATER: { cost: 70, departs: 34, hours: 14 },
  TRUCK: { cost: 300, departs: 5, hours: 2, truck: true },
};

const on = (service: keyof typeof world, quantity = 10) => ({
  quantity,
  itinerary: [world[service]!.truck ? { service } : { service, leg: '1' }],
});

function rating(impossible: Record<string, string> = {}, latePerHour = 0): Rating {
  const parts = {
    transport: 0,
    handling: 0,
    storage: 0,
    lateness: 0,
    spoilage: 0,
    emissions: 0,
    supply: 0,
    revenue: 0,
  };
  return {
    rate: (_demand, { itinerary }) => {
      const blocked = itinerary.findIndex((step) => impossible[step.service]);
      if (blocked >= 0) return { possible: false, reason: impossible[itinerary[blocked]!.service]!, atLeg: blocked };
      const legs = itinerary.map((step) => {
        const departs = now + world[step.service]!.departs * HOUR;
        return { ...step, from: 'BEANR', to: 'BELGG', departs, arrives: departs + world[step.service]!.hours * HOUR };
      });
      const delivered = legs.at(-1)!.arrives;
      const unitCost =
        legs.reduce((sum, { service }) => sum + world[service]!.cost, 0) + (latePerHour * (delivered - now)) / HOUR;
      return {
        possible: true,
        unitCost,
        parts: { ...parts, transport: unitCost },
        co2eKg: 5,
        ready: now,
        delivered,
        legs,
      };
    },
    continuation: () => undefined,
    unservedPenalty: () => 2000,
    mode: () => 'barge',
  };
}

const demand = (id: string, inForce: PlannedDemand['inForce'], planned: PlannedDemand['planned']): PlannedDemand => ({
  id,
  order: id,
  quantity: 10,
  from: 'BEANR',
  to: 'BELGG',
  reefer: false,
  inForce,
  planned,
});

function situation(demands: PlannedDemand[], more: Partial<Situation> = {}): Situation {
  return {
    cell: 'test',
    version: 1,
    position: 7,
    now,
    currency: 'EUR',
    unit: 'TEU',
    minSaving: 20,
    repeatGrowth: 0.25,
    demands,
    capacity: new Map<ResourceKey, number>([['leg:BARGE/1', 10]]),
    binding: [],
    rating: rating(),
    cutOff: { handling: () => HOUR, leadTime: HOUR },
    causes: () => [],
    answers: new Map(),
    basis: () => undefined,
    ...more,
  };
}

const only = (of: Situation, ledger = emptyLedger) => {
  const { changed } = recommend(of, ledger);
  expect(changed).toHaveLength(1);
  return recommendation.parse(changed[0]);
};

describe('a recommendation', () => {
  it('books a shipment that has no itinerary yet', () => {
    const { kind, saving, decideBy } = only(situation([demand('A', [], [on('BARGE')])]));
    expect(kind).toBe('book');
    expect(saving.amount).toBe(10 * (2000 - 60));
    expect(decideBy).toBe('2026-03-02T14:00:00Z');
  });

  it('saves what keeping the itinerary costs more', () => {
    const { kind, saving, changes } = only(situation([demand('A', [on('TRAIN')], [on('BARGE')])]));
    expect([kind, saving.amount, saving.hours, changes[0]!.baseline]).toEqual(['reroute', 400, -8, 'kept']);
    const [before, after] = [changes[0]!.inForce[0]!, changes[0]!.proposed[0]!];
    expect(before.cost - after.cost).toBe(saving.amount);
  });

  it("says nothing where the saving is not worth a person's time", () => {
    const { changed } = recommend(
      situation([demand('A', [on('LATER')], [on('BARGE')])], { minSaving: 101 }),
      emptyLedger,
    );
    expect(changed).toEqual([]);
  });

  it('is made in any case when the itinerary in force is no longer possible', () => {
    const { changes, saving } = only(
      situation([demand('A', [on('BARGE')], [on('TRUCK')])], { rating: rating({ BARGE: 'it was cancelled' }) }),
    );
    expect(changes[0]!.baseline).toBe('unserved');
    expect(changes[0]!.inForce[0]!.unserved).toBe('it was cancelled');
    expect(saving.amount).toBe(10 * (2000 - 300));
  });

  it('joins changes that need each other, and adds up what they save', () => {
    const leaves = demand('A', [on('BARGE')], [on('TRAIN')]);
    const boards = demand('B', [on('TRUCK')], [on('BARGE')]);
    const joint = only(situation([leaves, boards]));
    expect(joint.changes.map(({ shipment }) => shipment)).toEqual(['A', 'B']);
    expect(joint.saving.amount).toBe(10 * (60 - 100) + 10 * (300 - 60));
  });

  it('keeps changes apart that do not need each other', () => {
    const free = { capacity: new Map<ResourceKey, number>([['leg:BARGE/1', 30]]) };
    const { changed } = recommend(
      situation([demand('A', [on('TRUCK')], [on('BARGE')]), demand('B', [on('TRAIN')], [on('BARGE')])], free),
      emptyLedger,
    );
    expect(changed).toHaveLength(2);
  });

  it('counts goods that an overbooked leg cannot take as refused, as many as are too many', () => {
    const both = [demand('A', [on('BARGE')], [on('BARGE')]), demand('B', [on('BARGE')], [on('TRAIN')])];
    const { changes } = only(situation(both));
    expect(changes.map(({ shipment, baseline }) => [shipment, baseline])).toEqual([['B', 'unserved']]);
  });

  it('keeps its id and its birth while re-planning proposes the same', () => {
    const first = recommend(situation([demand('A', [on('TRAIN')], [on('BARGE')])]), emptyLedger);
    const again = recommend(
      situation([demand('A', [on('TRAIN')], [on('BARGE')])], { version: 2, position: 9 }),
      first.ledger,
    );
    expect(again.changed).toEqual([]);
    expect(again.ledger.open[0]!.id).toBe(first.changed[0]!.id);
  });

  it('keeps its alternatives while nothing else changes, and is given new ones when something does', () => {
    const alternative = { legs: [], costsMore: 1, co2eKg: 0, because: 'It costs more.' };
    const demands = [demand('A', [on('TRAIN')], [on('BARGE')])];
    const first = withAlternatives(recommend(situation(demands), emptyLedger), () => [alternative]);
    const [shown] = first.changed;
    expect(shown!.changes[0]!.alternatives).toEqual([alternative]);
    expect(first.ledger.open).toEqual([shown]);
    const again = recommend(situation(demands, { version: 2 }), first.ledger);
    expect([again.changed, shipmentsShown(again), again.ledger.open]).toEqual([[], [], [shown]]);
    const cause = { id: 'e1', type: 't', time: '2026-03-02T05:00:00Z', position: 8, summary: 'late' };
    const changed = recommend(situation(demands, { causes: () => [cause] }), again.ledger);
    expect(shipmentsShown(changed)).toEqual(['A']);
    const dearer = { ...alternative, costsMore: 2 };
    expect(withAlternatives(changed, () => [dearer]).ledger.open[0]!.changes[0]!.alternatives).toEqual([dearer]);
  });

  it('that has ended keeps the alternatives it had', () => {
    const alternative = { legs: [], costsMore: 1, co2eKg: 0, because: 'It costs more.' };
    const first = withAlternatives(
      recommend(situation([demand('A', [on('TRAIN')], [on('BARGE')])]), emptyLedger),
      () => [alternative],
    );
    const then = recommend(situation([demand('A', [on('TRAIN')], [on('TRAIN')])]), first.ledger);
    expect(shipmentsShown(then)).toEqual([]);
    expect(withAlternatives(then, () => []).changed[0]!.changes[0]!.alternatives).toEqual([alternative]);
  });

  it('is superseded, with the reason, when it is no longer proposed', () => {
    const first = recommend(situation([demand('A', [on('TRAIN')], [on('BARGE')])]), emptyLedger);
    const then = only(situation([demand('A', [on('TRAIN')], [on('TRAIN')])]), first.ledger);
    expect([then.status, then.statusReason]).toEqual(['superseded', 'the itineraries in force are the best again']);
  });

  it('expires when its decide-by has passed, and does not come back', () => {
    const first = recommend(situation([demand('A', [on('TRAIN')], [on('BARGE')])]), emptyLedger);
    const late = situation([demand('A', [on('TRAIN')], [on('BARGE')])], { now: now + 9 * HOUR });
    const expired = recommend(late, first.ledger);
    expect(expired.changed.map(({ status }) => status)).toEqual(['expired']);
    expect(recommend(late, expired.ledger).changed).toEqual([]);
  });

  it('that was rejected returns only when it saves a quarter more or for a new cause', () => {
    const demands = [demand('A', [on('TRAIN')], [on('BARGE')])];
    const { id } = only(situation(demands));
    const answer: Answer = {
      decision: 'reject',
      by: 'planner',
      at: '2026-03-02T06:30:00Z',
      proposal: {
        kind: 'reroute',
        saving: 390,
        causes: [],
        shipments: [{ shipment: 'A', assignments: [on('BARGE')] }],
      },
    };
    const answers = new Map([[id, answer]]);
    expect(recommend(situation(demands, { answers }), emptyLedger).changed).toEqual([]);
    const smaller = new Map([[id, { ...answer, proposal: { ...answer.proposal, saving: 300 } }]]);
    expect(only(situation(demands, { answers: smaller })).id).not.toBe(id);
    const cause = { id: 'e1', type: 't', time: '2026-03-02T05:00:00Z', position: 8, summary: 'late' };
    expect(only(situation(demands, { answers, causes: () => [cause] })).causes).toEqual([cause]);
  });

  it('holds goods that the plan no longer serves', () => {
    const { kind, changes } = only(
      situation([demand('A', [on('BARGE')], [])], { rating: rating({}, 200), minSaving: -Infinity }),
    );
    expect([kind, changes[0]!.proposed[0]!.unserved]).toEqual(['hold', 'not served by the plan']);
  });
});

describe('steps', () => {
  it('are named as in the plan', () =>
    expect([stepKey({ service: 'T' }), stepKey({ service: 'B', leg: '2' })]).toEqual(['T', 'B/2']));
});
