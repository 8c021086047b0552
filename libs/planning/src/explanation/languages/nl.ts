import type { Messages } from '../messages.js';

const worth =
  (what: string): Messages['worth']['lot'] =>
  ({ unit, saves, price }) =>
    `Eén ${unit} meer ${what} zou ${saves} besparen (schaduwprijs ${price}).`;

export const nl: Messages = {
  locale: 'nl-BE',
  parts: {
    transport: 'vervoer',
    handling: 'overslag',
    storage: 'opslag',
    lateness: 'vertraging',
    spoilage: 'bederf',
    emissions: 'uitstoot',
    supply: 'inkoop',
  },
  modes: { vessel: 'zeeschip', barge: 'binnenschip', rail: 'trein', truck: 'vrachtwagen', air: 'vliegtuig' },
  units: {
    container: { one: 'container', other: 'containers' },
    pallet: { one: 'pallet', other: 'pallets' },
    tonne: { one: 'ton', other: 'ton' },
  },

  service: ({ id }) => `dienst ${id}`,
  leg: ({ vehicle, leg }) => `${vehicle}, traject ${leg}`,
  voyage: ({ vehicle, call }) => `${vehicle}, reis ${call}`,
  plugs: ({ leg }) => `koelaansluitingen van ${leg}`,
  lot: ({ id }) => `partij ${id}`,
  hop: ({ leg, from, to }) => `${leg}, van ${from} naar ${to}`,
  hops: (hops) => hops.join('; daarna '),
  fromLot: ({ lot, route }) => `uit ${lot}: ${route}`,
  stayOnBoard: 'blijft aan boord tot de bestemming',
  lieThere: 'ligt al op de bestemming',

  moves: ({ quantity, demand, route }) => `${quantity} van ${demand}: ${route}.`,
  delivered: ({ when }) => `Geleverd op ${when}.`,
  unitCost: ({ unit, cost, parts }) =>
    parts.length === 0 ? `Eén ${unit} kost ${cost}.` : `Eén ${unit} kost ${cost}: ${parts.join(', ')}.`,
  partCost: ({ part, cost }) => `${part} ${cost}`,
  revenue: ({ amount }) => `min opbrengst ${amount}`,
  nothing: ({ demand }) => `Van ${demand} hoeft niets te worden vervoerd.`,
  marginal: ({ unit, demand, cost }) => `Eén ${unit} meer van ${demand} zou minstens ${cost} aan het totaal toevoegen.`,

  full: {
    capacity: ({ name, used, capacity }) => `Vol: ${name} (${used} van ${capacity}).`,
    reeferPlugs: ({ name, used, capacity }) => `Alle in gebruik: ${name} (${used} van ${capacity}).`,
    lot: ({ name, used, capacity }) => `Opgebruikt: ${name} (${used} van ${capacity}).`,
  },
  worth: {
    capacity: worth('aan ruimte'),
    reeferPlugs: ({ saves, price }) => `Eén aansluiting meer zou ${saves} besparen (schaduwprijs ${price}).`,
    lot: worth('in de partij'),
  },
  atMost: ({ amount }) => `hoogstens ${amount}`,
  range: ({ from, to }) => `Die prijs geldt zolang de grens tussen ${from} en ${to} ligt.`,
  rangeHere: 'Die prijs geldt alleen bij deze grens.',

  nextBest: ({ route, when, compared }) =>
    `Alternatief: ${route}${when === undefined ? '' : `, geleverd op ${when}`} – ${compared}.`,
  costsMore: ({ by, unit }) => `${by} meer per ${unit}`,
  costsMoreThanLeaving: ({ by, unit }) => `${by} meer per ${unit} dan laten liggen`,
  costsTheSame: ({ unit }) => `dezelfde kosten per ${unit}`,
  costsLess: ({ by, unit }) => `${by} minder per ${unit} tegen deze prijzen, die in dit plan niet alles zeggen`,
  because: {
    full: ({ names, by, unit }) => `Deze route zou innemen wat vol is: ${names}; dat is ${by} per ${unit} waard.`,
    late: ({ hours, by }) => `Deze route levert ${hours} te laat; vertraging kost ${by} meer.`,
    dearer: ({ part, by }) => `${part}: ${by} meer.`,
    change: ({ by }) => `Deze route geeft een geldende route op; dat telt voor ${by}.`,
    'cheaper-unserved': ({ cost, unserved, unit }) =>
      `Zelfs als niets vol was, zou deze route ${cost} per ${unit} kosten; laten liggen kost ${unserved}.`,
  },
  saves: ({ by }) => `Op andere punten bespaart deze route ${by}.`,

  unserved: ({ quantity, demand }) => `Niet vervoerd: ${quantity} van ${demand}.`,
  noSupply: ({ product }) => `Er is geen partij van ${product}.`,
  noItinerary: 'Geen enkele route is op tijd op de bestemming.',
  cheaperUnserved: ({ cost, unserved, unit }) =>
    `De goedkoopste route zou ${cost} per ${unit} kosten; laten liggen kost ${unserved}.`,
  cheapestIsFull: ({ names }) => `Wat de goedkoopste route nodig heeft, is vol: ${names}.`,
  allAreFull: 'Op elke route die de moeite loont, is te weinig ruimte.',

  load: {
    capacity: ({ used, capacity }) => `In gebruik: ${used} van ${capacity}.`,
    reeferPlugs: ({ used, capacity }) => `Koelaansluitingen in gebruik: ${used} van ${capacity}.`,
  },
  aboutLeg: ({ hop }) => `Over ${hop}.`,
  unlimited: ({ used }) => `In gebruik: ${used}; er is geen grens.`,
  worthNothing: {
    capacity: 'Meer ruimte zou niets besparen.',
    reeferPlugs: 'Meer aansluitingen zouden niets besparen.',
    lot: 'Een grotere partij zou niets besparen.',
  },

  relaxed:
    'De prijzen zijn die van een plan waarin goederen vrij deelbaar zijn; in hele eenheden kan de besparing anders zijn.',
  timeZone: ({ zone }) => `Tijden zijn in de tijdzone ${zone}.`,
};
