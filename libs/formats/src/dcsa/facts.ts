import type { EventData, EventType } from '@portolan/domain';
import { containerNumber } from '../identifiers/container.js';
import { compact, joined } from '../json/content.js';
import type { Fields } from '../json/fields.js';
import { classifiers, equipmentCodes, type eventTypes, shipmentCodes, transportCodes } from './codes.js';
import type { DocumentReference, Parts } from './parts.js';
import { iotReading, reeferReading } from './sensors.js';

/** What an event becomes: one type of the log's with its data (flags and extensions are added later) and its subject. */
export type Fact = {
  [T in EventType]: { readonly type: T; readonly data: EventData<T>; readonly subject?: string | undefined };
}[EventType];

/** What an event of each type says. `undefined` when something it cannot be without is missing; a fault then says so. */
export const factOf: Readonly<Record<keyof typeof eventTypes, (parts: Parts, at: string) => Fact | undefined>> = {
  TRANSPORT: transportCalled,
  EQUIPMENT: equipmentMoved,
  SHIPMENT: milestoneReached,
  REEFER: reeferReading,
  IOT: iotReading,
};

function transportCalled(parts: Parts, at: string): Fact | undefined {
  const call = requiredCode(parts, 'transportEventTypeCode', transportCodes);
  const classifier = requiredCode(parts, 'eventClassifierCode', classifiers);
  const place = parts.place();
  const transport = parts.call();
  if (!transport) return withoutCall(parts);
  if (!place && transport.callReference === undefined)
    return parts.root.fault(
      parts.version === 2 ? 'transportCall' : 'eventLocation',
      'must name the place, or the call by its reference',
    );
  if (!call || !classifier) return undefined;
  const [delayReason, remark] = [parts.delayReason(), parts.transport?.text('changeRemark', 500)];
  const data = compact({
    transport,
    call,
    classifier,
    at,
    place: place ?? {},
    delayReason,
    remark,
    references: listed(parts.references()),
  });
  return { type: 'org.portolan.transport.called', data, subject: nameOf(transport) };
}

function withoutCall({ root, transport }: Parts): undefined {
  if (transport) return transport.fault('transportCall', 'is required with event type TRANSPORT');
  // What is there and no object has been told already.
  if (!root.has('transportDetails')) root.fault('transportDetails', 'is required with eventTypeCode TRANSPORT');
}

function equipmentMoved(parts: Parts, at: string): Fact | undefined {
  const code = requiredCode(parts, 'equipmentEventTypeCode', equipmentCodes);
  const classifier = requiredCode(parts, 'eventClassifierCode', classifiers);
  const equipment = equipmentIn(parts);
  if (!code || !classifier) return undefined;
  const common = { equipment, classifier, at, references: listed(parts.references()) };
  if ('milestone' in code) {
    const data = joined(common, {
      milestone: code.milestone,
      code: parts.classification.text('equipmentEventTypeCode', 20),
    });
    return { type: 'org.portolan.milestone.reached', data, subject: equipment };
  }
  const [isoType, empty] = [parts.equipment?.text('ISOEquipmentCode', 4), emptyIn(parts.equipment)];
  const data = joined(common, { move: code.move, isoType, empty, place: parts.place(), transport: parts.call() });
  return { type: 'org.portolan.equipment.moved', data, subject: equipment };
}

function milestoneReached(parts: Parts, at: string): Fact | undefined {
  const milestone = requiredCode(parts, 'shipmentEventTypeCode', shipmentCodes);
  const classifier = requiredCode(parts, 'eventClassifierCode', classifiers);
  const code = parts.classification.text('shipmentEventTypeCode', 20);
  const document = parts.document();
  if (!milestone || !classifier || !document) return undefined;
  const references = parts
    .references()
    .filter(({ type, reference }) => type !== document.type || reference !== document.reference);
  const equipment = parts.equipment?.has('equipmentReference') ? equipmentIn(parts) : onlyEquipment(references);
  const data = compact({
    milestone,
    code,
    classifier,
    at,
    document,
    references: listed(references),
    equipment,
    reason: parts.reason(),
  });
  return { type: 'org.portolan.milestone.reached', data, subject: `${document.type}/${document.reference}` };
}

/** Codes of 2.0 were all in `eventTypeCode`, and some senders still write it. */
function requiredCode<T>(parts: Parts, name: string, list: Readonly<Record<string, T>>): T | undefined {
  const { classification, version } = parts;
  if (classification.has(name)) return classification.code(name, list);
  if (version === 2 && name !== 'eventClassifierCode' && classification.has('eventTypeCode'))
    return classification.code('eventTypeCode', list);
  return classification.fault(name, `is required: one of ${Object.keys(list).join(', ')}`);
}

/** The container, upper-cased, with a doubt where its number is not as it should be. */
export function equipmentIn(parts: Parts): string | undefined {
  const { number, flag } = containerNumber(parts.equipment?.text('equipmentReference', 20) ?? '');
  parts.root.flag(flag);
  return number;
}

function emptyIn(equipment: Fields | undefined): boolean | undefined {
  return equipment?.code('emptyIndicatorCode', { EMPTY: true, LADEN: false });
}

/** A document that refers to one container only is about that one. */
function onlyEquipment(references: readonly DocumentReference[]): string | undefined {
  const named = references.filter(({ type }) => type === 'EQ');
  return named.length === 1 ? containerNumber(named[0]!.reference).number?.slice(0, 20) : undefined;
}

function nameOf({
  imo,
  voyages,
  callReference,
  carrierService,
}: EventData<'org.portolan.transport.called'>['transport']): string | undefined {
  const vessel = imo === undefined ? carrierService : `IMO${imo}`;
  return vessel === undefined ? callReference : [vessel, ...(voyages ?? []).slice(0, 1)].join('/');
}

const listed = <T>(list: readonly T[]): T[] | undefined => (list.length === 0 ? undefined : [...list]);
