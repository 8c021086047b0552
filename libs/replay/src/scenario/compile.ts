import {
  DAY,
  type EventData,
  type Fault,
  type Millis,
  type PortolanEvent,
  formatInstant,
  parseEvent,
  parseInstant,
} from '@portolan/domain';
import type { Base } from './base.js';
import { closed, reopened } from './changes/closure.js';
import { resized } from './changes/capacity.js';
import { delayed } from './changes/delay.js';
import { said } from './changes/events.js';
import { modified } from './changes/modification.js';
import { parameterSet } from './changes/parameter.js';
import { Contradictions } from './contradictions.js';
import { ExpressionFailure } from './expression.js';
import { type Names, type NamingEvent, namesIn } from './names.js';
import type { Script, Telling } from './script.js';
import { selected } from './selection.js';
import type { Change, ChangeOf, Variant } from './variants.js';

/** Further away nothing is planned. */
const HORIZON = 60 * DAY;
const FAULTS_SHOWN = 3;

/** What the changes of each variant do to a base, or everything that is wrong with them at once. */
export function compile(variants: readonly Variant[], base: Base): { scripts: Script[] } | { faults: Fault[] } {
  const faults = new Map<string, Fault>();
  const compiler = new Compiler(base, (fault) => faults.set(`${fault.pointer} ${fault.message}`, fault));
  const scripts = variants.map((variant) => compiler.scriptOf(variant));
  return faults.size > 0 ? { faults: [...faults.values()] } : { scripts };
}

/** Places that are closed, and when that becomes known. */
interface Closing {
  readonly places: readonly string[];
  readonly known: Millis;
}

class Compiler {
  private readonly namesOfBase: Names;
  /** Of the base, and of what the variant at hand inserts. */
  private names: Names;
  /** Selections and modifications, by what asks for them: runs of one variant have the same. */
  private readonly known = new Map<string, ReadonlyMap<number, readonly PortolanEvent[]>>();

  constructor(
    private readonly base: Base,
    private readonly report: (fault: Fault) => void,
  ) {
    this.names = this.namesOfBase = namesIn(base.events);
  }

  scriptOf({ changes }: Variant): Script {
    const inserted = changes.flatMap((each) => (each.kind === 'insert' ? [each.change.event as NamingEvent] : []));
    this.names = inserted.length > 0 ? namesIn([...this.base.events, ...inserted]) : this.namesOfBase;
    const contradictions = new Contradictions(this.report);
    const rewritten = new Map<number, readonly PortolanEvent[]>();
    const tellings: Telling[] = [];
    for (const change of changes) {
      contradictions.note(change);
      if (change.kind === 'drop' || change.kind === 'modify') this.rewrite(change, rewritten);
      else tellings.push(this.tellingOf(change));
    }
    for (const change of changes)
      if (change.kind === 'reopen') this.mustBeClosed(change, this.closings(changes, rewritten));
    return { tellings: tellings.toSorted((a, b) => a.at - b.at), rewritten };
  }

  private tellingOf(change: Exclude<Change, { kind: 'drop' | 'modify' }>): Telling {
    switch (change.kind) {
      case 'close':
        this.mustKnow(change, 'location', this.names.locations, 'place');
        return { at: this.closing(change), tell: (state) => closed(change, state) };
      case 'reopen':
        this.mustKnow(change, 'location', this.names.locations, 'place');
        return { at: this.within(change, 'at', change.change.at), tell: (state) => reopened(change, state) };
      case 'delay':
        this.mustKnow(change, 'transport', this.names.transports, 'transport');
        return { at: this.knownAt(change), tell: (state, draws) => delayed(change, state, draws) };
      case 'capacity':
        this.mustKnow(change, 'service', this.names.services, 'service');
        return { at: this.knownAt(change), tell: (state, draws) => resized(change, state, draws) };
      case 'insert':
        return this.inserting(change);
      case 'set':
        this.checkEvent(
          change,
          said(change, 'org.portolan.parameters.changed', change.change.parameter, dataOf(change)),
          'value',
        );
        return { at: this.knownAt(change), tell: () => parameterSet(change) };
    }
  }

  private closing(change: ChangeOf<'close'>): Millis {
    const [from, to] = [parseInstant(change.change.from)!, parseInstant(change.change.to)!];
    if (to <= from) this.fault(change, 'to', `(${change.change.to}) must be later than from (${change.change.from})`);
    if (to <= this.base.first) this.fault(change, 'to', `(${change.change.to}) is ${this.outside()}`);
    if (from > this.base.end + HORIZON) this.fault(change, 'from', `(${change.change.from}) is ${this.outside()}`);
    return this.knownAt(change, Math.max(this.base.first, Math.min(from, this.base.end)));
  }

