import { type EventType, eventData } from '@portolan/domain';
import { z } from 'zod';
import {
  type CellReader,
  boolean,
  duration,
  instant,
  number,
  numbers,
  references,
  revision,
  text,
} from '../csv/cells.js';
import { kinds } from '../csv/kinds.js';
import { eventTypeOf } from './kinds.js';

export type TargetType =
  'text' | 'number' | 'truth' | 'instant' | 'duration' | 'choice' | 'list' | 'numbers' | 'references' | 'revision';

/** What a field takes. */
export interface Target {
  readonly type: TargetType;
  readonly read: CellReader;
  /** A row is nothing without it. */
  readonly required: boolean;
  readonly choices?: readonly string[];
}

export type Targets = Readonly<Record<string, Target>>;

const cache = new Map<string, Targets>();

/** The fields that a table of a kind can fill: of events, the members of their data as paths with dots (`place.unlocode`). */
export function targetsOf(kind: string): Targets {
  const known = cache.get(kind) ?? made(kind);
  cache.set(kind, known);
  return known;
}

function made(kind: string): Targets {
  if (kind === 'orders') return { ...membersOf('org.portolan.order.placed'), revision: target('revision') };
  if (kind === 'lots') return { ...membersOf('org.portolan.lot.registered'), revision: target('revision') };
  if (kind === 'services') return ofServices();
  if (kind === 'rates') return ofRates();
  const own = {
    eventId: target('text'),
    subject: target('text'),
    occurred: target('instant'),
    revision: target('revision'),
  };
  return { ...membersOf(eventTypeOf(kind)!), ...own };
}

const readers: Readonly<Record<Exclude<TargetType, 'choice'>, CellReader>> = {
  text: text(1000),
  number,
  truth: boolean,
  instant,
  duration,
  list: numbers,
  // By the table's decimal mark and units: see `field.ts`.
  numbers: text(1000),
  references,
  revision,
};

const target = (type: Exclude<TargetType, 'choice'>, required = false): Target => ({
  type,
  read: readers[type],
  required,
});

const ofChoice = (choices: readonly string[], required: boolean): Target => ({
  type: 'choice',
  required,
  choices,
  read: (cell) => {
    const word = cell.toLowerCase();
    const found = choices.find((choice) => choice.toLowerCase() === word);
    return found === undefined
      ? { ok: false, message: `must be one of ${choices.join(', ')}` }
      : { ok: true, value: found };
  },
});

const modes = ['vessel', 'barge', 'rail', 'truck', 'air', 'other'];
const instants = ['arrives', 'departs'];
const amounts = ['capacity', 'cost', 'co2eKg', 'reeferPlugs', 'spoilageFactor'];

/** The flat columns of docs/formats-tables.md. */
function ofServices(): Targets {
  const entries = Object.keys(kinds.services).map((name): [string, Target] => [name, ofServiceColumn(name)]);
  return Object.fromEntries(entries);
}

function ofServiceColumn(name: string): Target {
  if (name === 'mode') return ofChoice(modes, true);
  if (instants.includes(name)) return target('instant');
  if (amounts.includes(name)) return target('number');
  if (name === 'duration' || name === 'revision') return target(name);
  return target('text', name === 'service');
}

/** An on-demand relation has no calls; its id and its mode have defaults. */
function ofRates(): Targets {
  const { from, to, duration: lasts, service, ...others } = ofServices();
  const names = ['mode', 'operator', 'name', ...amounts, 'revision'];
  const required = (one: Target): Target => ({ ...one, required: true });
  return {
    service: { ...service!, required: false },
    from: required(from!),
    to: required(to!),
    duration: required(lasts!),
    ...Object.fromEntries(names.map((name) => [name, { ...others[name]!, required: false }])),
  };
}

interface Shape {
  readonly type?: string;
  readonly format?: string;
  readonly enum?: readonly string[];
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
  readonly items?: Shape;
}

/** The event's own schema tells: no list of fields to keep beside it. */
const membersOf = (type: EventType): Targets =>
  leavesOf(z.toJSONSchema(eventData[type] as z.ZodType, { io: 'input' }) as Shape, '', true);

function leavesOf({ properties = {}, required = [] }: Shape, prefix: string, needed: boolean): Targets {
  const entries = Object.entries(properties).flatMap(([name, shape]): [string, Target][] => {
    const path = prefix + name;
    const must = needed && required.includes(name);
    if (name === 'extensions' || name === 'flags') return [];
    if (shape.properties) return Object.entries(leavesOf(shape, `${path}.`, must));
    const leaf = leafOf(shape, must);
    return leaf ? [[path, leaf]] : [];
  });
  return Object.fromEntries(entries);
}

function leafOf({ type, format, enum: choices, items }: Shape, required: boolean): Target | undefined {
  if (choices) return ofChoice(choices, required);
  if (format === 'date-time') return target('instant', required);
  if (format === 'duration') return target('duration', required);
  if (type === 'array') return listOf(items, required);
  if (type === 'number' || type === 'integer') return target('number', required);
  if (type === 'boolean') return target('truth', required);
  return type === 'string' ? target('text', required) : undefined;
}

function listOf(items: Shape | undefined, required: boolean): Target | undefined {
  if (items?.properties) return 'reference' in items.properties ? target('references', required) : undefined;
  return target(items?.type === 'number' ? 'numbers' : 'list', required);
}
