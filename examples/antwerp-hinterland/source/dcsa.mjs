// DCSA Track & Trace 3.0 events, as carriers, barge operators and terminals send them.
import { placeOf } from './places.mjs';
import { instant, local } from './time.mjs';

const facilityType = { 'sea-terminal': 'POTE', 'inland-terminal': 'INTE', warehouse: 'CLOC', 'cold-store': 'CLOC' };

/** The sender: four letters of the operator's name, as carrier or as terminal. */
function routing(operator, partyFunction = 'CA') {
  const partyCode = operator
    .toUpperCase()
    .replaceAll(/[^A-Z]/g, '')
    .slice(0, 4);
  const codeListName = partyFunction === 'CA' ? 'LCL' : 'TCL';
  return { originatingParty: { partyCode, codeListProvider: 'SMDG', codeListName, partyFunction } };
}

/** Sea terminals have an SMDG facility code; inland ones are named by UN/LOCODE, or by position where they have none. */
export function eventLocation(id) {
  const { name, unlocode, facility, kind, position } = placeOf(id);
  return {
    locationName: name,
    facilityTypeCode: facilityType[kind],
    ...(unlocode
      ? { UNLocationCode: unlocode }
      : { geoCoordinate: { latitude: String(position.lat), longitude: String(position.lon) } }),
    ...(facility && {
      facility: {
        facilityName: name,
        facilityCode: facility,
        facilityCodeListProvider: facility === 'BNFZ' ? 'ZZZ' : 'SMDG',
      },
    }),
  };
}

const MODES = { vessel: 'VESSEL', barge: 'BARGE', rail: 'RAIL' };
export const callReference = (run, index) => `${run.id}/${index + 1}`;

function transportCall(run, index) {
  return {
    transportCallReference: callReference(run, index),
    transportCallSequenceNumber: index + 1,
    modeOfTransport: MODES[run.mode],
    serviceCodeOrReference: { carrierServiceCode: run.line },
    exportVoyageNumberOrReference: { carrierVoyageNumber: run.voyage },
    importVoyageNumberOrReference: { carrierVoyageNumber: run.voyage },
    ...(run.imo && { vesselTransport: { vesselIMONumber: run.imo, vesselName: run.vessel } }),
    ...(run.mode === 'rail' && { railTransport: { railServiceReference: run.line, departureID: run.id } }),
  };
}

/** Arrival (`ARRI`) or departure (`DEPA`) of a run at its call; estimates of one moment are revisions of one event. */
export function transportEvent(run, index, { type, classifier, at, updated, delay, remark }) {
  const time = run.deepSea ? instant : local;
  return {
    eventRouting: routing(run.operator),
    eventID: `${run.id}-${index + 1}-${type}-${classifier}`,
    eventDateTime: time(at),
    eventUpdatedDateTime: time(updated),
    eventLocation: eventLocation(run.calls[index].location),
    eventClassification: { eventTypeCode: 'TRANSPORT', eventClassifierCode: classifier, transportEventTypeCode: type },
    transportDetails: {
      ...(delay && { delayReasonCodes: [delay] }),
      ...(remark && { changeRemark: remark }),
      transportCall: transportCall(run, index),
    },
  };
}

const isoType = (order) => (order.reefer ? '45R1' : order.unitSize === 1 ? '22G1' : '45G1');

/** What happened to a container of an order; `on` is `{run, index}` for loading and discharge. */
export function equipmentEvent(order, container, { type, at, updated, location, on, operator }) {
  const movementType = order.flow === 'import' ? 'IMPORT' : order.flow === 'export' ? 'EXPORT' : 'TRANSSHIPMENT';
  return {
    eventRouting: routing(operator, on ? 'CA' : 'TR'),
    eventID: `${container}-${type}-${location}`,
    eventDateTime: instant(at),
    eventUpdatedDateTime: instant(updated),
    eventLocation: eventLocation(location),
    eventClassification: { eventTypeCode: 'EQUIPMENT', eventClassifierCode: 'ACT', equipmentEventTypeCode: type },
    shipmentDetails: { documentReference: { typeCode: 'BKG', reference: order.id } },
    ...(on && { transportDetails: { transportCall: transportCall(on.run, on.index) } }),
    equipmentDetails: {
      equipmentReference: container,
      ISOEquipmentCode: isoType(order),
      emptyIndicatorCode: 'LADEN',
      movementType,
    },
  };
}

/** A reefer's own report. Probes in °C. */
export function reeferEvent(container, { at, updated, setPoint, probes, ambient, location }) {
  return {
    eventRouting: routing('Cool Chain Monitor', 'TR'),
    eventID: `${container}-MEAS-${instant(at)}`,
    eventDateTime: instant(at),
    eventUpdatedDateTime: instant(updated),
    ...(location && { eventLocation: eventLocation(location) }),
    eventClassification: { eventTypeCode: 'REEFER', eventClassifierCode: 'ACT', reeferEventTypeCode: 'MEAS' },
    equipmentDetails: { equipmentReference: container, ISOEquipmentCode: '45R1' },
    reeferDetails: {
      temperatureUnit: 'CEL',
      internalSetpointTemperature: setPoint,
      ambientMeasuredTemperature: ambient,
      temperatureProbeMeasurements: probes.map((value, index) => ({
        USDAProbeNumber: index + 1,
        measuredTemperatureValue: value,
      })),
    },
  };
}

/** A door sensor: `DRO` opened, `DRC` closed. */
export function doorEvent(container, { at, updated, code, location }) {
  return {
    eventRouting: routing('Cool Chain Monitor', 'TR'),
    eventID: `${container}-${code}-${instant(at)}`,
    eventDateTime: instant(at),
    eventUpdatedDateTime: instant(updated),
    eventLocation: eventLocation(location),
    eventClassification: { eventTypeCode: 'IOT', eventClassifierCode: 'ACT', iotEventTypeCode: 'DETC' },
    equipmentDetails: { equipmentReference: container, ISOEquipmentCode: '45R1' },
    iotDetails: { iotEventCode: code },
  };
}
