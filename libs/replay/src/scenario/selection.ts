import type { PortolanEvent } from '@portolan/domain';
import { parseInstant } from '@portolan/domain';
import { type SelectorDocument, patternOf } from './document.js';
import { type Expression, expressionOf } from './expression.js';

const IDS = ['id', 'order', 'lot', 'service', 'location', 'closure', 'equipment', 'recommendation'] as const;
const PLACES = new Set(['location', 'from', 'to', 'unlocode', 'facility', 'loading', 'discharge', 'destination']);
const TRANSPORTS = new Set(['service', 'imo', 'mmsi', 'vesselName', 'callSign', 'callReference', 'voyages', 'vessel']);

/** What an event is about: its subject, and what its data is of. */
export function subjectsOf({ subject, data }: PortolanEvent): string[] {
  const ids = IDS.map((name) => (data as Record<string, unknown>)[name]);
  return [subject, ...ids].filter((id): id is string => typeof id === 'string');
}

/** The places that an event's data names, by id, UN/LOCODE or facility. */
export const placesOf = ({ data }: PortolanEvent): string[] => textsUnder(data, PLACES);

/** The transports that an event's data names; a schedule is of itself. */
export function transportsOf({ type, data }: PortolanEvent): string[] {
  const own = type === 'org.portolan.service.scheduled' ? [data.id, ...(data.voyages ?? [])] : [];
  return [...own, ...textsUnder(data, TRANSPORTS)];
}

/** Texts in the data, at any depth, that stand under one of these names, alone, in lists or in objects. */
function textsUnder(value: unknown, names: ReadonlySet<string>, inside = false): string[] {
  if (typeof value === 'string') return inside ? [value] : [];
  if (Array.isArray(value)) return value.flatMap((each) => textsUnder(each, names, inside));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, each]) =>
    name === 'extensions' ? [] : textsUnder(each, names, inside || names.has(name)),
  );
}

/** People write `IMO9321483`, messages the number alone. */
export const transportPattern = (text: string): ReturnType<typeof patternOf> => {
  const [bare, whole] = [patternOf(text.replace(/^IMO ?(?=\d)/i, '')), patternOf(text)];
  return { test: (value) => bare.test(value) || whole.test(value) };
};

/** Which of these events a selector means. Throws an `ExpressionFailure` where its expression does not end. */
export function selected(selector: SelectorDocument, events: readonly PortolanEvent[]): boolean[] {
  const test = testOf(selector);
  const meant = events.map(test);
  if (selector.where === undefined) return meant;
  return narrowed(meant, events, expressionOf(selector.where));
}

function narrowed(meant: readonly boolean[], events: readonly PortolanEvent[], expression: Expression): boolean[] {
  const holds = expression(events.filter((_, index) => meant[index]));
  let next = 0;
  return meant.map((is) => is && holds[next++]!);
}

function testOf({ type, subject, place, transport, from, to }: SelectorDocument): (event: PortolanEvent) => boolean {
  const [since, before] = [from, to].map((text) => (text === undefined ? undefined : parseInstant(text)!));
  const any = (text: string | undefined, found: (event: PortolanEvent) => string[], like = patternOf) => {
    const pattern = text === undefined ? undefined : like(text);
    return (event: PortolanEvent) => pattern === undefined || found(event).some((each) => pattern.test(each));
  };
  const tests = [
    any(type, (event) => [event.type]),
    any(subject, subjectsOf),
    any(place, placesOf),
    any(transport, transportsOf, transportPattern),
    ({ recordedtime }: PortolanEvent) => {
      const received = parseInstant(recordedtime)!;
      return received >= (since ?? -Infinity) && received < (before ?? Infinity);
    },
  ];
  return (event) => tests.every((test) => test(event));
}
