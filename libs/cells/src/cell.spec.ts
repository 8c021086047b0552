import {
  type EventData,
  type EventType,
  type PlanPublication,
  type PortolanEvent,
  type PositionedEvent,
  decisionEvent,
} from '@portolan/domain';
import { type Answering, CellPlanner, planningHere } from './cell-planner.js';
import { PlanningCell } from './cell.js';
import { LivePlans } from './live-plans.js';

const at = (hours: number) => new Date(Date.UTC(2026, 2, 2) + hours * 3_600_000).toISOString().replace('.000Z', 'Z');
let position = 0;

function event<T extends EventType>(
  type: T,
  data: EventData<T>,
  hours = 0,
): { event: PortolanEvent; position: number } {
  const attributes = {
    specversion: '1.0',
    id: `e${position}`,
    source: '/test',
    time: at(hours),
    recordedtime: at(hours),
    partitionkey: 'test',
  };
  return { event: { ...attributes, type, data } as unknown as PortolanEvent, position: position++ };
}

const run = (id: string, departs: number, arrives: number, capacity: number, cost: number) =>
  event('org.portolan.service.scheduled', {
    id,
    mode: 'barge',
    calls: [
      { location: 'QUAY', departs: at(departs) },
      { location: 'INLAND', arrives: at(arrives) },
    ],
    legs: [{ capacity, cost, co2eKg: 5 }],
  });

const world = () => [
  event('org.portolan.parameters.changed', { unservedPenalty: 2000, changePenaltyPerUnit: 1 }),
  event('org.portolan.location.changed', { id: 'QUAY' }),
  event('org.portolan.location.changed', { id: 'INLAND' }),
  run('BARGE', 12, 24, 20, 40),
  run('LATER', 20, 30, 20, 45),
  event('org.portolan.order.placed', {
    id: 'ORDER',
    from: 'QUAY',
    to: 'INLAND',
    quantity: 4,
    available: at(1),
    due: at(28),
    latePerUnitHour: 10,
  }),
];

async function planned(
  cell: PlanningCell,
): Promise<PlanPublication<{ objective: { total: number }; flows: { unitCost: number; quantity: number }[] }>> {
  const publication = (await cell.step())!;
  cell.published(publication);
  return publication as never;
}

const booked = async () => {
  const cell = new PlanningCell('test', planningHere());
  const events = world();
  cell.absorb(events);
  const first = await planned(cell);
  const [booking] = first.recommendations;
  const accepted = {
    event: decisionEvent(booking!, { decision: 'accept', by: 'planner', at: at(1) }),
    position: position++,
  };
  cell.absorb([accepted]);
  return { cell, first, booking: booking!, events: [...events, accepted], second: await planned(cell) };
};

/** Live plans that are lost, with the question, at the `mortal`th question; none for Infinity. */
function dyingAt(mortal: number): Answering & { questions: number } {
  let plans = new LivePlans();
  const answering = {
    questions: 0,
    answer: (question: Parameters<Answering['answer']>[0]) => ask(() => plans.answer(question)),
    explain: (inquiry: Parameters<Answering['explain']>[0]) => ask(() => plans.explain(inquiry)),
    snapshot: (about: Parameters<Answering['snapshot']>[0]) => plans.snapshot(about),
    save: (about: Parameters<Answering['save']>[0]) => plans.save(about),
    restore: (restoration: Parameters<Answering['restore']>[0]) => plans.restore(restoration),
    forget: (about: Parameters<Answering['forget']>[0]) => plans.forget(about),
    close: async () => {},
  };
  const ask = async <T>(answer: () => Promise<T>): Promise<T> => {
    if (answering.questions++ !== mortal) return answer();
    plans = new LivePlans();
    throw new Error('died');
  };
  return answering;
}

const late = (hours: number, hour: number) =>
  event(
    'org.portolan.transport.called',
    {
      transport: { service: 'BARGE' },
      call: 'departure',
      classifier: 'estimated',
      at: at(hours),
      place: { location: 'QUAY' },
    },
    hour,
  );

/** What a cell publishes of these batches, without what only says how it was computed. */
async function publicationsOf(batches: readonly PositionedEvent[][], answering: Answering): Promise<string[]> {
  const cell = new PlanningCell('test', new CellPlanner(answering));
  const publications: string[] = [];
  for (const batch of batches) {
    cell.absorb(batch);
    const publication = (await cell.step())!;
    cell.published(publication);
    const { statistics: _statistics, ...plan } = publication.plan;
    publications.push(JSON.stringify({ ...publication, plan }));
  }
  return publications;
}

