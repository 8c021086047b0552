import { type EventData, HOUR, type Millis, formatInstant } from '@portolan/domain';
import { siteOf } from '../geography/sites.js';
import { isQuay } from '../network/area.js';
import { END, START } from '../network/clock.js';
import type { Run } from '../network/run.js';
import { Stream } from '../random.js';
import { type Telling, telling } from './telling.js';

/** When a run really called. */
interface RealCall {
  readonly arrives: Millis;
  readonly departs: Millis;
}

type Report = Pick<EventData<'org.portolan.transport.called'>, 'call' | 'classifier'> & { readonly when: Millis };

const MINUTE = HOUR / 60;
const minutes = (millis: number): Millis => Math.round(millis / MINUTE) * MINUTE;

/** What operators tell of a run in the two weeks: estimates of what will be late, and what was. */
export function movementsOf(run: Run, seed: number): Telling[] {
  const random = new Stream(seed, `movements ${run.id}`);
  const real = realCalls(run, random);
  let known = 0;
  const tellings: Telling[] = [];
  const report = (index: number, at: Millis, what: Report) => {
    if (at > START && at < END) tellings.push(reportOf(run, index, at, what));
  };
  run.calls.forEach(({ arrives, departs }, index) => {
    const now = real[index]!;
    if (arrives !== undefined) {
      const left = real[index - 1]!.departs;
      const told = minutes(left + (now.arrives - left) * random.between(0.2, 0.6));
      if (Math.abs(now.arrives - arrives - known) > HOUR / 2)
        report(index, told, { call: 'arrival', classifier: 'estimated', when: now.arrives });
      report(index, now.arrives + lag(random), { call: 'arrival', classifier: 'actual', when: now.arrives });
      known = now.arrives - arrives;
    }
    if (departs === undefined) return;
    const warned = minutes(now.departs - random.between(1.2, 2.6) * HOUR);
    if (now.departs - departs - known > HOUR)
      report(index, warned, { call: 'departure', classifier: 'estimated', when: now.departs });
    report(index, now.departs + lag(random), { call: 'departure', classifier: 'actual', when: now.departs });
    known = now.departs - departs;
  });
  return tellings;
}

/** Operators report within the hour; now and then somebody forgets for half a day. */
const lag = (random: Stream): Millis =>
  minutes(random.chance(0.04) ? random.between(4, 10) * HOUR : random.between(2, 40) * MINUTE);

/** Until the start all went to plan. Then quays make barges late, sailing makes up a little, and nobody leaves early. */
function realCalls(run: Run, random: Stream): RealCall[] {
  const real: RealCall[] = [];
  let late = random.chance(0.75) ? random.between(0, 0.4) * HOUR : random.between(0.5, 3) * HOUR;
  run.calls.forEach((call, index) => {
    const { arrives = call.departs!, departs = arrives } = call;
    const before = real[index - 1];
    const waited = run.line.mode === 'barge' && isQuay(siteOf(call.location)) && random.chance(0.25);
    const [sailed, queued] = [random.between(-0.5, 0.4) * HOUR, waited ? random.between(0.6, 3) * HOUR : 0];
    if (departs < START) return real.push({ arrives, departs });
    const soonest = before ? before.departs + 0.85 * (arrives - run.calls[index - 1]!.departs!) : -Infinity;
    const planned = arrives < START ? arrives : Math.max(arrives + Math.max(-0.2 * HOUR, late + sailed), soonest);
    const arrived = minutes(planned);
    late = Math.max(0, arrived - arrives + queued);
    return real.push({ arrives: arrived, departs: minutes(Math.max(departs + late, arrived + HOUR / 2)) });
  });
  return real;
}

function reportOf({ id, calls }: Run, index: number, at: Millis, { call, classifier, when }: Report): Telling {
  const circumstances = { id: `${id}/${index + 1}/${call}/${classifier}`, source: '/operators', subject: id, at };
  const time = classifier === 'actual' ? when : at;
  return telling('org.portolan.transport.called', { ...circumstances, time }, () => ({
    transport: { service: id, callSequence: index + 1 },
    call,
    classifier,
    at: formatInstant(when),
    place: { location: calls[index]!.location },
  }));
}
