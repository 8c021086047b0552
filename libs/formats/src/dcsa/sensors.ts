import { compact } from '../json/content.js';
import type { Fields } from '../json/fields.js';
import { iotCodes, iotEventCodes, reeferEventCodes, temperatureUnits } from './codes.js';
import { equipmentIn, type Fact } from './facts.js';
import type { Parts } from './parts.js';

const ABSOLUTE_ZERO = -273.15;

/** A reefer's measurement or adjustment: temperatures in °C, the warmest probe first of all. */
export function reeferReading(parts: Parts, at: string): Fact | undefined {
  const details = parts.root.object('reeferDetails');
  if (!details) return parts.root.fault('reeferDetails', 'is required with eventTypeCode REEFER');
  const celsius = scaleOf(details);
  const probes = details
    .list('temperatureProbeMeasurements')
    .flatMap((each) => degrees(each, 'measuredTemperatureValue', celsius) ?? []);
  return reading(parts, at, 'reeferEventTypeCode', reeferEventCodes, {
    setPoint: degrees(details, 'internalSetpointTemperature', celsius),
    ambient: degrees(details, 'ambientMeasuredTemperature', celsius),
    ...(probes.length > 0 && { temperature: Math.max(...probes), probes }),
    ...shares(details.object('measuredParameters')),
  });
}

/** A door, or a whereabouts, that a device on the container noticed. */
export function iotReading(parts: Parts, at: string): Fact | undefined {
  const details = parts.root.object('iotDetails');
  if (!details) return parts.root.fault('iotDetails', 'is required with eventTypeCode IOT');
  if (!details.has('iotEventCode')) return details.fault('iotEventCode', 'is required: one of DRO, DRC, LOC');
  const found = details.code('iotEventCode', iotCodes);
  return reading(parts, at, 'iotEventTypeCode', iotEventCodes, { ...found, code: details.text('iotEventCode', 20) });
}

type Measured = Partial<Extract<Fact, { type: 'org.portolan.sensor.read' }>['data']>;

function reading(
  parts: Parts,
  at: string,
  codeField: string,
  codes: Readonly<Record<string, string>>,
  measured: Measured,
): Fact | undefined {
  const { classification, equipment: details } = parts;
  const code = classification.code(codeField, codes);
  const classifier = classification.requiredText('eventClassifierCode', 10);
  if (classifier !== undefined && classifier !== 'ACT')
    classification.fault('eventClassifierCode', 'must be ACT: only what was measured is a reading');
  const equipment = equipmentIn(parts);
  if (equipment === undefined)
    return details
      ? details.fault('equipmentReference', 'is required: whose reading is it?')
      : parts.root.fault('equipmentDetails', 'is required: whose reading is it?');
  const data = compact({ equipment, at, place: parts.place(), code, ...measured });
  return { type: 'org.portolan.sensor.read', data, subject: equipment };
}

function scaleOf(details: Fields): ((degrees: number) => number) | undefined {
  if (details.has('temperatureUnit')) return details.code('temperatureUnit', temperatureUnits);
  const used = ['internalSetpointTemperature', 'ambientMeasuredTemperature', 'temperatureProbeMeasurements'].some(
    (name) => details.has(name),
  );
  return used ? details.fault('temperatureUnit', 'is required: CEL, FAH or KEL') : undefined;
}

function degrees(fields: Fields, name: string, celsius: ((degrees: number) => number) | undefined): number | undefined {
  const value = fields.number(name);
  if (value === undefined || celsius === undefined) return undefined;
  const converted = Math.round(celsius(value) * 100) / 100;
  return converted < ABSOLUTE_ZERO || converted > 1000
    ? fields.fault(name, `is no temperature of this world (${converted} °C)`)
    : converted;
}

/** Gases and humidity, in percent. */
function shares(measured: Fields | undefined): Measured {
  return compact({
    humidity: measured?.number('humidityPercentage'),
    o2: measured?.number('o2Percentage'),
    co2: measured?.number('co2Percentage'),
  });
}
