import type { Fault } from '@portolan/domain';
import type { EventKind } from './schema.js';

/** What an event cannot be without, apart from single fields (EPCIS 2.0, sections 7.4.1 to 7.4.6). */
export function needsOf(kind: EventKind, event: Readonly<Record<string, unknown>>, pointer: string): readonly Fault[] {
  return needs[kind](event).map((message) => ({ pointer, message: `is incomplete: ${message}` }));
}

const filled = (event: Readonly<Record<string, unknown>>, ...fields: string[]): boolean =>
  fields.some((field) => {
    const value = Object.hasOwn(event, field) ? event[field] : undefined;
    return Array.isArray(value) ? value.length > 0 : value !== undefined && value !== null;
  });

const needs: Readonly<Record<EventKind, (event: Readonly<Record<string, unknown>>) => string[]>> = {
  ObjectEvent: (event) =>
    filled(event, 'epcList', 'quantityList', 'sensorElementList')
      ? []
      : ['it needs an identifier list, epcList or quantityList, that is not empty'],
  AggregationEvent: (event) => [
    ...(event.action === 'OBSERVE' || filled(event, 'parentID') ? [] : ['it needs parentID with action ADD or DELETE']),
    ...childrenOf(event),
  ],
  TransactionEvent: (event) => [
    ...(filled(event, 'bizTransactionList') ? [] : ['it needs a bizTransactionList that is not empty']),
    ...(event.action === 'DELETE' || filled(event, 'parentID', 'epcList', 'quantityList')
      ? []
      : ['it needs parentID, epcList or quantityList']),
  ],
  TransformationEvent: (event) => {
    const inputs = filled(event, 'inputEPCList', 'inputQuantityList');
    const outputs = filled(event, 'outputEPCList', 'outputQuantityList');
    if (filled(event, 'transformationID')) return inputs || outputs ? [] : ['it needs inputs or outputs'];
    return [
      ...(inputs ? [] : ['it needs inputEPCList or inputQuantityList, or a transformationID']),
      ...(outputs ? [] : ['it needs outputEPCList or outputQuantityList, or a transformationID']),
    ];
  },
  AssociationEvent: childrenOf,
};

/** Without children, a DELETE means all of them. */
function childrenOf(event: Readonly<Record<string, unknown>>): string[] {
  return event.action !== 'ADD' || filled(event, 'childEPCs', 'childQuantityList')
    ? []
    : ['it needs childEPCs or childQuantityList with action ADD'];
}
