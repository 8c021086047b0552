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

/** When a barge or train really called: quays make it late, sailing makes up a little, nothing is early by much. */
function truth(run, random) {
  let delay = random.chance(0.7) ? random.between(-0.1, 0.4) : random.between(0.5, 2.2);
  const calls = [];
  run.calls.forEach((call, index) => {
    const seaQuay = /^(BEANR|NLRTM|BEZEE)/.test(call.location);
    const waited = run.mode === 'barge' && seaQuay && random.chance(0.28) ? random.between(0.6, 2.4) : 0;
    const sailed = random.between(-0.5, 0.35);
    const soonest = index === 0 ? -Infinity : calls[index - 1].departs + 0.85 * hoursPlanned(run, index - 1);
    const arrives = toMinutes(Math.max(call.arrives + Math.max(-0.25, delay + sailed), soonest));
    delay = Math.max(0, arrives - call.arrives + waited + random.between(-0.2, 0.2));
    const departs = toMinutes(Math.max((call.departs ?? call.arrives) + delay, arrives + 0.5));
    calls.push({ arrives, departs });
  });
  return calls;
}

const hoursPlanned = (run, leg) => run.calls[leg + 1].arrives - run.calls[leg].departs;

function runMessages(run, random) {
  const real = truth(run, random);
  let told = 0;
  const messages = run.calls.flatMap((call, index) => {
    const { arrives, departs } = real[index];
    const news = [];
    if (index > 0) {
      news.push(...estimate(run, index, arrives, arrives - call.arrives - told, real[index - 1].departs, random));
      news.push(actual(run, index, 'ARRI', arrives, random));
      told = arrives - call.arrives;
    }
    if (index === run.calls.length - 1) return news;
    if (departs - call.departs - told > 0.9) news.push(delayedDeparture(run, index, departs, random));
    news.push(actual(run, index, 'DEPA', departs, random));
    told = departs - call.departs;
    return news;
  });
  return messages.filter((each) => withinLog(each.at));
}

/** What was not yet known on departure is told some hours before arrival. */
function estimate(run, index, arrives, news, left, random) {
  if (Math.abs(news) < 0.3) return [];
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
