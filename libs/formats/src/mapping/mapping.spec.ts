import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { mappingFor, readMessage } from '../registry.js';
import { mappingOf } from '../testing/mapping.js';
import { draftsOf, itemsOf, refusals } from '../testing/read.js';
import { decodeMapping, encodeMapping, mappingText } from './carried.js';
import { ruleObject } from './document.js';
import { mappingSchema } from './json-schema.js';
import { parseMapping } from './parse.js';

const reception = { received: Date.UTC(2026, 2, 2, 8) };

const dutch = `
format: portolan.mapping/1
name: dossiers
kind: orders
table: { delimiter: ";", decimal: ",", thousands: ".", dates: [dd/MM/yyyy HH:mm, dd/MM/yyyy], timeZone: Europe/Brussels }
rows:
  - { column: Status, in: [open, bevestigd] }
fields:
  id: { template: "{Dossier}/{Lijn}" }
  customer: { constant: Fruitveiling }
  from: { column: Laadplaats, values: { Antwerpen: BEANR-869, Zeebrugge: BEZEE }, otherwise: keep }
  to: Losplaats
  quantity: { column: Aantal FEU, factor: 2 }
  available: Klaar
  due: { column: Gewenst, optional: true }
  reefer: { column: Koel, values: { ja: true, nee: false } }
  setPoint: { column: Temp, unit: F }
  minShelfLife: { column: Houdbaar, unit: d }
  equipment: [Container]
`.replace('[Container]', '{ column: [Container 1, Container 2] }');
const header =
  'Dossier;Lijn;Status;Laadplaats;Losplaats;Aantal FEU;Klaar;Koel;Temp;Houdbaar;Container 1;Container 2;Opmerking';
const row = 'D-1;2;Open;antwerpen;BELGG-TRI;1.250,5;05/03/2026 10:00;JA;14;5;APZU4812090;apzu4812106;let op';
const read = (yaml: string, ...lines: string[]) =>
  readMessage({ body: lines.join('\n'), mapping: mappingOf(yaml) }, reception);

describe('a table read by a mapping', () => {
  it('has its columns, constants, templates, values, units and dates understood', () => {
    const [draft] = draftsOf(read(dutch, header, row));
    expect(draft).toMatchObject({
      source: '/tables/dossiers',
      subject: 'D-1/2',
      revisionof: '/tables/dossiers#orders/D-1/2',
    });
    expect(draft!.data).toEqual({
      id: 'D-1/2',
      customer: 'Fruitveiling',
      from: 'BEANR-869',
      to: 'BELGG-TRI',
      quantity: 2501,
      available: '2026-03-05T09:00:00Z',
      reefer: true,
      setPoint: -10,
      minShelfLife: 'P5D',
      equipment: ['APZU4812090', 'APZU4812106'],
      extensions: { Status: 'Open', Opmerking: 'let op' },
    });
  });

  it('leaves out rows that its filter does not want', () => {
    const reading = read(dutch, header, row.replace('Open', 'geannuleerd'), row.replace('D-1', 'D-2'));
    expect(itemsOf(reading).map(({ index }) => index)).toEqual([1]);
  });

  it('names row, column, field and value of everything wrong, and takes the other rows', () => {
    const wrong = 'D-2;1;open;Antwerpen;;1,250.5;31/02/2026;misschien;warm;5;;;';
    const reading = read(dutch, header, wrong, row);
    expect(draftsOf(reading)).toHaveLength(1);
    expect(refusals(reading)).toEqual([
      [0, '/rows/0/Losplaats', 'line 2, column Losplaats (to): is required'],
      [
        0,
        '/rows/0/Aantal FEU',
        'line 2, column Aantal FEU (quantity): must be a number with "," as decimal sign, such as 1.250,5',
      ],
      [
        0,
        '/rows/0/Klaar',
        'line 2, column Klaar (available): must be a moment as dd/MM/yyyy HH:mm or dd/MM/yyyy, or RFC 3339',
      ],
      [
        0,
        '/rows/0/Koel',
        'line 2, column Koel (reefer): is not among the `values` of the mapping: add it, or say what `otherwise`',
      ],
      [0, '/rows/0/Temp', expect.stringContaining('must be a number') as string],
    ]);
  });

  it('does not guess hours that the change of the clocks skips or repeats', () => {
    const at = (date: string) =>
      refusals(read(dutch, header, row.replace('05/03/2026 10:00', date))).map(([, , why]) => why);
    expect(at('29/03/2026 02:30')).toEqual([expect.stringContaining('does not exist in Europe/Brussels')]);
    expect(at('25/10/2026 02:30')).toEqual([expect.stringContaining('is there twice in Europe/Brussels')]);
    expect(at('29/03/2026 03:00')).toEqual([]);
  });

  it('that lacks a column is told which, and which it may be', () => {
    expect(read(dutch, header.replace('Losplaats', 'Losplaatsen'), row)).toMatchObject({
      unreadable: [
        { pointer: '/header', value: 'Losplaats', message: expect.stringContaining('perhaps Losplaatsen') as string },
      ],
    });
  });

  it('gives the same row the same id, a changed one another id of the same thing', () => {
    const [first] = draftsOf(read(dutch, header, row));
    const [changed] = draftsOf(read(dutch, header, row.replace(';14;', ';32;')));
    expect(draftsOf(read(dutch, header, row))).toEqual([first]);
    expect(changed!.id).not.toBe(first!.id);
    expect(changed!.revisionof).toBe(first!.revisionof);
  });

  it('may be in windows-1252, with the header further down, or without one', () => {
    const yaml = `
format: portolan.mapping/1
name: latin
kind: orders
table: { encoding: windows-1252, headerRow: 3, delimiter: "|" }
fields: { id: Nº, from: départ, to: arrivée, quantity: unités, available: prêt }`;
    const text = 'Export du 1 mars\nœuvre\nNº|départ|arrivée|unités|prêt\nÉ-1 10€|A|B|4|2026-03-03T06:00:00Z';
    const signs = new Map([
      ['œ', 0x9c],
      ['€', 0x80],
    ]);
    const body = Uint8Array.from([...text], (sign) => signs.get(sign) ?? sign.charCodeAt(0));
    expect(draftsOf(readMessage({ body, mapping: mappingOf(yaml) }, reception))[0]!.subject).toBe('É-1 10€');
    const bare = `
format: portolan.mapping/1
name: bare
kind: orders
table: { headerRow: 0 }
fields: { id: 1, from: 2, to: "3", quantity: 4, available: 5 }`;
    expect(refusals(read(bare, 'O-1,A,B,4,2026-03-03T06:00:00Z'))).toEqual([]);
  });
});

