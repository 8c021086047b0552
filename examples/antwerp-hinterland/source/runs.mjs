import { co2eKg } from './factors.mjs';
import { bargeLines } from './barge-lines.mjs';
import { feederLines, railLines } from './rail-lines.mjs';
import { roadKilometres } from './places.mjs';
import { imoNumber } from './identifiers.mjs';
import { stream } from './random.mjs';
import { dateOf, LAST_RUN, on, quarter } from './time.mjs';

const WEEKS = 3;
const HOURS_A_LOCK = 0.7;

/** Per TEU: a part for calling and a part for distance, near what shippers are quoted for contract volumes. */
const rates = {
  barge: (km) => 7 + 0.17 * Math.min(km, 200) + 0.11 * Math.max(0, km - 200),
  rail: (km) => 24 + 0.24 * km,
  vessel: (km) => 22 + 0.22 * km,
};
const factorOf = { barge: 'barge', rail: 'rail', vessel: 'feeder' };

/** All scheduled runs of barges, trains and feeders: what had its last call before the start is left out. */
export function scheduledRuns() {
  const random = stream('runs');
  const runs = [
    ...bargeLines.flatMap((line) => runsOf({ ...line, mode: 'barge' }, random)),
    ...railLines.flatMap((line) => runsOf({ ...withRailHops(line), mode: 'rail' }, random)),
    ...feederLines.flatMap((line) => runsOf({ ...line, mode: 'vessel' }, random)),
  ];
  nameVessels(runs);
  return runs.sort((a, b) => a.calls[0].departs - b.calls[0].departs || (a.id < b.id ? -1 : 1));
}

/** Between terminals of one port a train is shunted. */
function withRailHops(line) {
  const hops = line.stops.slice(1).map(([to], index) => {
    const km = Math.round(roadKilometres(line.stops[index][0], to));
    return [km, 0, km < 15 ? 8 : 50];
  });
  return { ...line, hops };
}

function runsOf(line, random) {
  const outward = { ...line, direction: 'E', timetable: line.out };
  const homeward = {
    ...line,
    direction: 'W',
    timetable: line.home,
    stops: [...line.stops].reverse(),
    hops: [...(line.homeHops ?? line.hops)].reverse(),
  };
  return [outward, homeward].flatMap((way) =>
    departures(way.timetable).flatMap((leaves) => {
      const run = runFrom(way, leaves, random);
      return run.calls.at(-1).arrives > 2 && leaves <= LAST_RUN ? [run] : [];
    }),
  );
}

function departures({ days, hour }) {
  const weeks = Array.from({ length: WEEKS + 1 }, (_, week) => week - 1);
  return weeks.flatMap((week) => days.map((day) => on(week * 7 + day + 1, hour)));
}

function runFrom(line, leaves, random) {
  const share = random.pick([0.5, 0.7, 0.85, 1, 1, 1.2]);
  const capacity = Math.round(line.capacity * share);
  return {
    id: `${line.code}-${dateOf(leaves)}${line.direction}`,
    line: line.code,
    rhine: line.rhine ?? false,
    mode: line.mode,
    operator: line.operator,
    voyage: `${line.code}/${dateOf(leaves)}${line.direction}`,
    calls: callsOf(line, leaves),
    legs: line.hops.map(([km]) => ({
      km,
      capacity,
      reeferPlugs: Math.min(line.plugs, capacity),
      cost: Math.round(rates[line.mode](km)),
      co2eKg: co2eKg(factorOf[line.mode], km),
    })),
  };
}

function callsOf(line, leaves) {
  const calls = [];
  let clock = leaves;
  line.stops.forEach(([location, dwell], index) => {
    const last = index === line.stops.length - 1;
    if (index === 0) return calls.push({ location, arrives: quarter(leaves - dwell), departs: quarter(leaves) });
    const [km, locks, speed] = line.hops[index - 1];
    const arrives = quarter(clock + km / speed + locks * HOURS_A_LOCK);
    clock = quarter(arrives + dwell);
    calls.push({ location, arrives, ...(!last && { departs: clock }) });
  });
  return calls;
}

const names =
  'Anna Boudewijn Cornelia Dirk Elise Ferdinand Godelieve Hendrik Ida Jacob Katharina Lieven Maria Nicolaas Odile Pieter Rosalie Servaas Theodora Urbanus Veerle Wouter'.split(
    ' ',
  );
const byWater =
  'Scheldestroom Albertina Maasduin Rijnkind Vlaamse_Reus Kempenzoon Waalnimf Leiezicht Sambrevalk Rupelmonde Demerdal Netestroom Dijleroos Zennevogel Dommelhart Niersblick Lippegold Ruhrperle Erftstern Siegfalke Neckarlied Murgtal Kinzigstar Birsigfee Wiesental Aarekind'
    .split(' ')
    .map((name) => name.replace('_', ' '));

/** Gives every barge and feeder run a vessel of its line that is free then; a vessel is never in two places. */
function nameVessels(runs) {
  const fleets = new Map();
  let built = 0;
  for (const run of [...runs].sort((a, b) => a.calls[0].arrives - b.calls[0].arrives)) {
    if (run.mode === 'rail') continue;
    const fleet = fleets.get(run.line) ?? fleets.set(run.line, []).get(run.line);
    let vessel = fleet.find((each) => each.at === run.calls[0].location && each.free <= run.calls[0].arrives);
    if (!vessel) fleet.push((vessel = launch(built++)));
    vessel.at = run.calls.at(-1).location;
    vessel.free = run.calls.at(-1).arrives;
    run.vessel = vessel.name;
    run.imo = vessel.imo;
  }
}

// Numbers beginning with 3 have not been given to ships.
const launch = (index) => ({
  name:
    index < byWater.length
      ? byWater[index]
      : `${names[index % names.length]} ${'II III IV V'.split(' ')[Math.floor(index / names.length) % 4]}`,
  imo: imoNumber(314_200 + index * 37),
});
