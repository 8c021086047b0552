import fc from 'fast-check';
import { readMessage } from '../../registry.js';
import { mappingOf } from '../../testing/mapping.js';
import { draftsOf, refusals } from '../../testing/read.js';
import { sheetData, workbookOf } from '../../testing/workbook.js';
import { parseMapping } from '../parse.js';
import { type Wish, proposeMapping } from './propose.js';

const reception = { received: Date.UTC(2026, 2, 2, 8) };
const proposed = (body: string | Uint8Array, wish: Wish = {}): string => {
  const proposal = proposeMapping(typeof body === 'string' ? Buffer.from(body) : body, wish);
  return proposal.ok ? proposal.value : `! ${proposal.faults[0]!.message}`;
};
/** The table read by the mapping that is proposed for it, unedited. */
const roundTrip = (body: string | Uint8Array, wish: Wish = {}) =>
  readMessage({ body, mapping: mappingOf(proposed(body, wish)) }, reception);

const order = {
  customer: 'Obst & Co',
  from: 'BEANR-869',
  to: 'BELGG-TRI',
  quantity: 2.5,
  reefer: true,
  setPoint: -18,
  equipment: ['APZU4812090'],
};

const orders: [string, string, string][] = [
  [
    'English',
    'Order no,Customer,Pickup location,Delivery location,Quantity (TEU),Ready date,Due date,Reefer,Temperature °C,Container no,Remarks\n' +
      'O-1,Obst & Co,BEANR-869,BELGG-TRI,2.5,03/13/2026 06:00 AM,03/15/2026 05:00 PM,Yes,-18,APZU4812090,mind the dog',
    '2026-03-13T05:00:00Z',
  ],
  [
    'Dutch',
    'Dossiernummer;Klant;Laadplaats;Losplaats;Aantal TEU;Beschikbaar vanaf;Leverdatum;Gekoeld;Temperatuur;Containernummer;Opmerking\n' +
      'O-1;Obst & Co;BEANR-869;BELGG-TRI;2,5;13-03-2026 06:00;15-03-2026 17:00;ja;-18;APZU4812090;let op de hond',
    '2026-03-13T05:00:00Z',
  ],
  [
    'French',
    'N° commande;Client;Lieu de chargement;Lieu de livraison;Quantité;Disponible le;Date de livraison;Frigo;Température;Conteneur;Remarque\n' +
      'O-1;Obst & Co;BEANR-869;BELGG-TRI;2,5;13/03/2026 06:00;15/03/2026 17:00;oui;-18;APZU4812090;attention au chien',
    '2026-03-13T05:00:00Z',
  ],
  [
    'German',
    'Auftrags-Nr.\tKunde\tLadeort\tEntladeort\tAnzahl TEU\tVerfügbar ab\tLiefertermin\tGekühlt\tSolltemperatur\tContainer-Nr.\tBemerkung\n' +
      'O-1\tObst & Co\tBEANR-869\tBELGG-TRI\t2,5\t13.03.2026 06:00\t15.03.2026 17:00\tJa\t-18\tAPZU4812090\tVorsicht Hund',
    '2026-03-13T05:00:00Z',
  ],
];

