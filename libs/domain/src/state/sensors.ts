import { DAY, HOUR, type Millis } from '../time/instant.js';
import type { Fact } from './fact.js';
import type { Product, State } from './state.js';

/** What sensors say of goods in a container. */
export interface Condition {
  /** Shelf life lost to warmth so far, beyond the normal. */
  readonly lost: Millis;
  /** How fast they deteriorate by the last reading; 1 is normal. */
  readonly rate: number;
  readonly flags: readonly string[];
}

/** What deterioration follows: from the product, else from what is known of the order. */
export interface Nature {
  readonly setPoint?: number | undefined;
  readonly q10: number;
  readonly tolerated?: Product['tolerated'];
}

/** Deterioration about doubles every ten degrees where nobody says how the product behaves (the rule of thumb behind Q10). */
const USUAL_Q10 = 2;
/** Readings farther apart than this say nothing of the time between; one older than this nothing of the present. */
const SILENCE = DAY;

/** Beyond this goods are spoiled, or the sensor is. */
const FASTEST = 1000;

type Reading = Fact<'org.portolan.sensor.read'>;

export const natureOf = (product: Product | undefined, setPoint: number | undefined): Nature => ({
  setPoint: product?.setPoint ?? setPoint,
  q10: product?.q10 ?? USUAL_Q10,
  ...(product?.tolerated && { tolerated: product.tolerated }),
});

const normal: Condition = { lost: 0, rate: 1, flags: [] };

/** The condition of goods in these containers since `from`: of several, the worst. */
export function conditionOf(state: State, equipment: readonly string[], nature: Nature, from: Millis): Condition {
  if (state.readings.size === 0) return normal;
  return equipment.reduce<Condition>((worst, each) => {
    const readings = state.readings.get(each);
    if (!readings) return worst;
    const condition = conditionBy(readings, nature, from, state.now);
    return {
      lost: Math.max(worst.lost, condition.lost),
      rate: Math.max(worst.rate, condition.rate),
      flags: [...worst.flags, ...condition.flags.map((flag) => `${each}: ${flag}`)],
    };
  }, normal);
}

function conditionBy(readings: readonly Reading[], nature: Nature, from: Millis, now: Millis): Condition {
  const since = readings.filter(({ at }) => at >= from);
  const rates = since.flatMap(({ data, at }) => {
    const rate = rateAt(data, nature);
    return rate === undefined ? [] : [{ at, rate }];
  });
  const lost = rates.slice(1).reduce((sum, { at, rate }, index) => {
    const before = rates[index]!;
    const apart = at - before.at;
    return apart > SILENCE ? sum : sum + apart * ((rate + before.rate) / 2 - 1);
  }, 0);
  const last = rates.at(-1);
  const rate = last && now - last.at <= SILENCE ? last.rate : 1;
  return { lost: Math.round(lost), rate, flags: flagsOf(since, nature, now) };
}

/** `q10 ^ ((T - setPoint) / 10)`, never below 1: colder does not slow deterioration. */
function rateAt(reading: Reading['data'], { setPoint, q10 }: Nature): number | undefined {
  const temperature = temperatureOf(reading);
  const set = setPoint ?? reading.setPoint;
  if (temperature === undefined || set === undefined) return undefined;
  return Math.min(Math.max(1, q10 ** ((temperature - set) / 10)), FASTEST);
}

/** The warmest of what was measured inside. */
function temperatureOf({ temperature, probes = [] }: Reading['data']): number | undefined {
  const measured = [...(temperature === undefined ? [] : [temperature]), ...probes];
  return measured.length === 0 ? undefined : Math.max(...measured);
}

function flagsOf(readings: readonly Reading[], { tolerated, setPoint }: Nature, now: Millis): string[] {
  const coldest = Math.min(...readings.flatMap(({ data }) => insideOf(data)));
  const last = <T>(pick: (data: Reading['data']) => T | undefined) =>
    readings.findLast(({ data }) => pick(data) !== undefined)?.data;
  const measured = readings.findLast(({ data }) => temperatureOf(data) !== undefined);
  const limit = tolerated?.max ?? (setPoint === undefined ? undefined : setPoint + 3);
  const warm = measured && limit !== undefined && temperatureOf(measured.data)! > limit;
  const recent = measured && now - measured.at <= SILENCE;
  return [
    ...(warm && recent ? [`warm, ${temperatureOf(measured.data)} °C where ${limit} °C is the limit`] : []),
    ...(tolerated?.min !== undefined && coldest < tolerated.min
      ? [`was at ${coldest} °C, below the tolerated ${tolerated.min} °C: damage is likely`]
      : []),
    ...(last(({ power }) => power)?.power === 'off' ? ['power is off'] : []),
    ...(last(({ door }) => door)?.door === 'open' ? ['door is open'] : []),
  ];
}

const insideOf = ({ temperature, probes = [] }: Reading['data']): number[] =>
  temperature === undefined ? probes : [temperature, ...probes];

/** Readings of the container's journey before: not of these goods. */
export const JOURNEY_BEFORE = 3 * DAY;

/** `34 h` */
export const hours = (millis: Millis): string => `${Math.round((millis / HOUR) * 10) / 10} h`;
