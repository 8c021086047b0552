import {
  type EventData,
  type EventDraft,
  type EventType,
  type Fault,
  conformsToData,
  eventData,
  faultsOf,
} from '@portolan/domain';
import { compact } from './json/content.js';
import { type Item, accepted, rejected } from './reading.js';

/** The attributes of a draft; what is undefined is left out. */
export interface Attributes {
  readonly id: string;
  readonly source: string;
  readonly subject?: string | undefined;
  readonly time: string;
  readonly revisionof?: string | undefined;
  readonly revision?: string | undefined;
}

/** A draft, or why there is none. */
export type Made =
  { readonly ok: true; readonly draft: EventDraft } | { readonly ok: false; readonly faults: readonly Fault[] };

/** A draft, checked against the schema of its type once more: no adapter may let through what the log would refuse. */
export function draftOf<T extends EventType>(
  type: T,
  attributes: Attributes,
  data: EventData<T>,
  pointer: string,
): Made {
  const said = compact(data);
  if (conformsToData[type](said)) return { ok: true, draft: drafted(attributes, type, said) as EventDraft };
  // Rare, and slower by far: the schema itself says what is wrong, or what the data should have looked like.
  const parsed = eventData[type].safeParse(said);
  if (parsed.success) return { ok: true, draft: drafted(attributes, type, parsed.data) as EventDraft };
  return {
    ok: false,
    faults: faultsOf(parsed.error, data).map((fault) => ({ ...fault, pointer: pointer + fault.pointer })),
  };
}

const datacontenttype = 'application/json';

/** Most have all attributes, and are made at once: member by member an object grows several times, and stays larger. */
function drafted(
  { id, source, subject, time, revisionof, revision }: Attributes,
  type: EventType,
  data: unknown,
): object {
  if (subject === undefined || revisionof === undefined)
    return compact({ id, source, subject, time, revisionof, revision, type, datacontenttype, data });
  return revision === undefined
    ? { id, source, subject, time, revisionof, type, datacontenttype, data }
    : { id, source, subject, time, revisionof, revision, type, datacontenttype, data };
}

/** An item from all that it became: its events, or everything that is wrong with them. */
export function itemMade(index: number, pointer: string, made: readonly Made[]): Item {
  const [only] = made;
  if (made.length === 1 && only!.ok) return accepted(index, pointer, only!.draft);
  const faults = made.flatMap((each) => (each.ok ? [] : each.faults));
  if (faults.length > 0) return rejected(index, pointer, faults);
  return accepted(index, pointer, ...made.flatMap((each) => (each.ok ? [each.draft] : [])));
}

/** Doubts as events have them: each once, of at most 200 characters; `undefined` where there are none. */
export function distinctFlags(flags: readonly string[]): string[] | undefined {
  if (flags.length === 0) return undefined;
  const distinct = flags.length === 1 ? flags : [...new Set(flags)];
  return distinct.map((flag) => flag.slice(0, 200));
}

const withFlags = new Set(Object.entries(eventData).flatMap(([type, { shape }]) => ('flags' in shape ? [type] : [])));

/** Have events of that type a field for doubts? In others they are among the extensions. */
export const hasFlags = (type: EventType): boolean => withFlags.has(type);
