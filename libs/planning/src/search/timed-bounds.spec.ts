import { type ProblemDocument, parseProblem } from '@portolan/domain';
import { solve } from '../solve.js';

const at = (hour: number) => new Date(Date.UTC(2026, 2, 2) + hour * 3_600_000).toISOString();

/** A to D by two trucks and the only barge, which leaves C at hour 20; the first departure of the whole timetable. */
const beforeTheTimetable: ProblemDocument = {
  format: 'portolan.problem/1',
  name: 'before the timetable',
  locations: [{ id: 'A' }, { id: 'B' }, { id: 'C' }, { id: 'D' }],
  services: [
    { id: 'FIRST', onDemand: { from: 'A', to: 'B', duration: 'PT4H', cost: 10 } },
    { id: 'SECOND', onDemand: { from: 'B', to: 'C', duration: 'PT4H', cost: 20 } },
    { id: 'BARGE', legs: [{ id: '1', from: 'C', to: 'D', departs: at(20), arrives: at(30), capacity: 9, cost: 5 }] },
  ],
  demands: [{ id: 'GOODS', from: 'A', to: 'D', quantity: 2, available: at(0), unservedPenalty: 500 }],
};

describe('lower bounds that know the timetable', () => {
  it('let goods ride on demand, one ride after another, before the first scheduled departure', async () => {
    const parsed = parseProblem(beforeTheTimetable);
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
    const { objective, flows } = await solve(parsed.problem);
    expect(flows.map(({ legs }) => legs.map(({ service }) => service))).toEqual([['FIRST', 'SECOND', 'BARGE']]);
    expect(objective.total).toBe(2 * (10 + 20 + 5));
  });
});
