import { type Millis, type PortolanEvent, type State, formatInstant, parseInstant } from '@portolan/domain';
import type { Entry, Start } from '../log/entry.js';
import type { Base } from '../scenario/base.js';
import type { Draws } from '../scenario/random.js';
import type { Rewrite, Script, Telling, Warning } from '../scenario/script.js';

/** An event of a variant, a moment at which its base was planned, or what is odd about one of its changes. */
export type Changed =
  | { readonly kind: 'event'; readonly entry: Entry }
  | { readonly kind: 'plan'; readonly start: Start }
  | { readonly kind: 'warning'; readonly warning: Warning };

/** Index in the base of the first event that a script makes another one, or before which it says something; its length where it says it at the end. */
export function firstDifference({ entries }: Base, { tellings, rewritten }: Script): number {
  let first = Math.min(entries.length, ...tellings.map(({ at }) => indexBehind(entries, at)));
  for (const index of rewritten.keys()) first = Math.min(first, index);
  return first;
}

/** Does a script change nothing? */
export const isUnchanged = ({ tellings, rewritten }: Script): boolean => tellings.length === 0 && rewritten.size === 0;

const receivedAt = ({ event }: Entry): Millis => parseInstant(event.recordedtime)!;

/** What is said at a moment comes behind all that was received until then. */
function indexBehind(entries: readonly Entry[], at: Millis): number {
  const index = entries.findIndex((entry) => receivedAt(entry) > at);
  return index < 0 ? entries.length : index;
}

/**
 * The events of a base as a script changes them, from its first difference on. What policies accepted is left out: what they accept now,
 * the run decides.
 */
export class ChangedLog {
  private readonly tellings: Telling[];
  private readonly rewrites: Rewrite[] = [];
  /** Events that are received later than in the log, in the order of their reception. */
  private moved: PortolanEvent[] = [];

  constructor(
    private readonly base: Base,
    private readonly script: Script,
    private readonly draws: Draws,
    /** The state behind everything given out so far. */
    private readonly state: () => Promise<State>,
  ) {
    this.tellings = [...script.tellings];
  }

  async *from(first: number): AsyncGenerator<Changed> {
    for (let index = first; index < this.base.entries.length; index++) {
      const entry = this.base.entries[index]!;
      yield* this.due(index, receivedAt(entry));
      yield* this.changed(entry, index);
    }
    yield* this.due(this.base.entries.length, Infinity);
  }

  private *changed(entry: Entry, index: number): Generator<Changed> {
    const received = receivedAt(entry);
    const events = isByPolicy(entry.event) ? [] : this.rewritten(this.script.rewritten.get(index) ?? [entry.event]);
    const now = events.filter((event) => parseInstant(event.recordedtime)! <= received);
    this.move(events.filter((event) => !now.includes(event)));
    for (const event of now) yield { kind: 'event', entry: { event, position: 0 } };
    if (entry.planned) yield { kind: 'plan', start: entry.planned };
  }

  private rewritten(events: readonly PortolanEvent[]): readonly PortolanEvent[] {
    return this.rewrites.reduce((all, rewrite) => all.flatMap(rewrite), events);
  }

  private move(events: readonly PortolanEvent[]): void {
    if (events.length === 0) return;
    const at = ({ recordedtime }: PortolanEvent) => parseInstant(recordedtime)!;
    this.moved = [...this.moved, ...events].sort((a, b) => at(a) - at(b));
  }

  /** What is said, and what comes late, before an event of the base; a plan is made of it. */
  private async *due(index: number, before: Millis): AsyncGenerator<Changed> {
    let some = false;
    for (;;) {
      const [telling, moved] = [this.tellings[0], this.moved[0]];
      const told = telling && indexBehind(this.base.entries, telling.at) <= index ? telling.at : Infinity;
      const late = moved ? parseInstant(moved.recordedtime)! : Infinity;
      if (Math.min(told, late) === Infinity || (told === Infinity && late >= before && before !== Infinity)) break;
      some = true;
      if (told <= late) yield* this.tell(this.tellings.shift()!);
      else yield { kind: 'event', entry: { event: this.moved.shift()!, position: 0 } };
    }
    if (some) yield { kind: 'plan', start: 'warm' };
  }

  private async *tell({ at, tell }: Telling): AsyncGenerator<Changed> {
    const { events, rewrite, warning } = tell(await this.state(), this.draws);
    const recordedtime = formatInstant(at);
    for (const { time, ...draft } of events) {
      const stamped = { specversion: '1.0', ...draft, time: time || recordedtime, recordedtime };
      yield {
        kind: 'event',
        entry: { event: { ...stamped, partitionkey: this.base.cell } as PortolanEvent, position: 0 },
      };
    }
    if (warning) yield { kind: 'warning', warning };
    if (rewrite) this.rewrites.push(rewrite);
  }
}

const isByPolicy = (event: PortolanEvent): boolean =>
  event.type === 'org.portolan.decision.made' && event.data.policy !== undefined;
