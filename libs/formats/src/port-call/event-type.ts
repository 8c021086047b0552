import type { Classifier } from '@portolan/domain';

/** `PortActivity.TimeType.EventParty` of the port call event format 3.2, such as `berth.eta.terminal`. */
export interface EventType {
  readonly activity: string;
  readonly time: TimeType;
  readonly party: string;
}

export interface TimeType {
  /** As written, such as `eta`. */
  readonly name: string;
  readonly classifier: Classifier;
  /** Arrival, departure, start, completion; absent for moments of another kind (`at`, `et`) and words without a time. */
  readonly moment?: 'arrival' | 'departure' | 'start' | 'completion';
}

const classifiers: Readonly<Record<string, Classifier>> = {
  a: 'actual',
  e: 'estimated',
  p: 'planned',
  r: 'requested',
};
const moments: Readonly<Record<string, TimeType['moment']>> = {
  a: 'arrival',
  // Berthing, as some terminals write it.
  b: 'arrival',
  d: 'departure',
  s: 'start',
  c: 'completion',
};
const untimed = ['cancel', 'clearance', 'reportnumber'];

/** What a text of three parts means; `undefined` where its middle is no type of time. */
export function eventTypeOf(text: string): EventType | undefined {
  const [activity, name, party, more] = text.split('.');
  const time = name === undefined ? undefined : timeTypeOf(name);
  return !activity || !time || !party || more !== undefined ? undefined : { activity, time, party };
}

function timeTypeOf(name: string): TimeType | undefined {
  if (untimed.includes(name)) return { name, classifier: 'actual' };
  const [, first = '', last] = /^([aepr])t([abdsc])?$/.exec(name) ?? [];
  const classifier = classifiers[first];
  if (!classifier) return undefined;
  const moment = last === undefined ? undefined : moments[last];
  return { name, classifier, ...(moment && { moment }) };
}

/** Has a text the form of an event type? */
export const looksLikeEventType = (text: unknown): boolean =>
  typeof text === 'string' && text.length <= 100 && eventTypeOf(text) !== undefined;

/** Activities of the format; others are kept with a doubt. */
export const activities: ReadonlySet<string> = new Set(
  (
    '12nm 60nm 120nm 240nm nM12 nM60 nM120 nM240 anchorArea approachArea berth bunkerPW bunkerService cargoOperations ' +
    'customNauticalLocation customs fairway firstLineReleased firstLineSecured floatingCrane immigration ' +
    'lastLineReleased lastLineSecured movement pilotBoardingPlace pilotDisembarked pilotOnBoard port portAuthority ' +
    'portBasin portMin1 portMin2 provision repairService safeAccessToShoreClosed safeAccessToShoreOpen slops stores ' +
    'surveyor tender tugArea tugsFromBerth tugsNoMoreStandby tugsStandby tugsToBerth vtsArea vTSArea waste waterSupply'
  ).split(' '),
);