describe('the mapping proposed for a table of orders', () => {
  it.each(orders)('in %s reads it, unedited', (_, table, available) => {
    const reading = roundTrip(table);
    expect(refusals(reading)).toEqual([]);
    const [draft] = draftsOf(reading);
    expect(draft).toMatchObject({ type: 'org.portolan.order.placed', subject: 'O-1' });
    expect(draft!.data).toMatchObject({ ...order, available, due: '2026-03-15T16:00:00Z' });
    expect(Object.keys(draft!.data.extensions ?? {})).toHaveLength(1);
  });

  it('in windows-1252, below a title, says so and reads it', () => {
    const body = Buffer.from(`Export vom 1. März 2026\n${orders[3]![1]}`, 'latin1');
    expect(proposed(body)).toMatch(/encoding: windows-1252 # \? it is not UTF-8[^]*headerRow: 2/);
    expect(draftsOf(roundTrip(body))[0]!.data).toMatchObject(order);
  });

  it('in a workbook names the sheet, and the others', () => {
    const body = workbookOf({
      sheets: {
        Info: sheetData(['Hello', 'there']),
        Dossiers: sheetData(
          ['Dossier', 'Van', 'Naar', 'Aantal', 'Klaar'],
          ['O-1', 'BEANR', 'BELGG', 2.5, '03/04/2026 10:00'],
        ),
      },
    });
    const yaml = proposed(body, { name: 'dossiers' });
    expect(yaml).toMatch(/name: dossiers[^]*sheet: Dossiers # \? there are also Info/);
    expect(yaml).toMatch(/available: Klaar # \? day and month could be the other way round \(03\/04\/2026 10:00\)/);
    expect(draftsOf(roundTrip(body))[0]!.data).toMatchObject({
      id: 'O-1',
      quantity: 2.5,
      available: '2026-04-03T08:00:00Z',
    });
  });

  it('takes the order of day and month from the column that proves it', () => {
    const table = 'order,from,to,qty,ready,due\nO-1,A,B,1,03/04/2026,03/25/2026';
    expect(draftsOf(roundTrip(table))[0]!.data).toMatchObject({ available: '2026-03-03T23:00:00Z' });
    expect(proposed(table)).not.toContain('other way round');
  });

  it('asks for what no column tells, and does not read before it is told', () => {
    const yaml = proposed('dossier;naar;aantal;klant\nD-1;BELGG;2;x\nD-1;BEGNK;2;x');
    expect(yaml).toContain('id: dossier # ? is not different in every row');
    const lacking = proposed('from;to;due;customer\nA;B;2026-03-03;x', { kind: 'orders' });
    expect(lacking).toContain('# quantity: # ? orders must have it');
    expect(parseMapping(lacking).ok).toBe(false);
  });
});

const others: [string, string, object][] = [
  [
    'lots',
    'Partij;Artikel;Magazijn;Voorraad;Beschikbaar;Oogstdatum;THT;Kostprijs\nL-1;bananen;BEANR-BNFW;1.012,5;01/03/2026;11/02/2026;17/03/2026;301,25',
    { product: 'bananen', location: 'BEANR-BNFW', quantity: 1012.5, unitCost: 301.25, expires: '2026-03-16T23:00:00Z' },
  ],
  [
    'services',
    'Fahrt;Verkehrsträger;Schiff;Hafen;Ankunft;Abfahrt;Kapazität\nB-1;Binnenschiff;Albertina;BEANR;;03.03.2026 06:00;40\nB-1;Binnenschiff;Albertina;DEDUI;04.03.2026 16:00;;',
    { mode: 'barge', vessel: { name: 'Albertina' }, legs: [{ capacity: 40 }] },
  ],
  [
    'rates',
    'Origine;Destination;Temps de trajet (min);Prix;CO2 (g);Transporteur\nBEANR;BELGG;135;140,50;105400;Dupont',
    {
      mode: 'truck',
      operator: 'Dupont',
      onDemand: { from: 'BEANR', to: 'BELGG', duration: 'PT2H15M', cost: 140.5, co2eKg: 105.4 },
    },
  ],
  [
    'equipment.moved',
    'Ticket,Container,Gate move,Date,UN/LOCODE\nT-1,APZU 481209-0,IN,05 Mar 2026 10:00,BE ANR\nT-2,APZU4812106,OUT,15 Mar 2026 10:00,BEANR',
    { equipment: 'APZU4812090', move: 'gate-in', classifier: 'actual', place: { unlocode: 'BEANR' } },
  ],
  [
    'sensor.read',
    'container,timestamp,temperature (°F),humidity\nAPZU4812090,2026-03-05T10:00:00Z,14,85.5',
    { temperature: -10, humidity: 85.5, at: '2026-03-05T10:00:00Z' },
  ],
  [
    'position.reported',
    'MMSI,Vessel,Timestamp,Lat,Lon,Speed (km/h)\n205123456,Albertina,2026-03-05T10:00:00Z,51.2,4.4,18.52',
    { transport: { mmsi: '205123456', vesselName: 'Albertina' }, position: { lat: 51.2, lon: 4.4 }, speedKnots: 10 },
  ],
];

describe('the mapping proposed for other tables', () => {
  it.each(others)('knows %s by its columns and reads it, unedited', (kind, table, data) => {
    expect(mappingOf(proposed(table)).kind).toBe(kind);
    const reading = roundTrip(table);
    expect(refusals(reading)).toEqual([]);
    expect(draftsOf(reading)[0]!.data).toMatchObject(data);
  });

  it('is none where no column tells what it is', () => {
    expect(proposed('colour;size\nred;2')).toMatch(/^! has no columns that tell what it is \(colour, size\)/);
  });

  it('is YAML whatever the headers and cells are', () => {
    const cell = fc.oneof(fc.string(), fc.constantFrom('{', '": #', '*a', '- b', "'", '\u0007', '1,5', 'ja'));
    const row = fc
      .array(cell, { minLength: 2, maxLength: 6 })
      .map((cells) => cells.map((text) => JSON.stringify(text)).join(';'));
    fc.assert(
      fc.property(fc.array(row, { maxLength: 4 }), (rows) => {
        const proposal = proposeMapping(
          Buffer.from(['order;from;to;"a ""b"": #";qty;' + (rows[0] ?? ''), ...rows].join('\n')),
          { kind: 'orders' },
        );
        const parsed = proposal.ok ? parseMapping(proposal.value) : undefined;
        const syntax =
          parsed && !parsed.ok ? parsed.faults.filter(({ message }) => message.includes('is not YAML')) : [];
        expect(syntax).toEqual([]);
      }),
    );
  });
});