  private inserting(change: ChangeOf<'insert'>): Telling {
    const { event } = change.change;
    const at = this.knownAt(change);
    const draft = said(
      change,
      event.type as 'org.portolan.clock.ticked',
      event.subject ?? 'event',
      event.data as never,
    );
    const inserted = { ...draft, time: event.time ?? formatInstant(at), subject: event.subject };
    this.checkEvent(change, inserted, 'event');
    return { at, tell: () => ({ events: [inserted] }) };
  }

  private knownAt(change: Change & { change: { known?: unknown } }, otherwise: Millis = this.base.beginning): Millis {
    const { known } = change.change;
    return typeof known === 'string' ? this.within(change, 'known', known) : otherwise;
  }

  private within(change: Change, field: string, text: string): Millis {
    const at = parseInstant(text)!;
    if (at < this.base.first || at > this.base.end) this.fault(change, field, `(${text}) is ${this.outside()}`);
    return at;
  }

  private outside(): string {
    return `outside the log, which goes from ${formatInstant(this.base.first)} to ${formatInstant(this.base.end)}`;
  }

  private mustKnow(change: Change, field: string, known: Names['locations'], what: string): void {
    const name = (change.change as Record<string, string>)[field]!;
    const unknown = known.unknown(name);
    if (unknown !== undefined) this.fault(change, field, `(${name}) is no ${what} of the log${unknown}`);
  }

  /** Something must have closed it until then; whether that is over by then the run tells. */
  private mustBeClosed(change: ChangeOf<'reopen'>, closings: Iterable<Closing>): void {
    const { location, at } = change.change;
    const places = new Set(this.names.locations.like(location));
    const until = parseInstant(at)!;
    for (const closing of closings)
      if (closing.known <= until && closing.places.some((place) => places.has(place))) return;
    const message = 'was never closed until then: no event of the log and no change of the variant closes it';
    if (places.size > 0) this.fault(change, 'location', `(${location}) ${message}`);
  }

  /** By the changes of a variant, and by the log as they leave it. */
  private *closings(changes: readonly Change[], rewritten: Script['rewritten']): Generator<Closing> {
    for (const each of changes)
      if (each.kind === 'close')
        yield { places: this.names.locations.like(each.change.location), known: this.closing(each) };
      else if (each.kind === 'insert')
        yield { places: closedBy(each.change.event as NamingEvent), known: this.knownAt(each) };
    for (const [index, event] of this.base.events.entries())
      for (const each of rewritten.get(index) ?? [event])
        yield { places: closedBy(each), known: parseInstant(each.recordedtime)! };
  }

  private checkEvent(change: Change, draft: object, field: string): void {
    const time = formatInstant(this.base.first);
    const event = { specversion: '1.0', recordedtime: time, partitionkey: this.base.cell, ...draft };
    const parsed = parseEvent({ ...event, time: (event as { time?: string }).time || time });
    if (!parsed.ok)
      for (const { pointer, message } of parsed.faults)
        this.fault(change, field === 'event' ? field + pointer : field, message);
  }

  private rewrite(change: ChangeOf<'drop' | 'modify'>, all: Map<number, readonly PortolanEvent[]>): void {
    const key = JSON.stringify([change.pointer, change.change]);
    const rewritten = this.known.get(key) ?? this.rewritten(change);
    this.known.set(key, rewritten);
    for (const [index, events] of rewritten) {
      if (all.has(index)) {
        const { type, id } = this.base.events[index]!;
        this.fault(change, '', `means ${type} ${id}, which an earlier change of the variant drops or modifies`);
      }
      all.set(index, events);
    }
  }

  private rewritten(change: ChangeOf<'drop' | 'modify'>): ReadonlyMap<number, readonly PortolanEvent[]> {
    const rewritten = new Map<number, readonly PortolanEvent[]>();
    let wrong = 0;
    for (const index of this.meant(change)) {
      const outcome = change.kind === 'drop' ? undefined : modified(change, this.base.events[index]!);
      rewritten.set(index, outcome?.ok ? [outcome.value] : []);
      if (outcome?.ok === false && wrong++ < FAULTS_SHOWN)
        for (const { pointer, message } of outcome.faults) this.fault(change, pointer.slice(1), message);
    }
    return rewritten;
  }

  private meant(change: ChangeOf<'drop' | 'modify'>): number[] {
    try {
      const meant = selected(change.change, this.base.events).flatMap((is, index) => (is ? [index] : []));
      if (meant.length === 0) this.fault(change, '', 'means no event of the log');
      return meant;
    } catch (error) {
      if (!(error instanceof ExpressionFailure)) throw error;
      this.fault(change, 'where', error.message);
      return [];
    }
  }

  private fault(change: Change, field: string, message: string): void {
    this.report({ pointer: field === '' ? change.pointer : `${change.pointer}/${field}`, message });
  }
}

const closedBy = ({ type, data }: NamingEvent): readonly string[] =>
  type === 'org.portolan.location.closed' ? [(data as EventData<typeof type>).location] : [];

const dataOf = ({ change: { parameter, value } }: ChangeOf<'set'>) => ({ [parameter]: value });
