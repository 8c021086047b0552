import type { Fields } from '../json/fields.js';
import { callOf2 } from './call.js';
import { documentTypes } from './codes.js';
import { type DocumentReference, type Parts, peek, referenceIn } from './parts.js';
import { locationOf2, placeOfCall2 } from './place.js';

/** Track & Trace 2.2: everything on the event itself, the place on the call or the event. */
export function partsOf2(root: Fields, value: unknown): Parts {
  return {
    version: 2,
    root,
    classification: root,
    eventTypeField: 'eventType',
    saidField: 'eventCreatedDateTime',
    source: '/dcsa/tnt-2',
    unlocode: peek(value, 'eventLocation', 'UNLocationCode') ?? peek(value, 'transportCall', 'UNLocationCode'),
    equipment: root,
    transport: root,
    place: () => placeOf(root),
    call: () => optional(root.object('transportCall'), callOf2),
    delayReason: () => root.text('delayReasonCode', 20),
    document: () => documentOf(root),
    references: () => referencesOf(root),
    reason: () => root.text('reason', 1000),
  };
}

const optional = <T>(fields: Fields | undefined, read: (fields: Fields) => T): T | undefined => fields && read(fields);

/** The event's own location where it has one; the call's is checked all the same. */
function placeOf(root: Fields): ReturnType<Parts['place']> {
  const ofCall = optional(root.object('transportCall'), placeOfCall2);
  return optional(root.object('eventLocation'), locationOf2) ?? ofCall;
}

function documentOf(root: Fields): DocumentReference | undefined {
  const type = root.has('documentTypeCode')
    ? root.code('documentTypeCode', documentTypes)
    : root.fault('documentTypeCode', 'is required');
  const reference = root.requiredText('documentID');
  return type === undefined || reference === undefined ? undefined : { type, reference };
}

const referencesOf = (root: Fields): DocumentReference[] => [
  ...root
    .list('documentReferences')
    .flatMap((each) => referenceIn(each, 'documentReferenceType', 'documentReferenceValue') ?? []),
  ...root.list('references').flatMap((each) => referenceIn(each, 'referenceType', 'referenceValue') ?? []),
];
