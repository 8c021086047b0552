import { DAY } from '@portolan/domain';
import { type Line, allLines } from '../geography/lines.js';
import { kilometres } from '../geography/site.js';
import { siteOf } from '../geography/sites.js';
import { Stream } from '../random.js';
import { LAST_DEPARTURE, START, at, lasting } from './clock.js';
import { co2eKg, dwellHours, lineRate } from './rates.js';
import type { RunCall, RunLeg, Sailing } from './run.js';

/** Legs wanted: 2 500 for 3 000 shipments; ten times the shipments want four times the legs, on larger vessels. */
const legsWanted = (shipments: number): number => 2500 * (shipments / 3000) ** 0.6;
const WEEKS = (LAST_DEPARTURE - START) / (7 * DAY);
/** The longest voyages take six days: those under way at the start left before. */
const HOURS_BEFORE = 150;

export interface Frequency {
  readonly line: Line;
  /** Sailings a week each way. */
  readonly weekly: number;
}

/** As many lines as the legs wanted allow, the frequent ones first, and how often each sails. */
export function frequencies(shipments: number): Frequency[] {
  const wanted = legsWanted(shipments) / WEEKS;
  let weekly = 0;
  const lines = allLines.filter((line, index) => {
    weekly += legsEachWeek(line);
    return index < 2 || weekly <= wanted;
  });
  const density = Math.max(1, wanted / lines.reduce((sum, line) => sum + legsEachWeek(line), 0));
  return lines.map((line) => ({ line, weekly: Math.max(1, Math.round(line.weight * density)) }));
}

const legsEachWeek = ({ stops, weight }: Line): number => 2 * (stops.length - 1) * weight;

/** All sailings that are under way at the start or leave later, by line, direction and time. */
export const timetable = (shipments: number, seed: number): Sailing[] =>
  frequencies(shipments).flatMap(({ line, weekly }) =>
    [true, false].flatMap((inland) =>
      sailingsOf(line, inland, weekly, new Stream(seed, `line ${line.code} ${inland}`)),
    ),
  );

function sailingsOf(line: Line, inland: boolean, weekly: number, random: Stream): Sailing[] {
  const interval = 168 / weekly;
  const phase = random.between(0, interval);
  const count = Math.floor((HOURS_BEFORE + WEEKS * 168 - phase) / interval);
  return Array.from({ length: count }, (_, index) => {
    const leaves = -HOURS_BEFORE + phase + index * interval + random.between(-0.05, 0.05) * interval;
    const id = `${line.code}-${inland ? 'E' : 'W'}${String(index + 1).padStart(3, '0')}`;
    return sailingOf(line, inland, id, leaves);
  }).filter(({ calls }) => calls.at(-1)!.arrives! > START + DAY / 24);
}

function sailingOf(line: Line, inland: boolean, id: string, leaves: number): Sailing {
  const stops = inland ? line.stops : line.stops.toReversed();
  const legs = stops.slice(1).map((to, index) => legOf(line, stops[index]!, to));
  return { id, line, inland, calls: callsOf(line, inland, stops, legs, leaves), legs };
}

function legOf(line: Line, from: string, to: string): RunLeg {
  const km = Math.round(kilometres(siteOf(from), siteOf(to)) * line.detour);
  return { km, cost: lineRate(line.mode, km), co2eKg: co2eKg(line.mode, km) };
}

function callsOf(
  line: Line,
  inland: boolean,
  stops: readonly string[],
  legs: readonly RunLeg[],
  leaves: number,
): RunCall[] {
  let clock = at(leaves);
  return stops.map((location, index) => {
    if (index === 0) return { location, departs: clock };
    const arrives = clock + lasting(legs[index - 1]!.km / line.speed[inland ? 0 : 1] + 0.5);
    clock = arrives + lasting(dwellHours(line.mode, siteOf(location)));
    return index < stops.length - 1 ? { location, arrives, departs: clock } : { location, arrives };
  });
}
