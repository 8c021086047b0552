import type { EventData } from '../events/event.js';
import { toProblem } from '../planning/to-problem.js';
import { HOUR, formatInstant } from '../time/instant.js';
import { foldBatch } from './fold.js';
import type { Run } from './service.js';
import { stateFromJson, stateToJson } from './testing/state-text.js';
import { emptyState } from './state.js';
import { Log, march } from './testing/log.js';
import { causesFor } from './touches.js';

type Seen = Parameters<typeof see>[2];

const quay = { lat: 51.24, lon: 4.38 };
const liege = { lat: 50.66, lon: 5.62 };
const halfway = { lat: 50.95, lon: 5 };

type Scheduled = EventData<'org.portolan.service.scheduled'>;
type Calls = NonNullable<Scheduled['calls']>;

const run = (id: string, mode: Scheduled['mode'], ...calls: Calls): Scheduled => ({
  id,
  mode,
  name: 'Ambiorix',
  vessel: { imo: '9321483' },
  calls,
  legs: calls.slice(1).map(() => ({ capacity: 20 })),
});

/** The barge S leaves quay A in Antwerp on 3 March at 12:00 for L in Liège, 108 km and 12 hours away: at 6.6 knots; then for M. */
const barge = (arrives = '04T00:00') =>
  run(
    'S',
    'barge',
    { location: 'A', departs: march('03T12:00') },
    { location: 'L', arrives: march(arrives), departs: march('04T01:00') },
    { location: 'M', arrives: march('04T04:00') },
  );

const network = () =>
  new Log()
    .say('org.portolan.location.changed', { id: 'A', unlocode: 'BEANR', position: quay })
    .say('org.portolan.location.changed', { id: 'L', unlocode: 'BELGG', position: liege })
    .say('org.portolan.location.changed', { id: 'M', unlocode: 'NLMST', position: { lat: 50.87, lon: 5.7 } })
    .say('org.portolan.service.scheduled', barge());

function see(
  log: Log,
  at: string,
  seen: { position?: typeof quay; speedKnots?: number; destinationCode?: string; eta?: string },
) {
  const data = { transport: { imo: '9321483' }, at: march(at), position: halfway, ...seen };
  return log.say('org.portolan.position.reported', data, { at });
}

const said = (
  log: Log,
  at: string,
  arrives: string,
  classifier: 'estimated' | 'requested' | 'actual' = 'estimated',
) => {
  const place = { location: 'L' };
  const data = { transport: { service: 'S' }, call: 'arrival', classifier, at: march(arrives), place } as const;
  return log.say('org.portolan.transport.called', data, { at });
};

const arrivalAt = (log: Log, call = 1, id = 'S') => (log.state.services.get(id) as Run).calls[call]!.arrival!;
const arrives = (log: Log) => formatInstant(arrivalAt(log).effective).slice(8, 16);
const asPlanned = '04T00:00';