describe('rows of other kinds', () => {
  const rates = `
format: portolan.mapping/1
name: rates
kind: rates
table: { decimal: "," }
fields:
  from: Van
  to: Naar
  duration: { column: Rijtijd, unit: h }
  cost: Prijs
  capacity: { constant: 24 }
  co2eKg: { column: CO2 (g), unit: g }
rest: drop
`;
  it('are truck relations with what they cost and can take', () => {
    const [draft] = draftsOf(read(rates, 'Van;Naar;Rijtijd;Prijs;CO2 (g);x', 'BEANR;BELGG;2,25;140,5;105400;y'));
    expect(draft).toMatchObject({ type: 'org.portolan.service.scheduled', subject: 'TRUCK-BEANR-BELGG' });
    expect(draft!.data).toEqual({
      id: 'TRUCK-BEANR-BELGG',
      mode: 'truck',
      onDemand: { from: 'BEANR', to: 'BELGG', duration: 'PT2H15M', cost: 140.5, co2eKg: 105.4, capacity: 24 },
    });
  });

  const moves = `
format: portolan.mapping/1
name: gate
kind: equipment.moved
table: { dates: d MMM yyyy HH:mm, timeZone: Europe/Brussels }
fields:
  eventId: Ticket
  equipment: Box
  move: { column: What, values: { IN: gate-in, OUT: gate-out } }
  classifier: { constant: actual }
  at: When
  place.unlocode: { constant: be anr }
  transport.vesselName: Ship
`;
  it('are events of any type, their identifiers as their standards write them, with doubts', () => {
    const [draft] = draftsOf(
      read(moves, 'Ticket,Box,What,When,Ship', 'T-9,apzu 481209-1,in,5 mrt 2026 10:00,Albertina'),
    );
    expect(draft).toMatchObject({
      id: expect.stringMatching(/^equipment\.moved\/T-9@/) as string,
      revisionof: '/tables/gate#equipment.moved/T-9',
      subject: 'APZU4812091',
      time: '2026-03-05T09:00:00Z',
    });
    expect(draft!.data).toEqual({
      equipment: 'APZU4812091',
      move: 'gate-in',
      classifier: 'actual',
      at: '2026-03-05T09:00:00Z',
      place: { unlocode: 'BEANR' },
      transport: { vesselName: 'Albertina' },
      flags: ['check-digit: APZU4812091 should end in 0'],
    });
  });

  it('are rejected by the place in the event where the event would not be one', () => {
    const reading = read(
      moves.replace('be anr', 'Antwerp'),
      'Ticket,Box,What,When,Ship',
      'T-9,APZU4812090,in,5 Mar 2026 10:00,',
    );
    expect(refusals(reading)).toEqual([
      [0, '/rows/0/place.unlocode', expect.stringContaining('line 2, place.unlocode: must be a UN/LOCODE') as string],
    ]);
  });

  const runs = `
format: portolan.mapping/1
name: runs
kind: services
fields: { service: Run, mode: { constant: barge }, location: Stop, arrives: In, departs: Out, capacity: TEU }
`;
  it('are the calls of services, with what no field reads beside them', () => {
    const [draft] = draftsOf(
      read(
        runs,
        'Run,Stop,In,Out,TEU,Skipper',
        'B-1,BEANR,,2026-03-03T06:00:00Z,40,Jan',
        'B-1,BELGG,2026-03-03T16:00:00Z,,,',
      ),
    );
    expect(draft!.data).toMatchObject({
      calls: [{ location: 'BEANR' }, { location: 'BELGG' }],
      legs: [{ capacity: 40 }],
      extensions: { rows: [{ Skipper: 'Jan' }, {}] },
    });
  });
});

