import { corpusJson, corpusText, describeCorpus } from '../testing/corpus.js';
import { draftsOf, itemsOf, refusals } from '../testing/read.js';
import {
  classifiers,
  documentTypes,
  equipmentCodes,
  iotCodes,
  iotEventCodes,
  reeferEventCodes,
  shipmentCodes,
  temperatureUnits,
  transportCodes,
} from './codes.js';
import { readDcsa } from './dcsa.js';

/** References have no list of ours: any type is kept as it is. */
const referenceTypes = Object.fromEntries(
  'AAO AES BID BPR CER CR CSI DUE ECR EQ FF PO RUC SI'.split(' ').map((type) => [type, type]),
);

const received = Date.UTC(2026, 0, 21);
const read = (file: string) => readDcsa(corpusJson(`dcsa/tnt/${file}.json`), { received });

describeCorpus('messages of the DCSA conformance suite', () => {
  it.each([
    ['tnt-220-response', 7],
    ['tnt-300-request-equipment', 1],
    ['tnt-300-request-iot', 1],
    ['tnt-300-request-reefer', 1],
    ['tnt-300-request-shipment', 1],
    ['tnt-300-request-transport', 1],
    ['tnt-300-response', 5],
    ['tnt-300-response-nextpage', 5],
  ])('%s is read whole', (file, count) => {
    const reading = read(file);
    expect(refusals(reading)).toEqual([]);
    expect(itemsOf(reading)).toHaveLength(count);
    expect(draftsOf(reading)).toEqual(draftsOf(read(file)));
  });

  it('with wrong dates: the one right event is accepted, each other has its reason', () => {
    const reading = read('tnt-220-response-wrong-date-times');
    expect(draftsOf(reading)).toHaveLength(1);
    expect(refusals(reading).map(([index, pointer]) => [index, pointer])).toEqual([
      [1, '/1/eventCreatedDateTime'],
      [2, '/2/eventDateTime'],
      [3, '/3/eventCreatedDateTime'],
      [4, '/4/eventDateTime'],
      [5, '/5/eventCreatedDateTime'],
      [6, '/6/eventCreatedDateTime'],
    ]);
  });

  it('with wrong ids: a number and a word are rejected, a repeat has the id of the first', () => {
    const reading = read('tnt-220-response-wrong-event-ids');
    expect(refusals(reading)).toEqual([
      [0, '/0/eventID', 'must be text, is a number'],
      [1, '/1/eventID', 'must be a UUID'],
    ]);
    expect(draftsOf(reading).map(({ id }) => id.slice(33, 36))).toEqual(['1e8', '1e8', 'e40', '878', '878']);
    expect(new Set(draftsOf(reading).map(({ id }) => id)).size).toBe(3);
  });

  it('with a wrong structure: each item is rejected, with the list inside it named', () => {
    expect(refusals(read('tnt-220-response-wrong-structure'))).toEqual([
      [0, '/0', expect.stringContaining('its someEvents is a list')],
      [1, '/1', expect.stringContaining('its someEvents is a list')],
    ]);
  });

  // The suite's own use of this file is as an answer to a filtered query; two of its calls also name two places each.
  it('with wrong attributes: a call that names two places is rejected, the rest is accepted', () => {
    const reading = read('tnt-220-response-wrong-attribute-values');
    expect(refusals(reading).map(([index, pointer]) => [index, pointer])).toEqual([
      [0, '/0/transportCall/location/UNLocationCode'],
      [2, '/2/transportCall/location/UNLocationCode'],
    ]);
    expect(draftsOf(reading).map(({ subject }) => subject)).toEqual(['ARN/reserved-HHL123']);
  });
});

/** Codes that the description of a version lists under a field. */
const listed = (file: string, field: string): string[] => {
  const text = corpusText(`dcsa/tnt/${file}`);
  const fields = text.split(/^(?= +\w+:$)/m).filter((part) => part.trimStart().startsWith(`${field}:`));
  const codes = fields.flatMap((part) => [...part.matchAll(/^ +- (?:`([A-Z]{3,4})`|([A-Z]{3,6})(?: \(|$))/gm)]);
  return [...new Set(codes.map((match) => (match[1] ?? match[2])!))].sort();
};

describeCorpus('code lists of both versions of Track & Trace', () => {
  const lists: [string, string, object, number][] = [
    ['TNT_v3.0.0.yaml', 'equipmentEventTypeCode', equipmentCodes, 17],
    ['TNT_v3.0.0.yaml', 'shipmentEventTypeCode', shipmentCodes, 30],
    ['TNT_v3.0.0.yaml', 'transportEventTypeCode', transportCodes, 2],
    ['TNT_v3.0.0.yaml', 'eventClassifierCode', classifiers, 3],
    ['TNT_v3.0.0.yaml', 'iotEventCode', iotCodes, 3],
    ['TNT_v3.0.0.yaml', 'iotEventTypeCode', iotEventCodes, 1],
    ['TNT_v3.0.0.yaml', 'reeferEventTypeCode', reeferEventCodes, 2],
    ['TNT_v3.0.0.yaml', 'temperatureUnit', temperatureUnits, 2],
    ['TNT_v3.0.0.yaml', 'typeCode', { ...documentTypes, ...referenceTypes }, 30],
    ['TNT_v2.2.0-resolved.yaml', 'equipmentEventTypeCode', equipmentCodes, 11],
    ['TNT_v2.2.0-resolved.yaml', 'shipmentEventTypeCode', shipmentCodes, 15],
    ['TNT_v2.2.0-resolved.yaml', 'documentTypeCode', documentTypes, 11],
    ['TNT_v2.2.0-resolved.yaml', 'eventTypeCode', { ...equipmentCodes, ...shipmentCodes, ...transportCodes }, 10],
  ];

  it.each(lists)('%s: every %s is read', (file, field, codes, least) => {
    const all = listed(file, field);
    expect(all.length).toBeGreaterThanOrEqual(least);
    expect(all.filter((code) => !Object.hasOwn(codes, code))).toEqual([]);
  });
});
