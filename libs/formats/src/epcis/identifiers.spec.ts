import { epcOf, equipmentName, placeOf } from './identifiers.js';

describe('a GS1 identifier', () => {
  it.each([
    ['urn:epc:id:sscc:0614141.1234567890', 'sscc', '106141412345678908'],
    ['https://id.gs1.org/00/106141412345678908', 'sscc', '106141412345678908'],
    ['urn:epc:class:lgtin:9524567.012345.A7', 'lgtin', '09524567123459A7'],
    ['https://id.gs1.org/01/09524567123459/10/A7?exp=1', 'lgtin', '09524567123459A7'],
    ['https://id.gs1.org/01/09524567123459/10/A7/21/5', 'sgtin', '095245671234595'],
    ['urn:epc:idpat:sgtin:9524567.012345.*', 'gtin', '09524567123459'],
    ['urn:epc:id:sgln:9524567.00001.0', 'sgln', '9524567000019'],
    ['urn:epc:id:sgln:9524567.00001.dock', 'sgln', '9524567000019.dock'],
    ['https://id.gs1.org/414/9524567000019/254/dock', 'sgln', '9524567000019.dock'],
    ['urn:epc:id:grai:9524567.55555.1', 'grai', '095245675555571'],
    ['urn:epc:id:giai:9524567.T1', 'giai', '9524567T1'],
    ['urn:epc:id:bic:csqu3054383', 'bic', 'CSQU3054383'],
    ['urn:epc:id:sgtin:.', 'other', 'urn:epc:id:sgtin:.'],
    ['https://id.gs1.org/01/', 'other', 'https://id.gs1.org/01/'],
  ])('%s is of scheme %s, with key %s', (uri, scheme, key) => expect(epcOf(uri)).toMatchObject({ scheme, key }));

  it('of a container with a wrong check digit is doubted', () =>
    expect(epcOf('urn:epc:id:bic:CSQU3054384').flag).toMatch(/^check-digit/));

  it('that is too long for equipment becomes its hash, the same one each time', () => {
    const long = epcOf('urn:epc:id:giai:9524567.ABCDEFGHIJKLMNOPQRSTUV');
    expect(equipmentName(long)).toMatch(/^epc-[0-9a-f]{16}$/);
    expect(equipmentName(long)).toBe(equipmentName(long));
  });

  it('of a place may be its position', () =>
    expect(placeOf('geo:51.26,4.4')).toEqual({ position: { lat: 51.26, lon: 4.4 } }));
});
