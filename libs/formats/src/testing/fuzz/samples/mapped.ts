/** A mapping of orders that uses most of what a mapping can say. */
export const ordersMapping = `format: portolan.mapping/1
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
  equipment: { column: [Container 1, Container 2] }
`;

/** A table that it reads. */
export const ordersTable = `Dossier;Lijn;Status;Laadplaats;Losplaats;Aantal FEU;Klaar;Koel;Temp;Houdbaar;Container 1;Container 2;Opmerking
D-1;2;Open;antwerpen;BELGG-TRI;1.250,5;05/03/2026 10:00;JA;14;5;APZU4812090;apzu4812106;let op
D-2;1;bevestigd;Zeebrugge;BELGG-TRI;4;05/03/2026;nee;;;;;"een ""regel""; nog een"
D-3;1;geannuleerd;;;;;;;;;;
`;

/** A mapping of events, whose data have members of members. */
export const movesMapping = `format: portolan.mapping/1
name: gate-moves
kind: equipment.moved
source: /gate
table: { dates: yyyy-MM-dd HH:mm:ss, timeZone: Europe/Brussels, headerRow: 2 }
fields:
  equipment: Container
  move: { column: Move, values: { IN: gate-in, OUT: gate-out } }
  classifier: { constant: actual }
  at: Moment
  place.unlocode: Port
  transport.mode: { constant: truck, default: truck }
  grossMassKg: { column: Gross, factor: 1000, optional: true }
  eventId: { template: "{Container}-{Moment}" }
rest: drop
`;

/** A table that it reads, with a title above its header. */
export const movesTable = `Gate moves of the day,,,,
Container,Move,Moment,Port,Gross
APZU4812090,IN,2026-03-02 07:30:00,BEANR,21.4
APZU4812106,OUT,2026-03-02 07:31:00,NLRTM,
`;
