import {
  type PositionedEvent,
  type State,
  emptyState,
  foldBatch,
  parseEvent,
  parseProblem,
  toProblem,
} from '@portolan/domain';
import { type SyntheticHinterland, syntheticHinterland } from '../index.js';

const size = { shipments: 200, seed: 3 };
const { problem, events } = syntheticHinterland(size);
const log: PositionedEvent[] = [...events()].map((event, position) => ({ event, position }));
const start = log.findIndex(({ event }) => event.type === 'org.portolan.clock.ticked');
const folded = (length: number) => foldBatch(emptyState(problem.name!), log.slice(0, length));

function stateAtTheStart(made: SyntheticHinterland): State {
  const opening: PositionedEvent[] = [];
  for (const event of made.events()) {
    opening.push({ event, position: opening.length });
    if (event.type === 'org.portolan.clock.ticked') break;
  }
  return foldBatch(emptyState(made.problem.name!), opening);
}

describe('the log of a synthetic hinterland', () => {
  it('has nothing but events that the log takes, each with an id of its own', () => {
    const faults = log.flatMap(({ event }) => {
      const parsed = parseEvent(JSON.parse(JSON.stringify(event)));
      return parsed.ok ? [] : parsed.faults;
    });
    expect(faults).toEqual([]);
    expect(new Set(log.map(({ event }) => event.id)).size).toBe(log.length);
  });

  it('is in order of reception', () => {
    const times = log.map(({ event }) => event.recordedtime);
    expect(times).toEqual(times.toSorted());
  });

  it.each([size, { shipments: 300, seed: 1, unitSize: 1 }, { shipments: 2000, seed: 4 }])(
    'leads to the very problem at the start: %j',
    (each) => {
      const made = syntheticHinterland(each);
      expect(toProblem(stateAtTheStart(made)).problem).toEqual(made.problem);
    },
  );

  it('leads to problems without errors a week later and at the end', () => {
    for (const length of [start + Math.floor((log.length - start) / 2), log.length]) {
      const { problem: later, unplanned } = toProblem(folded(length));
      expect(parseProblem(later)).toMatchObject({ ok: true });
      expect(later.demands.length).toBeGreaterThan(size.shipments / 2);
      expect(unplanned).toEqual([]);
    }
  });

  it('tells of departures, arrivals, delays, capacities, closures and new orders', () => {
    const types = new Set(log.slice(start + 1).map(({ event }) => event.type.replace('org.portolan.', '')));
    const expected = 'transport.called capacity.changed location.closed location.reopened order.placed clock.ticked';
    for (const type of expected.split(' ')) expect(types).toContain(type);
    const estimates = log.filter(
      ({ event }) => event.type === 'org.portolan.transport.called' && event.data.classifier === 'estimated',
    );
    expect(estimates.length).toBeGreaterThan(30);
  });

  it('is the same to the byte when it is made again', () => {
    const again = JSON.stringify([...syntheticHinterland(size).events()]);
    expect(again).toBe(JSON.stringify(log.map(({ event }) => event)));
  });
});
