import type { EventData, EventType, PortolanEvent } from '../events/event.js';
import { type Millis, parseInstant } from '../time/instant.js';

/** An event with its place in the log. */
export interface PositionedEvent {
  readonly event: PortolanEvent;
  readonly position: number;
}

/** What one event said, with what orders it among others about the same thing. */
export interface FactOf<T extends EventType> {
  readonly id: string;
  readonly type: T;
  readonly subject?: string;
  /** The sender's identifier without its revision. */
  readonly of?: string;
  readonly revision?: string;
  /** When it occurred. */
  readonly time: Millis;
  /** What it is about: `data.at` where there is one, else `time`. */
  readonly at: Millis;
  /** When it was said: the revision where that is an instant, else when it was received. */
  readonly saidAt: Millis;
  readonly position: number;
  readonly data: EventData<T>;
}

export type Fact<T extends EventType = EventType> = T extends EventType ? FactOf<T> : never;

/** Facts about one thing, the newest first. Older ones are kept for the day on which a newer one is taken back. */
export type Register<T extends EventType> = readonly Fact<T>[];

const DEPTH = 4;

/** @param received the event's `recordedtime` */
export function factOf({ event, position }: PositionedEvent, received: Millis): Fact {
  const { id, type, subject, revisionof, revision, data } = event;
  const time = parseInstant(event.time)!;
  const at = 'at' in data ? parseInstant(data.at)! : time;
  const saidAt = (revision === undefined ? undefined : parseInstant(revision)) ?? received;
  // Every event becomes one: literals that spread others take several times as long.
  const fact: { -readonly [K in keyof FactOf<EventType>]: FactOf<EventType>[K] } = {
    id,
    type,
    time,
    at,
    saidAt,
    position,
    data,
  };
  if (subject !== undefined) fact.subject = subject;
  if (revisionof !== undefined) fact.of = revisionof;
  if (revision !== undefined) fact.revision = revision;
  return fact as Fact;
}

type Stamped = Pick<Fact, 'id' | 'of' | 'revision' | 'saidAt' | 'position'>;

/** Does `a` replace `b`? Revisions of one identifier by revision; else by when they were said, then by the log. */
export function isNewer(a: Stamped, b: Stamped): boolean {
  const byRevision = a.of !== undefined && a.of === b.of ? revisionOrder(a.revision, b.revision) : 0;
  if (byRevision !== 0) return byRevision > 0;
  return a.saidAt === b.saidAt ? a.position > b.position : a.saidAt > b.saidAt;
}

const NUMBER = /^\d+(\.\d+)?$/;

function revisionOrder(a = '', b = ''): number {
  if (NUMBER.test(a) && NUMBER.test(b)) return Number(a) - Number(b);
  const [left, right] = [parseInstant(a), parseInstant(b)];
  return left === undefined || right === undefined ? 0 : left - right;
}

/** The register with `fact` in its place. */
export function record<T extends EventType>(register: Register<T> = [], fact: Fact<T>, depth = DEPTH): Register<T> {
  const index = register.findIndex((each) => isNewer(fact, each));
  const at = index < 0 ? register.length : index;
  return [...register.slice(0, at), fact, ...register.slice(at)].slice(0, depth);
}

/** Facts in order of what they are about, one for each identifier of the sender: its newest revision. */
export function recordInTime<T extends EventType>(
  facts: readonly Fact<T>[] = [],
  fact: Fact<T>,
  limit: number,
): readonly Fact<T>[] {
  const earlier = fact.of === undefined ? undefined : facts.find(({ of }) => of === fact.of);
  if (earlier && !isNewer(fact, earlier)) return facts;
  const others = earlier ? facts.filter((each) => each !== earlier) : facts;
  const at = others.findLastIndex((each) => each.at <= fact.at) + 1;
  return [...others.slice(0, at), fact, ...others.slice(at)].slice(-limit);
}

/** A word that takes other words back. */
export type Retraction = Fact<'org.portolan.event.retracted'>;

/** Is `fact` taken back by `retraction`: named itself, or a revision no newer of what is named? */
export const takesBack = (retraction: Retraction, fact: Stamped): boolean =>
  retraction.data.retracts === fact.id || (retraction.data.retracts === fact.of && fact.saidAt <= retraction.saidAt);
