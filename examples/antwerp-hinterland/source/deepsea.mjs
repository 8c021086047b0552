import { co2eKg } from './factors.mjs';
import { imoNumber } from './identifiers.mjs';
import { kilometres } from './places.mjs';
import { quarter } from './time.mjs';

// Deep-sea vessels on the last sea miles of their voyage: from the port before to the terminals of the range.
// [name, carrier, service, port before, hours from the start at which it leaves there, then terminal(s)]. Ships and
// carriers are made up; the services' names follow the trades.
const voyages = [
  ['Meridiaan Trader', 'Polder Ocean Line', 'AE-N', 'GBFXT-TTY', 9, 'BEANR-913'],
  ['Orient Lindesnes', 'Norsund Container', 'FE4', 'FRLEH-TDF', 22, 'BEANR-1700'],
  ['Cape Arenberg', 'Polder Ocean Line', 'ATL1', 'GBLGP-DPW', 14, 'BEANR-1742'],
  ['Pacific Zegen', 'Sealandia', 'TP9', 'DEHAM-CTB', 12, 'NLRTM-RWG'],
  ['Laguna Verde', 'Frutamar Reefer', 'FRUIT', 'GBSOU-DPW', 18, 'BEZEE-CSP'],
  ['Hoge Veluwe Express', 'Norsund Container', 'AE7', 'GBSOU-DPW', 92, 'BEANR-869'],
  ['Singel Bridge', 'Sealandia', 'AE11', 'GBFXT-TTY', 84, 'NLRTM-APM2', 'BEANR-1700'],
  ['Ganges Horizon', 'Polder Ocean Line', 'IMX', 'DEHAM-CTB', 88, 'BEANR-913'],
  ['Kolkata Star', 'Delta Orient', 'IMX2', 'FRLEH-TDF', 104, 'NLRTM-ECT'],
  ['Cape Brabant', 'Polder Ocean Line', 'ATL1', 'GBLGP-DPW', 110, 'BEANR-1742'],
  ['Orient Skagerrak', 'Norsund Container', 'FE4', 'GBFXT-TTY', 158, 'BEANR-1700'],
  ['Rio Dourado', 'Frutamar Reefer', 'ECSA', 'GBSOU-DPW', 166, 'BEZEE-CSP'],
  ['Meridiaan Pioneer', 'Polder Ocean Line', 'AE-N', 'FRLEH-TDF', 186, 'BEANR-913', 'NLRTM-RWG'],
  ['Jade Estuary', 'Sealandia', 'TP9', 'DEHAM-CTB', 168, 'BEANR-1742'],
  ['Cape Condroz', 'Polder Ocean Line', 'ATL1', 'GBLGP-DPW', 190, 'BEANR-869'],
  ['Malabar Coast', 'Delta Orient', 'IMX2', 'GBFXT-TTY', 236, 'NLRTM-ECT'],
  ['Hoge Kempen Express', 'Norsund Container', 'AE7', 'GBSOU-DPW', 246, 'BEANR-1742'],
  ['Orient Kattegat', 'Norsund Container', 'FE4', 'DEHAM-CTB', 250, 'BEANR-1700'],
  ['Terneuzen Bridge', 'Sealandia', 'AE11', 'FRLEH-TDF', 270, 'NLRTM-APM2'],
  ['Cape Dender', 'Polder Ocean Line', 'ATL1', 'GBLGP-DPW', 276, 'BEANR-913'],
  ['Meridiaan Voyager', 'Polder Ocean Line', 'AE-N', 'GBFXT-TTY', 312, 'BEANR-1700'],
  ['Rio Preto', 'Frutamar Reefer', 'ECSA', 'GBSOU-DPW', 318, 'BEZEE-CSP'],
  ['Ganges Dawn', 'Polder Ocean Line', 'IMX', 'DEHAM-CTB', 322, 'BEANR-1742'],
];

const KNOTS_16 = 29.6;
/** Pilotage, the river and the berth: Antwerp lies 80 km inland. */
const APPROACH = { BEANR: 7, BEZEE: 3, NLRTM: 3 };
const seaKilometres = (from, to) => Math.round(1.35 * kilometres(from, to));

/** Capacity comes later, from the goods that are on board. */
export function deepSeaRuns() {
  return voyages.map(([vessel, operator, service, before, leaves, ...terminals], index) => {
    const stops = [before, ...terminals];
    const number = `${611 + Math.floor(leaves / 168)}${'NEWS'[index % 4]}`;
    return {
      id: `SEA-${vessel.toUpperCase().replaceAll(' ', '-')}-${number}`,
      line: service,
      mode: 'vessel',
      deepSea: true,
      operator,
      vessel,
      imo: imoNumber(361_500 + index * 53),
      voyage: number,
      service,
      calls: callsOf(stops, leaves),
      legs: stops.slice(1).map((to, leg) => ({
        km: seaKilometres(stops[leg], to),
        capacity: 0,
        reeferPlugs: 0,
        cost: leg === 0 ? 0 : 45,
        co2eKg: co2eKg('deepSea', seaKilometres(stops[leg], to)),
      })),
    };
  });
}

function callsOf(stops, leaves) {
  const calls = [{ location: stops[0], arrives: leaves - 20, departs: leaves }];
  stops.slice(1).forEach((location, index) => {
    const before = calls.at(-1);
    const arrives = quarter(
      before.departs + seaKilometres(before.location, location) / KNOTS_16 + APPROACH[location.slice(0, 5)],
    );
    calls.push({ location, arrives, ...(index < stops.length - 2 ? { departs: arrives + 22 } : {}) });
  });
  return calls;
}