describe('a planning cell', () => {
  it('recommends a booking whose numbers are those of the plan', async () => {
    const { first, booking } = await booked();
    expect([booking.kind, booking.status]).toEqual(['book', 'open']);
    const [flow] = first.plan.flows;
    expect(booking.changes[0]!.proposed[0]).toMatchObject({
      unitCost: flow!.unitCost,
      quantity: flow!.quantity,
      cost: 160,
    });
    expect(booking.saving.amount).toBe(4 * 2000 - 160);
  });

  it('respects a decision: what was accepted is in force, and nothing more is proposed', async () => {
    const { second, cell } = await booked();
    expect(second.recommendations.map(({ status, kind }) => [kind, status])).toEqual([['book', 'accepted']]);
    expect(second.shipments[0]!.inForce[0]!.legs[0]!.service).toBe('BARGE');
    expect(cell.behind).toBe(false);
  });

  it('proposes a dearer, earlier barge when the one in force slips, with the cause and what it saves', async () => {
    const { cell } = await booked();
    cell.absorb([late(40, 2)]);
    const { recommendations } = await planned(cell);
    expect(recommendations).toHaveLength(1);
    const { kind, saving, changes, causes } = recommendations[0]!;
    // In force: 40 and 24 h late (arrival at hour 52 instead of 28) at 10; proposed: 45 and 2 h late.
    expect([kind, saving.amount, changes[0]!.baseline]).toEqual(['expedite', 4 * (40 + 240 - 45 - 20), 'kept']);
    expect(causes.map(({ type }) => type)).toContain('org.portolan.transport.called');
  });

  it('explains what it recommends or shows anew, and nothing else', async () => {
    const { first, booking, second, cell } = await booked();
    const [told] = first.explanations!;
    expect([first.explanations!.length, told!.demand, told!.flows[0]!.quantity]).toEqual([1, 'ORDER', 4]);
    const [alternative] = booking.changes[0]!.alternatives;
    const [next] = told!.nextBest;
    expect(alternative).toMatchObject({ costsMore: next!.costsMore, legs: next!.legs, delivered: next!.delivered });
    expect(alternative!.because).toBe('It delivers 2 hours late; lateness costs €20.00 more. Transport: €5.00 more.');
    expect(second.explanations!.map(({ demand }) => demand)).toEqual(['ORDER']);
    cell.absorb([event('org.portolan.clock.ticked', { now: at(1) }, 1)]);
    expect((await planned(cell)).explanations).toEqual([]);
  });

  it('gives the same plan for the same position after a restart, and publishes nothing twice', async () => {
    const { second, events } = await booked();
    const again = new PlanningCell('test', planningHere(), second as PlanPublication);
    again.absorb(events);
    expect(again.behind).toBe(false);
    const anew = new PlanningCell('test', planningHere());
    anew.absorb(events);
    const { plan, position: last } = (await anew.step())!;
    const { statistics: _before, ...before } = second.plan as unknown as typeof plan;
    const { statistics: _after, ...after } = plan;
    expect(last).toBe(second.position);
    expect(JSON.stringify(after)).toBe(JSON.stringify(before));
  });

  it('publishes the same versions, and nothing twice, whichever question its planning thread dies at', async () => {
    const { events } = await booked();
    const batches = [events.slice(0, -1), events.slice(-1), [late(40, 2)], [late(12, 3)]];
    const living = dyingAt(Infinity);
    const undisturbed = await publicationsOf(batches, living);
    expect(undisturbed.map((each) => (JSON.parse(each) as PlanPublication).version)).toEqual([1, 2, 3, 4]);
    expect(living.questions).toBeGreaterThan(batches.length);
    for (let mortal = 0; mortal < living.questions; mortal++)
      expect(await publicationsOf(batches, dyingAt(mortal))).toEqual(undisturbed);
  });

  it('goes on without an event that cannot be folded, as if it were not there', async () => {
    const [sound, cell] = [new PlanningCell('c', planningHere()), new PlanningCell('c', planningHere())];
    const events = world();
    sound.absorb(events);
    const position = events.at(-1)!.position + 1;
    const unknown = { ...events[0]!.event, id: 'unknown', type: 'org.portolan.unheard.of' } as unknown as PortolanEvent;
    const [first, ...rest] = events;
    const refused = cell.absorb([first!, { event: unknown, position }, ...rest]);
    expect(refused).toEqual([{ position, reason: expect.any(String) as string }]);
    expect((await cell.step())!.plan.objective).toEqual((await sound.step())!.plan.objective);
  });
});
