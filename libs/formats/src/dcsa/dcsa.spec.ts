import { type EventDraft } from '@portolan/domain';
import fc from 'fast-check';
import { damaged, draftsOf, expectReasonsOrEvents, refusals } from '../testing/read.js';
import { readDcsa } from './dcsa.js';

const received = Date.UTC(2026, 2, 2, 8);
const read = (message: unknown) => readDcsa(message, { received });
const only = (message: unknown) => {
  const reading = read(message);
  expect(refusals(reading)).toEqual([]);
  return draftsOf(reading)[0]! as Omit<EventDraft, 'data'> & { data: Record<string, unknown> };
};

const routing = {
  originatingParty: { partyCode: 'EXCO', codeListProvider: 'SMDG', codeListName: 'LCL', partyFunction: 'CA' },
};
const equipment3 = {
  eventRouting: routing,
  eventID: 'E-1',
  eventDateTime: '2026-03-01T10:00:00+01:00',
  eventUpdatedDateTime: '2026-03-01T10:05:00+01:00',
  eventLocation: { UNLocationCode: 'BEANR', facility: { facilityCode: 'K913', facilityCodeListProvider: 'SMDG' } },
  eventClassification: { eventTypeCode: 'EQUIPMENT', eventClassifierCode: 'ACT', equipmentEventTypeCode: 'GTIN' },
  equipmentDetails: { equipmentReference: 'apzu 481209-0', ISOEquipmentCode: '22G1', emptyIndicatorCode: 'LADEN' },
};
const shipment2 = {
  eventCreatedDateTime: '2026-03-01T09:00:00Z',
  eventType: 'SHIPMENT',
  eventClassifierCode: 'ACT',
  eventDateTime: '2026-03-01T09:00:00Z',
  shipmentEventTypeCode: 'HOLD',
  documentID: 'ABC123',
  documentTypeCode: 'BKG',
};
const reefer3 = {
  ...equipment3,
  eventClassification: { eventTypeCode: 'REEFER', eventClassifierCode: 'ACT', reeferEventTypeCode: 'MEAS' },
  equipmentDetails: { equipmentReference: 'APZU4812090' },
};

describe('an event of Track & Trace 3.0', () => {
  it('is identified by its id and its last update, scoped by the sender', () => {
    expect(only(equipment3)).toMatchObject({
      id: 'E-1@2026-03-01T09:05:00Z',
      source: '/dcsa/SMDG/LCL/EXCO',
      revisionof: '/dcsa/SMDG/LCL/EXCO#E-1',
      revision: '2026-03-01T09:05:00Z',
      subject: 'APZU4812090',
      time: '2026-03-01T09:00:00Z',
    });
  });

  it('keeps what it does not understand', () => {
    const draft = only({
      ...equipment3,
      seals: [{ number: '7' }],
      eventLocation: { UNLocationCode: 'BEANR', address: { city: 'A' } },
    });
    expect(draft.data.extensions).toEqual({
      seals: [{ number: '7' }],
      eventLocation: { address: { city: 'A' } },
      eventRouting: { originatingParty: { partyFunction: 'CA' } },
    });
  });

  it('that is retracted takes back what has its id, whatever else it says', () => {
    expect(
      only({ eventRouting: routing, eventID: 'E-1', isRetracted: true, eventDateTime: 'irrelevant' }),
    ).toMatchObject({
      type: 'org.portolan.event.retracted',
      data: { retracts: '/dcsa/SMDG/LCL/EXCO#E-1' },
    });
  });

  it('reads temperatures in °C, the warmest probe as the temperature', () => {
    const draft = only({
      ...reefer3,
      reeferDetails: {
        temperatureUnit: 'FAH',
        internalSetpointTemperature: 55.4,
        temperatureProbeMeasurements: [{ measuredTemperatureValue: 56.3 }, { measuredTemperatureValue: 59 }],
      },
    });
    expect(draft.data).toMatchObject({ setPoint: 13, temperature: 15, probes: [13.5, 15] });
  });

  it('does not guess the unit of a temperature', () => {
    const reading = read({ ...reefer3, reeferDetails: { internalSetpointTemperature: 13 } });
    expect(refusals(reading)).toEqual([[0, '/reeferDetails/temperatureUnit', 'is required: CEL, FAH or KEL']]);
  });

  it('reads a door', () => {
    const draft = only({
      ...reefer3,
      eventClassification: { eventTypeCode: 'IOT', eventClassifierCode: 'ACT', iotEventTypeCode: 'DETC' },
      iotDetails: { iotEventCode: 'DRO' },
    });
    expect(draft.data).toMatchObject({ equipment: 'APZU4812090', door: 'open', code: 'DRO' });
  });

  it('names the code that was probably meant', () => {
    const reading = read({
      ...equipment3,
      eventClassification: { ...equipment3.eventClassification, equipmentEventTypeCode: 'GATEIN' },
    });
    expect(refusals(reading)[0]?.[2]).toMatch(/is not one of LOAD, DISC, GTIN/);
    const typo = read({
      ...equipment3,
      eventClassification: { ...equipment3.eventClassification, equipmentEventTypeCode: 'GTNI' },
    });
    expect(refusals(typo)[0]?.[2]).toMatch(/perhaps GT/);
  });
});

