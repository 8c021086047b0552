const party = { partyCode: 'EXCO', codeListProvider: 'SMDG', codeListName: 'LCL', partyFunction: 'CA' };
const event3 = (classification: object, more: object) => ({
  eventRouting: { originatingParty: party },
  eventID: 'E-1',
  eventDateTime: '2026-03-01T10:00:00+01:00',
  eventUpdatedDateTime: '2026-03-01T10:05:00+01:00',
  eventLocation: {
    UNLocationCode: 'BEANR',
    geoCoordinate: { latitude: '51.2', longitude: '4.3' },
    facility: { facilityCode: 'K913', facilityCodeListProvider: 'SMDG' },
  },
  eventClassification: { eventClassifierCode: 'ACT', ...classification },
  equipmentDetails: { equipmentReference: 'apzu 481209-0', ISOEquipmentCode: '22G1', emptyIndicatorCode: 'LADEN' },
  ...more,
});

const reefer = {
  temperatureUnit: 'FAH',
  internalSetpointTemperature: 55.4,
  temperatureProbeMeasurements: [{ measuredTemperatureValue: 56.3 }],
  measuredParameters: { humidityPercentage: 90, o2Percentage: 3, co2Percentage: 5 },
};
const call = {
  transportCallReference: 'C-1',
  transportCallSequenceNumber: 2,
  modeOfTransport: 'VESSEL',
  vesselTransport: { vesselIMONumber: '9321483', vesselName: 'MAAS' },
  importVoyageNumberOrReference: { carrierVoyageNumber: '12W' },
  serviceCodeOrReference: { carrierServiceCode: 'S1' },
};
const document = { typeCode: 'BKG', reference: 'ABC123' };
const events3 = [
  event3({ eventTypeCode: 'EQUIPMENT', equipmentEventTypeCode: 'GTIN' }, { seals: [{ number: '7' }] }),
  event3({ eventTypeCode: 'REEFER', reeferEventTypeCode: 'MEAS' }, { reeferDetails: reefer }),
  event3({ eventTypeCode: 'IOT', iotEventTypeCode: 'DETC' }, { iotDetails: { iotEventCode: 'DRO' } }),
  event3(
    { eventTypeCode: 'TRANSPORT', transportEventTypeCode: 'ARRI', eventClassifierCode: 'EST' },
    { transportDetails: { transportCall: call, delayReasonCodes: ['WEA'], changeRemark: 'storm' } },
  ),
  event3(
    { eventTypeCode: 'SHIPMENT', shipmentEventTypeCode: 'HOLD' },
    { shipmentDetails: { documentReference: document, shipmentReferences: [{ typeCode: 'FF', reference: 'F1' }] } },
  ),
  { eventRouting: { originatingParty: party }, eventID: 'E-1', isRetracted: true },
];

const common2 = {
  eventCreatedDateTime: '2026-03-01T09:00:00Z',
  eventDateTime: '2026-03-01T09:00:00',
  eventClassifierCode: 'ACT',
};
const events2 = [
  {
    ...common2,
    eventID: '3fa85f64-5717-4562-b3fc-2c963f66afa6',
    eventType: 'TRANSPORT',
    transportEventTypeCode: 'DEPA',
    delayReasonCode: 'WEA',
    transportCall: {
      transportCallID: 'T1',
      modeOfTransport: 'VESSEL',
      UNLocationCode: 'BE ANR',
      vessel: { vesselIMONumber: 'IMO 9321483', vesselName: 'MAAS' },
      location: { UNLocationCode: 'BEANR', latitude: '51.2', longitude: '4.3' },
    },
  },
  {
    ...common2,
    eventType: 'SHIPMENT',
    shipmentEventTypeCode: 'HOLD',
    documentID: 'ABC123',
    documentTypeCode: 'BKG',
    eventLocation: { UNLocationCode: 'BEANR' },
    references: [{ referenceType: 'EQ', referenceValue: 'APZU4812090' }],
  },
];

/** A page of events of 3.0, a list of 2.2, and one event alone. */
export const dcsaSamples: readonly string[] = [{ events: events3 }, events2, events3[0]].map((message) =>
  JSON.stringify(message, null, 1),
);
