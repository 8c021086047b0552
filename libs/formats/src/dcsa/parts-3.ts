import type { Fields } from '../json/fields.js';
import { callOf3 } from './call.js';
import { documentTypes } from './codes.js';
import { type DocumentReference, type Parts, peek, referenceIn } from './parts.js';
import { locationOf3 } from './place.js';

/** Track & Trace 3.0: details in objects of their own. `undefined` without `eventClassification`. */
export function partsOf3(root: Fields, value: unknown): Parts | undefined {
  const classification = root.object('eventClassification');
  if (!classification) return undefined;
  const transport = root.object('transportDetails');
  const shipment = root.object('shipmentDetails');
  return {
    version: 3,
    root,
    classification,
    eventTypeField: 'eventTypeCode',
    saidField: 'eventUpdatedDateTime',
    source: sourceOf(root),
    unlocode: peek(value, 'eventLocation', 'UNLocationCode'),
    equipment: root.object('equipmentDetails'),
    transport,
    place: () => placeOf(root),
    call: () => callIn(transport),
    delayReason: () => firstDelayReason(transport, value),
    document: () => documentOf(root, shipment),
    references: () => referencesOf(shipment),
    reason: () => shipment?.text('reason', 1000),
  };
}

/** Event ids are unique for the originating party: its code lists and code make the source. */
export function sourceOf(root: Fields): string {
  const party = root.object('eventRouting')?.object('originatingParty');
  const parts = ['codeListProvider', 'codeListName', 'partyCode'].map((name) => party?.text(name, 150));
  return ['/dcsa', ...parts.filter((part) => part !== undefined).map(safe)].join('/');
}

/** Lone surrogates cannot be percent-encoded. */
const safe = (part: string): string =>
  PLAIN.test(part) ? part : encodeURIComponent(part.replaceAll(/\p{Surrogate}/gu, '\uFFFD'));
const PLAIN = /^[\w.-]*$/;

function placeOf(root: Fields): ReturnType<Parts['place']> {
  const location = root.object('eventLocation');
  const place = location && locationOf3(location);
  return place && Object.keys(place).length > 0 ? place : undefined;
}

function callIn(transport: Fields | undefined): ReturnType<Parts['call']> {
  const call = transport?.object('transportCall');
  return call && callOf3(call);
}

/** One reason fits; where a sender names several, all stay among what was not understood. */
function firstDelayReason(transport: Fields | undefined, value: unknown): string | undefined {
  const first = peek(value, 'transportDetails', 'delayReasonCodes', '0');
  if (first === undefined || first.length > 20) return undefined;
  if (peek(value, 'transportDetails', 'delayReasonCodes', '1') === undefined) transport?.texts('delayReasonCodes');
  return first;
}

function documentOf(root: Fields, shipment: Fields | undefined): DocumentReference | undefined {
  if (!shipment) return root.fault('shipmentDetails', 'is required with eventTypeCode SHIPMENT');
  const document = shipment.object('documentReference');
  if (!document) return shipment.fault('documentReference', 'is required with eventTypeCode SHIPMENT');
  const type = document.has('typeCode')
    ? document.code('typeCode', documentTypes)
    : document.fault('typeCode', 'is required');
  const reference = document.requiredText('reference');
  return type === undefined || reference === undefined ? undefined : { type, reference };
}

/** Every document and reference of an event but its first document, if that was asked for on its own. */
function referencesOf(shipment: Fields | undefined): DocumentReference[] {
  if (!shipment) return [];
  const lists = ['additionalDocumentReferences', 'shipmentReferences'].flatMap((name) => shipment.list(name));
  const first = shipment.object('documentReference');
  return [...(first ? [first] : []), ...lists].flatMap((each) => referenceIn(each, 'typeCode', 'reference') ?? []);
}