describe('the mapping of a message', () => {
  const mappings = [
    mappingOf(dutch),
    mappingOf(dutch.replace('name: dossiers', 'name: short').replace(/  setPoint.*\n/, '')),
  ];
  const body = `${header}\n${row}`;

  it('is the one its format names, else the one that needs most of its columns', () => {
    expect(mappingFor({ body, format: 'short', mappings }).mapping?.name).toBe('short');
    expect(mappingFor({ body, mappings }).mapping?.name).toBe('dossiers');
    expect(mappingFor({ body, contentType: 'text/csv', mappings }).mapping?.name).toBe('dossiers');
    expect(mappingFor({ body, format: 'csv', mappings }).mapping?.name).toBe('dossiers');
    expect(readMessage({ body, mappings }, reception)).toMatchObject({ format: 'dossiers', items: [{ ok: true }] });
  });

  it('is none for what is no table, or what is understood without', () => {
    for (const other of ['{"events":[]}', 'id,from,to,quantity,available\nO-1,A,B,1,2026-03-03T06:00:00Z', ''])
      expect(mappingFor({ body: other, mappings })).toEqual({});
    expect(mappingFor({ body, contentType: 'application/cloudevents+json', mappings })).toEqual({});
  });

  it('is asked for where two need the same columns', () => {
    const twice = [mappings[0]!, { ...mappings[0]!, name: 'again' }];
    expect(readMessage({ body, mappings: twice }, reception)).toMatchObject({
      unreadable: [{ message: 'is a table that the mappings dossiers and again both read: name one with format=' }],
    });
  });

  it('is found in a header beyond where the first part of a long file ends inside a letter', () => {
    const long = Buffer.from(`${body}\n${`${row.replace('let op', '€'.repeat(30_000))}\n`.repeat(4)}`);
    expect(mappingFor({ body: long, mappings }).mapping?.name).toBe('dossiers');
  });

  it('reads the same after it was carried in a header or kept as text', () => {
    const mapping = mappings[0]!;
    expect(decodeMapping(encodeMapping(mapping))).toEqual({ ok: true, value: mapping });
    expect(parseMapping(mappingText(mapping))).toEqual({ ok: true, value: mapping });
  });
});

