/** When the events of EPCIS in tests took place. */
export const moment = { eventTime: '2026-03-05T10:00:00+01:00', eventTimeZoneOffset: '+01:00' };

/** What a sensor in a reefer reports. */
export const chilled = (...sensorReport: unknown[]) => ({
  type: 'ObjectEvent',
  ...moment,
  action: 'OBSERVE',
  epcList: ['urn:epc:id:bic:CSQU3054383'],
  sensorElementList: [{ sensorMetadata: { time: '2026-03-05T09:00:00Z' }, sensorReport }],
});
