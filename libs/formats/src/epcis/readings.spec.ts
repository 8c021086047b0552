import { chilled } from '../testing/epcis.js';
import { draftsOf, refusals } from '../testing/read.js';
import { readEpcis } from './epcis.js';

const read = (...events: unknown[]) => readEpcis(events, { received: Date.UTC(2026, 2, 6) });
const datas = (...events: unknown[]) => draftsOf(read(...events)).map(({ type, data }) => ({ type, data }));

describe('sensor reports of EPCIS', () => {
  it.each([
    ['CEL', 4.5, 4.5],
    ['FAH', 41, 5],
    ['KEL', 277.15, 4],
  ])('in %s are degrees Celsius', (uom, value, temperature) =>
    expect(datas(chilled({ type: 'Temperature', value, uom }))).toMatchObject([
      {
        type: 'org.portolan.sensor.read',
        data: { equipment: 'CSQU3054383', at: '2026-03-05T09:00:00Z', temperature, probes: [temperature] },
      },
    ]),
  );

  it('of one moment are one reading, with percentages, the warmest probe, and the mean of an interval', () => {
    const carbonDioxide = 'https://identifiers.org/inchikey:CURLTUGMZLYLDI-UHFFFAOYSA-N';
    const [first, ...others] = datas(
      chilled(
        { type: 'gs1:Temperature', value: 3, uom: 'CEL' },
        { type: 'Temperature', minValue: 1, maxValue: 9, meanValue: 5, uom: 'CEL' },
        { type: 'RelativeHumidity', value: 88, uom: 'P1' },
        { type: 'Dimensionless', chemicalSubstance: carbonDioxide, value: 2.5, uom: 'P1' },
        { type: 'Speed', value: 60, uom: 'KMH' },
      ),
    );
    expect(others).toEqual([]);
    expect(first!.data).toMatchObject({ temperature: 5, probes: [3, 5], humidity: 88, co2: 2.5 });
  });

  it('in no unit of temperature, or of no temperature, are refused at their place', () => {
    const reading = read(
      chilled({ type: 'Temperature', value: 4, uom: 'KMH' }),
      chilled({ type: 'Temperature', value: -300, uom: 'CEL' }),
    );
    const place = (index: number) => `/${index}/sensorElementList/0/sensorReport/0`;
    expect(refusals(reading)).toEqual([
      [0, `${place(0)}/uom`, 'is no unit of temperature: CEL, FAH or KEL'],
      [1, place(1), 'is no temperature of this world (-300 °C)'],
    ]);
  });

  it('without a thing are those of the place, or of what the device sits in', () => {
    const nothing = {
      ...chilled({ type: 'Temperature', value: 4, uom: 'CEL', deviceID: 'urn:epc:id:giai:9524567.d1' }),
      epcList: [],
    };
    const placed = { ...nothing, readPoint: { id: 'urn:epc:id:sgln:9524567.00001.0' } };
    expect(datas(nothing, placed)).toMatchObject([
      { data: { equipment: '9524567d1' } },
      { data: { equipment: '9524567000019', place: { location: '9524567000019' } } },
    ]);
  });

  it('without a unit are no reading, but kept and flagged', () =>
    expect(datas(chilled({ type: 'Temperature', value: 4 }))).toMatchObject([
      { type: 'org.portolan.milestone.reached', data: { flags: [expect.stringMatching(/^no-unit/)] } },
    ]));

  it('of an unlikely number are refused together', () => {
    const epcList = Array.from({ length: 10_001 }, (_, index) => `urn:epc:id:sgtin:9524567.012345.${index}`);
    const event = { ...chilled({ type: 'Temperature', value: 4, uom: 'CEL' }), epcList };
    expect(refusals(read(event))).toEqual([
      [0, '/0/sensorElementList', expect.stringMatching(/more than 10000 readings: send it in parts/)],
    ]);
  });
});