describe('a mapping', () => {
  const faults = (yaml: string) => {
    const parsed = parseMapping(yaml);
    return parsed.ok ? [] : parsed.faults.map(({ pointer, message }) => `${pointer} ${message}`);
  };

  it('is told all that is wrong with it at once, with line and what would be right', () => {
    expect(
      faults(`format: portolan.mapping/1
name: Dossiers!
kind: order
table: { decimal: ";", encoding: ebcdic }
fields:
  id: { colum: Dossier }
colour: red
`),
    ).toEqual([
      '/name line 2: must be 1 to 60 small letters, digits, dots, dashes and underscores',
      expect.stringContaining('/kind line 3: must be one of orders, lots, services, rates, '),
      expect.stringContaining('/table/encoding line 4: must be utf-8'),
      '/table/decimal line 4: must be "." or ","',
      '/fields/id/colum line 6: is not a known field',
      '/colour line 7: is not a known field',
    ]);
  });

  it('is told what its fields cannot be', () => {
    expect(
      faults(`format: portolan.mapping/1
name: a
kind: orders
table: { dates: dd/QQ/yyyy, timeZone: Europe/Antwerp, thousands: "." }
rows: [{ column: A }]
fields:
  id: { column: A, constant: b }
  quantiti: B
  customer: { template: no braces }
  reefer: { column: C, unit: h, factor: 2, dates: dd/MM/yyyy, otherwise: keep }
  minShelfLife: { column: C, unit: weeks }
`),
    ).toEqual([
      expect.stringContaining('/table/dates line 4: must be made of yyyy'),
      '/table/timeZone line 4: must be an IANA zone, such as Europe/Brussels',
      '/table/thousands line 4: must differ from the decimal sign',
      '/rows/0 line 5: must have either `in` or `notIn`',
      '/fields/id line 7: must have exactly one of `column`, `constant` and `template`',
      '/fields/quantiti line 8: is no field of orders; perhaps quantity',
      expect.stringContaining('/fields/customer/template line 9: must name a column in braces'),
      '/fields/reefer/unit line 10: is for fields with a unit of their own; use `factor`',
      '/fields/reefer/factor line 10: is for numbers, and reefer is none',
      '/fields/reefer/dates line 10: is for moments, and reefer is none',
      '/fields/reefer/otherwise line 10: is for cells that `values` does not list, and there is no `values`',
      '/fields/minShelfLife/unit line 11: must be one of s, min, h, d',
      '/fields/to line 7: is a field that orders must have',
      '/fields/quantity line 7: is a field that orders must have',
    ]);
  });

  it.each([
    ['that is no YAML', 'a: [1', /line \d+, column \d+: is not YAML/],
    ['that is nothing', '', /Invalid input|must be/],
    [
      'of aliases that unfold',
      `a: &a [x]\n${'bcdefgh'
        .split('')
        .map((name, i) => `${name}: &${name} [${`*${'abcdefg'[i]!},`.repeat(9)}]`)
        .join('\n')}`,
      /is no YAML that can be read/,
    ],
    ['nested too deep', '['.repeat(50_000), /is nested deeper than 64 levels/],
    ['that is far too long', ' '.repeat(200_000), /at most 100000/],
  ])('%s is told so', (_, yaml, why) => expect(faults(yaml)[0]).toMatch(why));

  it('is read from any text without throwing', () => {
    const line = fc.constantFrom(
      'format: portolan.mapping/1',
      'name: a',
      'kind: orders',
      'fields: { id: a }',
      'fields: []',
      'rows: {}',
      '? [a]',
      '<<: *a',
      '__proto__: {}',
      '- a',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(line, fc.string())), (lines) =>
        expect(parseMapping(lines.join('\n'))).toBeDefined(),
      ),
    );
  });

  it('reads any table without throwing', () => {
    const cell = fc.oneof(
      fc.constantFrom('1.250,5', '05/03/2026', 'ja', '', '"', 'Open', '#N/A', '__proto__'),
      fc.string(),
    );
    const rows = fc.array(
      fc.array(cell, { maxLength: 14 }).map((cells) => cells.join(';')),
      { maxLength: 6 },
    );
    fc.assert(fc.property(rows, (lines) => expect(read(dutch, header, ...lines)).toBeDefined()));
  });
});

describe('the documents', () => {
  const root = new URL('../../../../', import.meta.url);
  const fileText = (path: string): string => readFileSync(new URL(path, root), 'utf8');

  it.each(['dossiers', 'gate', 'rates'])('have an example %s that reads its table whole', (name) => {
    const reading = read(fileText(`examples/mappings/${name}.yaml`), fileText(`examples/mappings/${name}.csv`));
    expect(refusals(reading)).toEqual([]);
    expect(draftsOf(reading)).toHaveLength(2);
  });

  it('show a mapping that is right, and name every member of one', () => {
    const text = fileText('docs/formats-tables.md');
    const [, example] = /```yaml\n(.*?)```/s.exec(text)!;
    expect(parseMapping(example!)).toMatchObject({ ok: true });
    const { properties } = mappingSchema() as { properties: { table: { properties: object } } };
    const members = [
      ...Object.keys(properties),
      ...Object.keys(properties.table.properties),
      ...Object.keys(ruleObject.shape),
    ];
    expect(members.filter((member) => !text.includes(member))).toEqual([]);
  });

  it('have the JSON Schema that the code gives (npm run schemas)', () => {
    expect(JSON.parse(fileText('docs/schemas/portolan.mapping-1.json'))).toEqual(mappingSchema());
  });
});
