import type { EventData, PlaceReference, TransportReference } from '@portolan/domain';
import type { Fields } from '../json/fields.js';

export type DocumentReference = NonNullable<EventData<'org.portolan.milestone.reached'>['document']>;

/**
 * Where the versions of the standard keep the same things. Everything is read when it is asked for, so that what an event
 * type has no use for stays among what was not understood, and is kept.
 */
export interface Parts {
  readonly version: 2 | 3;
  readonly root: Fields;
  /** Holds the classifier and the codes of the event type. */
  readonly classification: Fields;
  readonly eventTypeField: 'eventType' | 'eventTypeCode';
  /** When the sender said it: orders the revisions of one event. */
  readonly saidField: 'eventCreatedDateTime' | 'eventUpdatedDateTime';
  /** The sender, as a URI reference: event ids are unique for it. */
  readonly source: string;
  /** UN/LOCODE as written, unchecked: a time without an offset is local to it. */
  readonly unlocode: string | undefined;
  /** Holds `equipmentReference`, `ISOEquipmentCode`, `emptyIndicatorCode`. */
  readonly equipment: Fields | undefined;
  /** Holds `changeRemark`. */
  readonly transport: Fields | undefined;
  place(): PlaceReference | undefined;
  call(): TransportReference | undefined;
  delayReason(): string | undefined;
  /** What the event is about first. */
  document(): DocumentReference | undefined;
  references(): readonly DocumentReference[];
  reason(): string | undefined;
}

/** Text at a path of an unchecked value, where there is any. */
export function peek(value: unknown, ...path: readonly string[]): string | undefined {
  const found = path.reduce<unknown>(
    (each, key) =>
      typeof each === 'object' && each !== null && Object.hasOwn(each, key)
        ? (each as Record<string, unknown>)[key]
        : undefined,
    value,
  );
  return typeof found === 'string' ? found : undefined;
}

export function referenceIn(fields: Fields, type: string, reference: string): DocumentReference | undefined {
  const found = { type: fields.requiredText(type, 30), reference: fields.requiredText(reference) };
  return found.type === undefined || found.reference === undefined
    ? undefined
    : { type: found.type, reference: found.reference };
}
