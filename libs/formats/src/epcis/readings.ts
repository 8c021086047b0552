import { temperatureUnits } from '../dcsa/codes.js';
import { compact } from '../json/content.js';
import { epcOf, placeOf } from './identifiers.js';
import { type Fact, type Observation, equipmentIn, instantAt, thingsOf } from './observation.js';
import type { SensorMetadata, SensorReport } from './schema.js';

/** InChI keys of the gases that matter to fruit in a container. */
const gases = { 'CURLTUGMZLYLDI-UHFFFAOYSA-N': 'co2', 'MYMOFIZGZYHOMD-UHFFFAOYSA-N': 'o2' } as const;

/** One event may name that many things times moments; more would keep everything else waiting. */
const MAX_READINGS = 10_000;

type Measured = { probes?: number[]; temperature?: number; humidity?: number; co2?: number; o2?: number };
type Quantity = keyof Omit<Measured, 'probes'>;

interface Moment {
  readonly at: string;
  readonly devices: Set<string>;
  readonly measured: Measured;
}

/** Readings of temperature, humidity, oxygen and carbon dioxide: one for each thing and moment. Other properties stay in the event. */
export function readingsOf(observation: Observation): readonly Fact[] {
  const moments = momentsOf(observation);
  const things = thingsOf(observation.event);
  if (things.length * moments.length > MAX_READINGS) {
    observation.faults.push({
      pointer: `${observation.pointer}/sensorElementList`,
      message: `has ${moments.length} moments for ${things.length} things, more than ${MAX_READINGS} readings: send it in parts`,
    });
    return [];
  }
  return moments.flatMap((moment) => {
    const measured = things.length > 0 ? things : elsewhere(observation, moment);
    if (measured.length === 0) observation.flags.push('no-thing: nobody says what the sensor measured');
    return measured.map((thing): Fact => {
      const equipment = equipmentIn(thing, observation.flags);
      const id = observation.event.readPoint?.id ?? observation.event.bizLocation?.id;
      const place = id === undefined ? undefined : placeOf(id);
      const data = compact({ equipment, at: moment.at, place, ...moment.measured });
      return { type: 'org.portolan.sensor.read', data, subject: equipment, beside: { epc: thing.uri } };
    });
  });
}

/** Without a thing it is the place that was measured, such as a cold cell, or what the device sits in. */
function elsewhere({ event }: Observation, { devices }: Moment) {
  const place = event.readPoint?.id ?? event.bizLocation?.id;
  return [...(place === undefined ? devices : [place])].map(epcOf);
}

/** Reports of one moment together: the warmest of several temperatures counts, and all of them are probes. */
function momentsOf(observation: Observation): readonly Moment[] {
  const moments = new Map<string, Moment>();
  (observation.event.sensorElementList ?? []).forEach(({ sensorMetadata, sensorReport }, element) => {
    const pointer = `${observation.pointer}/sensorElementList/${element}`;
    const general = sharedTime(sensorMetadata, `${pointer}/sensorMetadata`, observation);
    sensorReport.forEach((report, index) => {
      const own = `${pointer}/sensorReport/${index}`;
      const at = report.time === undefined ? general : instantAt(report.time, `${own}/time`, observation);
      const found = measurementIn(report, own, observation);
      if (!found || at === undefined) return;
      const moment = moments.get(at) ?? { at, devices: new Set<string>(), measured: {} };
      moments.set(at, moment);
      add(moment.measured, ...found);
      const device = report.deviceID ?? sensorMetadata?.deviceID;
      if (device !== undefined) moment.devices.add(device);
    });
  });
  return [...moments.values()];
}

function sharedTime(metadata: SensorMetadata | undefined, pointer: string, observation: Observation) {
  const times = (['time', 'startTime', 'endTime'] as const).map((name) =>
    metadata?.[name] === undefined ? undefined : instantAt(metadata[name], `${pointer}/${name}`, observation),
  );
  return times[0] ?? times[2] ?? observation.at;
}

function add(measured: Measured, quantity: Quantity, value: number): void {
  if (quantity !== 'temperature') {
    measured[quantity] ??= value;
    return;
  }
  measured.probes = [...(measured.probes ?? []), value];
  measured.temperature = Math.max(measured.temperature ?? value, value);
}

/** Of an interval the mean counts, and without one the highest. */
function measurementIn(
  report: SensorReport,
  pointer: string,
  { faults, flags }: Observation,
): [Quantity, number] | undefined {
  const value = report.value ?? report.meanValue ?? report.maxValue ?? report.minValue;
  if (value === undefined || report.exception !== undefined) return undefined;
  const type = report.type?.replace(
    /^(?:gs1:|https?:\/\/(?:gs1\.org|www\.gs1\.org|ref\.gs1\.org)\/voc\/(?:MeasurementType-)?)/,
    '',
  );
  const { uom } = report;
  if (type === 'Temperature') return temperature(value, uom, pointer, { faults, flags });
  const gas = Object.entries(gases).find(([key]) => report.chemicalSubstance?.endsWith(key))?.[1];
  const quantity = type === 'RelativeHumidity' || type === 'Relative_humidity' ? 'humidity' : gas;
  return quantity !== undefined && uom === 'P1' ? [quantity, value] : undefined;
}

function temperature(
  value: number,
  uom: string | undefined,
  pointer: string,
  { faults, flags }: Pick<Observation, 'faults' | 'flags'>,
): [Quantity, number] | undefined {
  if (uom === undefined) {
    flags.push(`no-unit: temperature ${value} has no uom, and is no reading`);
    return undefined;
  }
  const convert = Object.hasOwn(temperatureUnits, uom) ? temperatureUnits[uom] : undefined;
  if (!convert) {
    faults.push({ pointer: `${pointer}/uom`, value: uom, message: 'is no unit of temperature: CEL, FAH or KEL' });
    return undefined;
  }
  const degrees = Math.round(convert(value) * 100) / 100;
  if (degrees >= -273.15 && degrees <= 1000) return ['temperature', degrees];
  faults.push({ pointer, value, message: `is no temperature of this world (${degrees} °C)` });
  return undefined;
}
