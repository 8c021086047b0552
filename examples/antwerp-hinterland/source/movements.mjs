// How the runs really went: delays, and what their operators told of them and when.
import { transportEvent } from './dcsa.mjs';
import { stream } from './random.mjs';
import { END } from './time.mjs';

const MINUTE = 1 / 60;
const toMinutes = (hours) => Math.round(hours * 60) / 60;

/** Messages of all runs, as {at, format, body}, unordered. `slips` are the delays of the story, by run id. */
export function movements(runs, slips = {}) {
  return runs.flatMap((run) => {
    const random = stream(`movement ${run.id}`);
    return run.deepSea ? vesselMessages(run, slips[run.id] ?? [], random) : runMessages(run, random);
  });
}

const message = (at, body) => ({ at: toMinutes(at), format: 'dcsa-tnt-3', body });
const withinLog = (at) => at > 0.1 && at < END;

/** Hours by which a barge or train is off its plan, call by call: quays make it late, sailing makes up a little. */
function delays(run, random) {
  let delay = random.chance(0.7) ? random.between(-0.1, 0.4) : random.between(0.5, 2.2);
  return run.calls.map((call, index) => {
    const seaQuay = /^(BEANR|NLRTM|BEZEE)/.test(call.location);
    const waited = run.mode === 'barge' && seaQuay && random.chance(0.28) ? random.between(0.8, 3) : 0;
    const slack = index === 0 ? 0 : random.between(-0.5, 0.35);
    const arrives = index === 0 ? delay : Math.max(-0.25, delay + slack);
    delay = Math.max(0, arrives + waited * 0.8 + random.between(-0.2, 0.2));
    return { arrives, departs: delay };
  });
}

function runMessages(run, random) {
  const late = delays(run, random);
  let told = 0;
  return run.calls
    .flatMap((call, index) => {
      const last = index === run.calls.length - 1;
      const messages = [];
      const arrives = toMinutes(call.arrives + late[index].arrives);
      if (index > 0) {
        messages.push(...estimate(run, index, arrives, late[index].arrives - told, late[index - 1], random));
        messages.push(actual(run, index, 'ARRI', arrives, random));
        told = late[index].arrives;
      }
      if (last) return messages;
      const departs = toMinutes(Math.max(call.departs + late[index].departs, arrives + 0.5));
      if (late[index].departs - told > 0.9) messages.push(delayedDeparture(run, index, departs, random));
      messages.push(actual(run, index, 'DEPA', departs, random));
      told = late[index].departs;
      return messages;
    })
    .filter((each) => withinLog(each.at));
}

/** What was not yet known on departure is told some hours before arrival. */
function estimate(run, index, arrives, news, before, random) {
  if (Math.abs(news) < 0.3) return [];
  const left = run.calls[index - 1].departs + before.departs;
  const told = left + (arrives - left) * random.between(0.25, 0.7);
  return [message(told, transportEvent(run, index, { type: 'ARRI', classifier: 'EST', at: arrives, updated: told }))];
}

function delayedDeparture(run, index, departs, random) {
  const told = departs - random.between(1.2, 2.6);
  const remark = run.mode === 'rail' ? 'Waiting for path' : 'Waiting for quay';
  const facts = {
    type: 'DEPA',
    classifier: 'EST',
    at: departs,
    updated: told,
    delay: run.mode === 'rail' ? 'TRA' : 'BER',
    remark,
  };
  return message(told, transportEvent(run, index, facts));
}

/** Operators report within the hour; now and then somebody forgets for half a day. */
function actual(run, index, type, at, random) {
  const lag = random.chance(0.04) ? random.between(4, 11) : random.between(2, 40) * MINUTE;
  return message(at + lag, transportEvent(run, index, { type, classifier: 'ACT', at, updated: at + lag }));
}

/** A deep-sea vessel: estimates a day and half a day before, then as it is; `slips` are [told, hours late, reason, remark]. */
function vesselMessages(run, slips, random) {
  const usual = slips.length ? slips.at(-1)[1] : random.between(-1.5, 2.8);
  const arrivals = vesselArrivals(run, usual);
  const messages = [actual(run, 0, 'DEPA', run.calls[0].departs, random)];
  run.calls.forEach((call, index) => {
    if (index === 0) return;
    const estimates = slips.length
      ? slips.map(([told, hours, delay, remark]) => ({ told, at: call.arrives + hours, delay, remark }))
      : [
          { told: arrivals[index] - 13, at: call.arrives + usual * 0.6 },
          { told: arrivals[index] - 5, at: arrivals[index] },
        ];
    for (const { told, ...facts } of estimates)
      messages.push(
        message(
          told,
          transportEvent(run, index, {
            type: 'ARRI',
            classifier: 'EST',
            updated: told,
            ...facts,
            at: toMinutes(facts.at),
          }),
        ),
      );
    messages.push(actual(run, index, 'ARRI', arrivals[index], random));
    if (call.departs) messages.push(actual(run, index, 'DEPA', arrivals[index] + call.departs - call.arrives, random));
  });
  return messages.filter((each) => withinLog(each.at));
}

/** When a vessel really berthed, by call. */
export const vesselArrivals = (run, late) => run.calls.map((call) => toMinutes(call.arrives + late));
export const vesselLate = (run, slips) => slips[run.id]?.at(-1)[1] ?? stream(`movement ${run.id}`).between(-1.5, 2.8);
