import type { EventDraft, Fault, Millis, PortolanEvent, State } from '@portolan/domain';
import type { Draws } from './random.js';

/** Events that a change adds at one moment, out of the state as it is then. */
export interface Telling {
  readonly at: Millis;
  tell(state: State, draws: Draws): Told;
}

export type Rewrite = (event: PortolanEvent) => readonly PortolanEvent[];

/** What a change says, and how it goes on. */
export interface Told {
  readonly events: readonly EventDraft[];
  /** What becomes of a later event of the log: itself, others, perhaps received at another time, or nothing. */
  readonly rewrite?: Rewrite;
  /** Why it is not what whoever wrote it will have meant. */
  readonly warning?: Warning;
}

/** Something odd about a change that only a run can tell. */
export type Warning = Pick<Fault, 'pointer' | 'message'>;

/** What the changes of a variant do to the events of its base. */
export interface Script {
  /** In the order of their moments. */
  readonly tellings: readonly Telling[];
  /** By index in the base: what becomes of an event; nothing where it is dropped. */
  readonly rewritten: ReadonlyMap<number, readonly PortolanEvent[]>;
}
