import { chilled, moment } from '../../epcis.js';

const events = [
  {
    type: 'ObjectEvent',
    ...moment,
    eventID: 'urn:uuid:3fa85f64-5717-4562-b3fc-2c963f66afa6',
    action: 'ADD',
    bizStep: 'commissioning',
    disposition: 'active',
    readPoint: { id: 'urn:epc:id:sgln:4012345.00001.0' },
    bizLocation: { id: 'https://id.gs1.org/414/4012345000115' },
    quantityList: [{ epcClass: 'urn:epc:class:lgtin:4012345.012345.998877', quantity: 200, uom: 'KGM' }],
    bizTransactionList: [{ type: 'po', bizTransaction: 'urn:epc:id:gdti:0614141.00001.1618034' }],
    ilmd: { 'cbvmda:itemExpirationDate': '2026-04-01' },
  },
  {
    type: 'AggregationEvent',
    ...moment,
    action: 'ADD',
    bizStep: 'packing',
    parentID: 'urn:epc:id:bic:CSQU3054383',
    childEPCs: ['urn:epc:id:sscc:4012345.0111222333'],
    'example:seal': { number: 7 },
  },
  {
    type: 'TransformationEvent',
    ...moment,
    inputQuantityList: [{ epcClass: 'urn:epc:class:lgtin:4012345.011111.4444', quantity: 10, uom: 'KGM' }],
    outputQuantityList: [{ epcClass: 'urn:epc:class:lgtin:4012345.077889.26', quantity: 9 }],
    bizLocation: { id: 'urn:epc:id:sgln:4012345.00001.0' },
  },
  chilled({ type: 'Temperature', value: 13.5, uom: 'CEL' }, { type: 'RelativeHumidity', value: 90, uom: 'P1' }),
  {
    type: 'TransactionEvent',
    ...moment,
    action: 'OBSERVE',
    bizTransactionList: [{ bizTransaction: 'urn:x:1' }],
    epcList: ['urn:epc:id:bic:CSQU3054383'],
    persistentDisposition: { set: ['recalled'], unset: ['unavailable'] },
    errorDeclaration: {
      declarationTime: '2026-03-06T10:00:00Z',
      reason: 'incorrect_data',
      correctiveEventIDs: ['urn:x:2'],
    },
    eventID: 'urn:x:3',
  },
];

const document = {
  '@context': ['https://ref.gs1.org/standards/epcis/epcis-context.jsonld', { example: 'http://example.com/' }],
  type: 'EPCISDocument',
  schemaVersion: '2.0',
  creationDate: '2026-03-05T10:00:00Z',
  epcisBody: { eventList: events },
};

/** A document with events of each type, a list, and one event alone. */
export const epcisSamples: readonly string[] = [document, events, events[0]].map((message) =>
  JSON.stringify(message, null, 1),
);