describe('where a vessel is seen', () => {
  it('makes its next arrival later, with how wrong that may be, in the planning problem too', () => {
    const log = see(network(), '03T22:00', { speedKnots: 6.6 });
    const { effective, giveOrTake } = arrivalAt(log);
    expect(formatInstant(effective)).toBe(march('04T03:59'));
    expect(giveOrTake! / HOUR).toBeCloseTo(2.2);
    const [service] = toProblem(log.state).problem.services;
    expect(service!.legs).toMatchObject([{ id: '2', departs: march('04T04:59') }]);
    expect(causesFor(log.state, ['leg:S/1'], 3).map(({ summary }) => summary)).toEqual([
      'Ambiorix now arrives at L on 4 March 03:59 UTC, 4 h later than before, by where it was seen, give or take 2.2 h',
    ]);
  });

  it.each<[string, string, Seen]>([
    ['it is in time', '03T18:00', { speedKnots: 6.6 }],
    ['it is early', '03T14:00', { speedKnots: 12 }],
    ['it is late by less than the reckoning may be wrong', '03T19:45', { speedKnots: 6.6 }],
    ['it was slow only just', '03T12:20', { position: { lat: 51.2, lon: 4.4 }, speedKnots: 3.5 }],
    ['it says that it goes elsewhere', '03T22:00', { speedKnots: 6.6, destinationCode: 'NLRTM' }],
    ['it is far off its way', '03T22:00', { position: { lat: 31.2, lon: 121.5 }, speedKnots: 15 }],
    ['it has not left by plan', '03T11:00', { position: quay, speedKnots: 0 }],
    ['it lies at its destination', '04T09:00', { position: liege, speedKnots: 0 }],
    ['it passes its destination', '04T03:00', { position: liege, speedKnots: 4 }],
    ['it is long overdue', '06T09:00', { speedKnots: 6 }],
  ])('changes nothing where %s', (_, at, seen) => {
    expect(arrives(see(network(), at, seen))).toBe(asPlanned);
  });

  it('counts while it lies still on its way: it goes on as fast as planned', () => {
    expect(arrives(see(network(), '03T18:00', { position: quay, speedKnots: 0 }))).toBe('04T06:00');
    expect(arrives(see(network(), '03T18:00', { position: quay }))).toBe('04T06:00');
  });

  it.each(['estimated', 'requested'] as const)(
    'gives way to what anybody said (%s) within a day, whichever comes first',
    (classifier) => {
      const expected = classifier === 'estimated' ? '04T00:30' : asPlanned;
      const before = said(network(), '03T13:00', '04T00:30', classifier);
      expect(arrives(see(before, '03T23:00', { speedKnots: 6.6 }))).toBe(expected);
      const after = see(network(), '03T22:00', { speedKnots: 6.6 });
      expect(arrives(said(after, '03T23:00', '04T00:30', classifier))).toBe(expected);
      const old = said(network(), '02T13:00', '04T00:30', classifier);
      expect(arrives(see(old, '03T23:00', { speedKnots: 6.6 }))).toBe('04T04:59');
    },
  );

  it('gives way to a timetable that is given anew on the way', () => {
    const log = network().say('org.portolan.service.scheduled', barge('04T00:45'), {
      at: '03T20:00',
    });
    expect(arrives(see(log, '03T22:00', { speedKnots: 5 }))).toBe('04T00:45');
  });

  it('is forgotten once the vessel has arrived', () => {
    const log = said(see(network(), '03T22:00', { speedKnots: 6.6 }), '04T01:10', '04T01:00', 'actual');
    expect(arrivalAt(log)).not.toHaveProperty('giveOrTake');
    expect(arrives(log)).toBe('04T01:00');
    expect(log.state.reckonings.size).toBe(0);
  });

  it('is the arrival, where a late vessel is seen lying there and nobody says anything', () => {
    const log = see(network(), '03T22:00', { speedKnots: 6.6 });
    for (const at of ['04T03:30', '04T03:40', '04T09:00']) see(log, at, { position: liege, speedKnots: 0.1 });
    expect(arrives(log)).toBe('04T03:30');
  });

  it('does not change the plan each minute', () => {
    const log = see(network(), '03T22:00', { speedKnots: 6.6 });
    for (let minute = 1; minute < 50; minute++)
      see(log, `03T22:${String(minute).padStart(2, '0')}`, { speedKnots: 6.6 + (minute % 3) });
    expect(causesFor(log.state, ['leg:S/1'], 3)).toHaveLength(1);
    expect(log.state.reckonings.get('S')![0]).toMatchObject({ from: 'e4', seen: Date.parse(march('03T22:49')) });
  });

  it.each([
    ['likely', '04T03:00', '04T03:00', 1.1],
    ['not likely', '04T18:00', '04T03:59', 2.2],
  ])('takes what the crew expects where that is %s', (_, eta, expected, error) => {
    const log = see(network(), '03T22:00', { speedKnots: 6.6, destinationCode: 'BELGG', eta: march(eta) });
    expect(arrives(log)).toBe(expected);
    expect(arrivalAt(log).giveOrTake! / HOUR).toBeCloseTo(error);
  });

  it('is about the run that the vessel is on, and not about one that is over', () => {
    const back = [
      { location: 'M', departs: march('04T04:30') },
      { location: 'A', arrives: march('04T16:00') },
    ];
    const log = network().say('org.portolan.service.scheduled', run('BACK', 'barge', ...back));
    see(log, '04T14:00', { speedKnots: 6.6 });
    expect(arrives(log)).toBe(asPlanned);
    expect(formatInstant(arrivalAt(log, 1, 'BACK').effective)).toBe(march('04T19:59'));
  });

  it('is about the first call only where the crew says that it goes there', () => {
    const calls = [
      { location: 'A', arrives: march('05T00:00'), departs: march('05T12:00') },
      { location: 'L', arrives: march('06T00:00') },
    ];
    const off = { position: { lat: 43.4, lon: -9.4 }, speedKnots: 15 };
    const arrivalOf = (seen: Seen) => {
      const log = network().say('org.portolan.service.scheduled', run('V', 'vessel', ...calls));
      return formatInstant(arrivalAt(see(log, '04T12:00', seen), 0, 'V').effective);
    };
    expect(arrivalOf(off)).toBe(march('05T00:00'));
    expect(arrivalOf({ ...off, destinationCode: 'BEANR' })).toBe(march('06T19:59'));
  });

  it('is as if it had not been seen, once that is taken back', () => {
    const log = see(network(), '03T22:00', { speedKnots: 6.6 });
    expect(arrives(log.say('org.portolan.event.retracted', { retracts: 'e4' }))).toBe(asPlanned);
  });

  it('is the same however the log is cut, and out of a snapshot', () => {
    const log = see(see(network(), '03T22:00', { speedKnots: 6.6 }), '04T02:00', { speedKnots: 0 });
    const half = foldBatch(emptyState('test'), log.events.slice(0, 5));
    const text = stateToJson(log.state);
    expect(stateToJson(foldBatch(half, log.events.slice(5)))).toBe(text);
    expect(stateToJson(foldBatch(stateFromJson(stateToJson(half))!, log.events.slice(5)))).toBe(text);
  });
});
