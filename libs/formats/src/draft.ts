import { type EventData, type EventDraft, type EventType, type Fault, eventData, faultsOf } from '@portolan/domain';
import { type Conforms, conformsTo } from './conforms.js';
import { compact } from './json/content.js';

/** The attributes of a draft; what is undefined is left out. */
export interface Attributes {
  readonly id: string;
  readonly source: string;
  readonly subject?: string | undefined;
  readonly time: string;
  readonly revisionof?: string | undefined;
  readonly revision?: string | undefined;
}

const conforms = Object.fromEntries(
  Object.entries(eventData).map(([type, schema]) => [type, conformsTo(schema)]),
) as Readonly<Record<EventType, Conforms>>;

/** A draft, checked against the schema of its type once more: no adapter may let through what the log would refuse. */
export function draftOf<T extends EventType>(
  type: T,
  attributes: Attributes,
  data: EventData<T>,
  pointer: string,
): { readonly ok: true; readonly draft: EventDraft } | { readonly ok: false; readonly faults: Fault[] } {
  const said = compact(data);
  if (conforms[type](said)) return drafted(type, attributes, said);
  // Rare, and slower by far: the schema itself says what is wrong, or what the data should have looked like.
  const parsed = eventData[type].safeParse(said);
  if (parsed.success) return drafted(type, attributes, parsed.data);
  const faults = faultsOf(parsed.error, data).map((fault) => ({ ...fault, pointer: pointer + fault.pointer }));
  return { ok: false, faults };
}

/** Field by field, which takes a third of the time of copying the attributes and leaving out some. */
function drafted(type: EventType, said: Attributes, data: unknown): { readonly ok: true; readonly draft: EventDraft } {
  const draft: Record<string, unknown> = { id: said.id, source: said.source };
  if (said.subject !== undefined) draft.subject = said.subject;
  draft.time = said.time;
  if (said.revisionof !== undefined) draft.revisionof = said.revisionof;
  if (said.revision !== undefined) draft.revision = said.revision;
  draft.type = type;
  draft.datacontenttype = 'application/json';
  draft.data = data;
  return { ok: true, draft: draft as unknown as EventDraft };
}