describe('an event of Track & Trace 2.2', () => {
  it('without an id has one made of its contents, whatever the order of its fields', () => {
    const reversed = Object.fromEntries(Object.entries(shipment2).reverse());
    expect(only(shipment2).id).toBe(only(reversed).id);
    expect(only({ ...shipment2, documentID: 'ABC124' }).id).not.toBe(only(shipment2).id);
    expect(only(shipment2)).toMatchObject({ subject: 'BKG/ABC123', data: { milestone: 'held', code: 'HOLD' } });
  });

  it('of a vessel flags a doubtful IMO number and keeps it', () => {
    const draft = only({
      ...shipment2,
      eventType: 'TRANSPORT',
      transportEventTypeCode: 'ARRI',
      eventClassifierCode: 'EST',
      transportCall: {
        transportCallID: 'T1',
        modeOfTransport: 'VESSEL',
        UNLocationCode: 'BE ANR',
        vessel: { vesselIMONumber: 'IMO 9321484' },
      },
    });
    expect(draft.data).toMatchObject({
      call: 'arrival',
      classifier: 'estimated',
      place: { unlocode: 'BEANR' },
      transport: { imo: '9321484', callReference: 'T1', mode: 'vessel' },
      flags: ['check-digit: IMO 9321484 should end in 3'],
    });
  });
});

describe('what spoilt messages have shown', () => {
  it('blank text is as good as none, and is told to be required', () => {
    expect(refusals(read({ ...shipment2, documentID: ' ' }))).toEqual([[0, '/documentID', 'is required']]);
    expect(refusals(read({ ...shipment2, eventType: '\t' }))).toEqual([[0, '/eventType', 'is required']]);
  });

  it('a call of a transport needs its details, and says so', () => {
    const eventClassification = {
      eventTypeCode: 'TRANSPORT',
      eventClassifierCode: 'ACT',
      transportEventTypeCode: 'ARRI',
    };
    const refused = (transportDetails?: unknown) =>
      refusals(read({ ...equipment3, eventClassification, transportDetails }));
    expect(refused()).toEqual([[0, '/transportDetails', 'is required with eventTypeCode TRANSPORT']]);
    expect(refused('MAAS')).toEqual([[0, '/transportDetails', 'must be an object, is a string']]);
    expect(refused({})).toEqual([[0, '/transportDetails/transportCall', 'is required with event type TRANSPORT']]);
  });

  it('a place that is no UN/LOCODE has no local time, and is told itself', () => {
    const eventLocation = { UNLocationCode: '{:EANR' };
    expect(refusals(read({ ...shipment2, eventDateTime: '2026-03-01T09:00:00', eventLocation }))[0]).toEqual([
      0,
      '/eventDateTime',
      expect.stringContaining('has no offset from UTC'),
    ]);
  });
});

describe('a time without an offset', () => {
  const local = { ...equipment3, eventDateTime: '2026-03-01T10:00:00' };

  it('is local to its place, and flagged', () => {
    const draft = only(local);
    expect(draft.time).toBe('2026-03-01T09:00:00Z');
    expect(draft.data.flags).toEqual(['local-time: 2026-03-01T10:00:00 read as local to BEANR']);
  });

  it.each(['USNYC', undefined])('at %s is not guessed', (UNLocationCode) => {
    const reading = read({ ...local, eventLocation: { locationName: 'Somewhere', UNLocationCode } });
    expect(refusals(reading)).toEqual([[0, '/eventDateTime', expect.stringContaining('has no offset')]]);
  });
});

describe('container numbers and places', () => {
  it.each([
    ['APZU2134567', ['check-digit: APZU2134567 should end in 4']],
    ['CONTAINER', ['no-equipment: the message names no container']],
    ['TRAILER-7', ['not-iso-6346: TRAILER7']],
  ])('%s is kept with a doubt', (equipmentReference, flags) => {
    expect(only({ ...equipment3, equipmentDetails: { equipmentReference } }).data.flags).toEqual(flags);
  });

  it('keeps a well-formed place nobody knows, and rejects what is not the form of one', () => {
    const at = (UNLocationCode: string) => ({ ...equipment3, eventLocation: { UNLocationCode } });
    expect(only(at('NAXXX')).data.flags).toBeUndefined();
    expect(only(at('XYABC')).data.flags).toEqual(['unknown-country: XY in UN/LOCODE XYABC']);
    expect(refusals(read(at('Antwerp')))).toEqual([[0, '/eventLocation/UNLocationCode', expect.any(String)]]);
  });
});

describe('any input at all', () => {
  it('is read without throwing, and what is accepted is an event', () => {
    const leaf = fc.oneof(
      fc.json().map((text) => JSON.parse(text) as unknown),
      fc.constantFrom('ACT', 'EQUIPMENT', '2026-03-01T09:00:00Z', '', null, 7),
    );
    const event = fc.oneof(...[equipment3, shipment2, reefer3].map((sample) => damaged(sample, leaf)));
    fc.assert(
      fc.property(
        fc.oneof(event, leaf, fc.array(event), fc.record({ events: fc.array(fc.oneof(event, leaf)) })),
        (message) => expectReasonsOrEvents(read(message)),
      ),
      { numRuns: 500 },
    );
  });
});
