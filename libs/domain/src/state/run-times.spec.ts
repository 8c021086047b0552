import { HOUR, parseInstant } from '../time/instant.js';
import type { Fact } from './fact.js';
import { type PlannedCall, type Word, runTimes } from './run-times.js';

const at = (text: string) => parseInstant(`2026-03-${text}:00Z`)!;
const hour = (day: number, hours: number) => at('01T00:00') + (day - 1) * 24 * HOUR + hours * HOUR;

/** A at 12:00 → B 14:00 to 18:00 → C next day 10:00 to 12:00 → D 20:00. */
const calls: PlannedCall[] = [
  { location: 'A', departs: hour(3, 12) },
  { location: 'B', arrives: hour(3, 14), departs: hour(3, 18) },
  { location: 'C', arrives: hour(4, 10), departs: hour(4, 12) },
  { location: 'D', arrives: hour(4, 20) },
];

let position = 0;
const word = (
  call: number,
  which: 'arrival' | 'departure',
  classifier: 'planned' | 'estimated' | 'requested' | 'actual',
  time: number,
  saidAt: number,
): Word => {
  const data = { transport: {}, call: which, classifier, at: '', place: {} };
  const type = 'org.portolan.transport.called';
  const fact = { id: `w${++position}`, type, time: saidAt, at: time, saidAt, position, data } as const;
  return { call, which, fact: fact as Fact<'org.portolan.transport.called'> };
};

/** Effective times as hours since 3 March 00:00, call by call. */
const hours = (...words: Word[]) =>
  runTimes(calls, words, 0).calls.map(({ arrival, departure }) =>
    [arrival, departure].map((moment) => moment && (moment.effective - hour(3, 0)) / HOUR),
  );

describe('the times of a run', () => {
  it('are as planned while nobody says otherwise', () => {
    expect(hours()).toEqual([
      [undefined, 12],
      [14, 18],
      [34, 36],
      [44, undefined],
    ]);
  });

  it('shift by the delay at every later call', () => {
    expect(hours(word(1, 'arrival', 'estimated', hour(3, 20), hour(3, 13)))).toEqual([
      [undefined, 12],
      [20, 24],
      [40, 42],
      [50, undefined],
    ]);
  });

  it('wait for the planned departure when early', () => {
    expect(hours(word(1, 'arrival', 'actual', hour(3, 11.9) + 0.5 * HOUR, hour(3, 13)))[1]).toEqual([12.4, 18]);
  });

  it('keep newer information of a later call', () => {
    const late = word(0, 'departure', 'actual', hour(3, 13), hour(3, 13));
    const recovered = word(2, 'arrival', 'estimated', hour(4, 10), hour(3, 14));
    expect(hours(late, recovered)).toEqual([
      [undefined, 13],
      [15, 19],
      [34, 36],
      [44, undefined],
    ]);
  });

  it('shift a later call whose own estimate is older than the news before it', () => {
    const old = word(2, 'arrival', 'estimated', hour(4, 11), hour(3, 8));
    const news = word(1, 'arrival', 'estimated', hour(3, 18), hour(3, 13));
    expect(hours(old, news)[2]).toEqual([38, 40]);
  });

  it('take an actual as news of the moment it happened, not of when somebody reported it', () => {
    const estimate = word(1, 'departure', 'estimated', hour(3, 21), hour(3, 16));
    const reportedLate = word(1, 'arrival', 'actual', hour(3, 15), hour(3, 23));
    expect(hours(estimate, reportedLate)[1]).toEqual([15, 21]);
  });

  it('do not move for requested times, but keep them', () => {
    const words = [word(1, 'arrival', 'requested', hour(3, 23), hour(3, 13))];
    const times = runTimes(calls, words, 0);
    expect(times.calls[1]!.arrival).toMatchObject({ requested: hour(3, 23), effective: hour(3, 14) });
  });

  it('never go backwards: of actuals that contradict each other the newest wins, and it is said so', () => {
    const first = word(1, 'arrival', 'actual', hour(3, 16), hour(3, 16));
    const newer = word(2, 'arrival', 'actual', hour(3, 15), hour(3, 17));
    const { calls: times, contradictions } = runTimes(calls, [first, newer], 0);
    expect(times[2]!.arrival!.effective).toBe(hour(3, 15));
    expect(times[1]!.arrival!.effective).toBeLessThan(hour(3, 15));
    expect(contradictions).toHaveLength(1);
    expect(contradictions[0]).toContain('arrival at B (2026-03-03T16:00:00Z)');
  });

  it('let what happened later bound what nobody saw before', () => {
    const arrived = word(2, 'arrival', 'actual', hour(3, 16), hour(3, 17));
    const [, , , last] = hours(arrived);
    expect(hours(arrived)[1]).toEqual([14, 16 - 1 / 60]);
    expect(last).toEqual([44, undefined]);
  });

  it('replace the schedule by planned times reported since', () => {
    const replanned = word(1, 'departure', 'planned', hour(3, 22), hour(3, 10));
    expect(hours(replanned)[2]).toEqual([34, 36]);
    expect(hours(replanned)[1]).toEqual([14, 22]);
  });
});
