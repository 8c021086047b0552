import { type Fault, type Millis, formatInstant } from '@portolan/domain';
import { momentOf } from '../time/moment.js';
import { nearest } from '../nearest.js';
import { pointerKey } from '../reading.js';
import { isObject } from './json.js';

/** What was noticed while reading one item: what is wrong, and what is doubtful but kept. */
export interface Notes {
  readonly faults: Fault[];
  readonly flags: string[];
}

/** Elements of a list within one item: no standard read here has so many. */
const MAX_LIST = 10_000;

/**
 * An object of a message, read field by field. What is asked for is checked, and counts as understood; `rest` is what nobody
 * asked for. `null` and blank text count as absent, as many senders write them so.
 */
export class Fields {
  private readonly asked = new Set<string>();
  private parts: Map<string, Fields | readonly Fields[]> | undefined;

  constructor(
    private readonly value: Readonly<Record<string, unknown>>,
    readonly pointer: string,
    readonly notes: Notes,
  ) {}

  has(name: string): boolean {
    return this.at(name) !== undefined;
  }

  fault(name: string, message: string): undefined {
    const value = this.at(name);
    const pointer = name === '' ? this.pointer : this.pointer + pointerKey(name);
    this.notes.faults.push({ pointer, message, ...(value !== undefined && { value }) });
  }

  flag(flag: string | undefined): void {
    if (flag !== undefined) this.notes.flags.push(flag.slice(0, 200));
  }

  /** Trimmed text of at most `max` characters. */
  text(name: string, max = 200): string | undefined {
    const value = this.ask(name);
    if (value === undefined) return undefined;
    if (typeof value !== 'string') return this.fault(name, `must be text, is ${kindOf(value)}`);
    const text = value.trim();
    return text.length > max ? this.fault(name, `must have at most ${max} characters, has ${text.length}`) : text;
  }

  requiredText(name: string, max = 200): string | undefined {
    return this.has(name) ? this.text(name, max) : this.fault(name, 'is required');
  }

  /** A code out of a list: what it stands for there. */
  code<T>(name: string, list: Readonly<Record<string, T>>): T | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    if (Object.hasOwn(list, text)) return list[text];
    const known = Object.keys(list);
    const meant = nearest(text, known);
    return this.fault(name, `is not one of ${known.join(', ')}${meant === undefined ? '' : `; perhaps ${meant}`}`);
  }

  number(name: string): number | undefined {
    const value = this.ask(name);
    if (value === undefined) return undefined;
    if (typeof value !== 'number' || !Number.isFinite(value))
      return this.fault(name, `must be a number, is ${kindOf(value)}`);
    return value;
  }

  /** A number, or text that is one, as DCSA writes coordinates. */
  decimal(name: string, least: number, most: number): number | undefined {
    const value = this.ask(name);
    if (value === undefined) return undefined;
    const number = typeof value === 'string' && /^[+-]?\d+(\.\d*)?$/.test(value.trim()) ? Number(value) : value;
    if (typeof number === 'number' && number >= least && number <= most) return number;
    return this.fault(name, `must be a number from ${least} to ${most}`);
  }

  boolean(name: string): boolean | undefined {
    const value = this.ask(name);
    if (value === undefined || typeof value === 'boolean') return value;
    return this.fault(name, `must be true or false, is ${kindOf(value)}`);
  }

  /** A moment as RFC 3339 in UTC; without an offset it is local to `unlocode`. */
  instant(name: string, received: Millis, unlocode?: string): string | undefined {
    const text = this.requiredText(name, 40);
    if (text === undefined) return undefined;
    const moment = momentOf(text, received, unlocode);
    if (!moment.ok) return this.fault(name, moment.message);
    this.flag(moment.flag);
    return formatInstant(moment.at);
  }

  /** A list of texts. */
  texts(name: string): readonly string[] {
    const value = this.ask(name);
    if (value === undefined) return [];
    if (Array.isArray(value) && value.every((each) => typeof each === 'string')) return value;
    this.fault(name, 'must be a list of texts');
    return [];
  }

  /** One text, or a list of them. */
  textOrTexts(name: string): readonly string[] {
    if (Array.isArray(this.at(name))) return this.texts(name);
    const text = this.text(name);
    return text === undefined ? [] : [text];
  }

  /** The value as it is, unchecked; it does not count as understood yet. */
  peek(name: string): unknown {
    return this.at(name);
  }

  understood(name: string): void {
    this.asked.add(name);
  }

  /** The names of all fields that are there. */
  names(): readonly string[] {
    return Object.keys(this.value).filter((name) => this.has(name));
  }

  /** A list of numbers. */
  numbers(name: string): readonly number[] {
    const value = this.ask(name);
    if (value === undefined) return [];
    if (Array.isArray(value) && value.every((each) => typeof each === 'number')) return value;
    this.fault(name, 'must be a list of numbers');
    return [];
  }

  object(name: string): Fields | undefined {
    const known = this.parts?.get(name);
    if (known instanceof Fields) return known;
    const value = this.ask(name);
    if (value === undefined) return undefined;
    if (!isObject(value)) return this.fault(name, `must be an object, is ${kindOf(value)}`);
    const part = new Fields(value, this.pointer + pointerKey(name), this.notes);
    (this.parts ??= new Map()).set(name, part);
    return part;
  }

  list(name: string): readonly Fields[] {
    const value = this.ask(name);
    if (value === undefined) return [];
    if (!Array.isArray(value)) {
      this.fault(name, `must be a list, is ${kindOf(value)}`);
      return [];
    }
    if (value.length > MAX_LIST) {
      this.notes.faults.push({ pointer: this.pointer + pointerKey(name), message: tooLong(value.length) });
      return [];
    }
    const parts = value.flatMap((each, index) => this.element(name, each, index) ?? []);
    (this.parts ??= new Map()).set(name, parts);
    return parts;
  }

  /** What nobody asked for, in the shape of the message. */
  rest(): Record<string, unknown> | undefined {
    const entries: [string, unknown][] = [];
    for (const name of Object.keys(this.value)) {
      const left = this.asked.has(name) ? restOf(this.parts?.get(name)) : (this.value[name] ?? undefined);
      if (left !== undefined) entries.push([name, left]);
    }
    return entries.length === 0 ? undefined : Object.fromEntries(entries);
  }

  private element(name: string, value: unknown, index: number): Fields | undefined {
    const pointer = `${this.pointer}${pointerKey(name)}/${index}`;
    if (isObject(value)) return new Fields(value, pointer, this.notes);
    this.notes.faults.push({ pointer, value, message: `must be an object, is ${kindOf(value)}` });
    return undefined;
  }

  private ask(name: string): unknown {
    this.asked.add(name);
    return this.at(name);
  }

  /** Own fields only: a message may well have one called `constructor`, or lack it. */
  private at(name: string): unknown {
    const value = Object.hasOwn(this.value, name) ? this.value[name] : undefined;
    return value === null || isBlank(value) ? undefined : value;
  }
}

const tooLong = (length: number): string => `must have at most ${MAX_LIST} elements, has ${length}`;

const isBlank = (value: unknown): boolean => typeof value === 'string' && value.trim() === '';

function restOf(part: Fields | readonly Fields[] | undefined): unknown {
  if (part === undefined) return undefined;
  if (part instanceof Fields) return part.rest();
  const rests = part.map((each) => each.rest());
  return rests.some((rest) => rest !== undefined) ? rests.map((rest) => rest ?? {}) : undefined;
}

export function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
