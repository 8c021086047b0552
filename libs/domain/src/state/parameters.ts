import type { Kind } from '../events/decision.js';
import { parseDuration } from '../time/duration.js';
import { DAY, HOUR, type Millis } from '../time/instant.js';
import type { Register } from './fact.js';

/** How a planning cell wants to be planned. Durations in milliseconds, money in `currency`. */
export interface Parameters {
  readonly currency: string;
  readonly unit: string;
  readonly co2PricePerTonne: number;
  readonly changePenaltyPerUnit: number;
  readonly maxLegs: number;
  readonly horizon: Millis;
  readonly freezeWindow: Millis;
  readonly leadTime: Millis;
  readonly unservedPenalty: number;
  readonly unknownAfter: Millis;
  readonly minSaving: number;
  readonly repeatGrowth: number;
  readonly autoAccept: readonly Kind[];
}

export const defaultParameters: Parameters = {
  currency: 'EUR',
  unit: 'TEU',
  co2PricePerTonne: 0,
  changePenaltyPerUnit: 0,
  maxLegs: 8,
  horizon: 21 * DAY,
  freezeWindow: 2 * HOUR,
  leadTime: HOUR,
  unservedPenalty: 1_000_000,
  unknownAfter: 3 * DAY,
  minSaving: 20,
  repeatGrowth: 0.25,
  autoAccept: [],
};

const DURATIONS = ['horizon', 'freezeWindow', 'leadTime', 'unknownAfter'] as const;

/** The defaults, changed by what was said, the newest word on each parameter. */
export function parametersOf(said: Register<'org.portolan.parameters.changed'>): Parameters {
  return said.toReversed().reduce<Parameters>((parameters, { data: { extensions: _, ...changes } }) => {
    const durations = DURATIONS.flatMap((name) => {
      const text = changes[name];
      return text === undefined ? [] : [[name, parseDuration(text)!] as const];
    });
    return { ...parameters, ...withoutUndefined(changes), ...Object.fromEntries(durations) } as Parameters;
  }, defaultParameters);
}

const withoutUndefined = (changes: object): object =>
  Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
