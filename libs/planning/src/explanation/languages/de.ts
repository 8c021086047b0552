import type { Messages } from '../messages.js';

export const de: Messages = {
  locale: 'de-BE',
  parts: {
    transport: 'Transport',
    handling: 'Umschlag',
    storage: 'Lagerung',
    lateness: 'Verspätung',
    spoilage: 'Verderb',
    emissions: 'Emissionen',
    supply: 'Einkauf',
  },
  modes: { vessel: 'Seeschiff', barge: 'Binnenschiff', rail: 'Zug', truck: 'Lkw', air: 'Flugzeug' },
  units: {
    container: { one: 'Container', other: 'Container' },
    pallet: { one: 'Palette', other: 'Paletten' },
    tonne: { one: 'Tonne', other: 'Tonnen' },
  },

  service: ({ id }) => `Dienst ${id}`,
  leg: ({ vehicle, leg }) => `${vehicle}, Abschnitt ${leg}`,
  voyage: ({ vehicle, call }) => `${vehicle}, Fahrt ${call}`,
  plugs: ({ leg }) => `Kühlanschlüsse von ${leg}`,
  lot: ({ id }) => `Partie ${id}`,
  hop: ({ leg, from, to }) => `${leg}, von ${from} nach ${to}`,
  hops: (hops) => hops.join('; danach '),
  fromLot: ({ lot, route }) => `aus ${lot}: ${route}`,
  stayOnBoard: 'bleibt bis zum Ziel an Bord',
  lieThere: 'liegt schon am Ziel',

  moves: ({ quantity, demand, route }) => `${quantity} von ${demand}: ${route}.`,
  delivered: ({ when }) => `Geliefert am ${when}.`,
  unitCost: ({ unit, cost, parts }) =>
    parts.length === 0 ? `Kosten je ${unit}: ${cost}.` : `Kosten je ${unit}: ${cost} (${parts.join(', ')}).`,
  partCost: ({ part, cost }) => `${part} ${cost}`,
  revenue: ({ amount }) => `abzüglich Erlös ${amount}`,
  nothing: ({ demand }) => `Von ${demand} ist nichts zu befördern.`,
  marginal: ({ unit, demand, cost }) => `Je ${unit} mehr von ${demand} kämen mindestens ${cost} zur Summe hinzu.`,

  full: {
    capacity: ({ name, used, capacity }) => `Voll: ${name} (${used} von ${capacity}).`,
    reeferPlugs: ({ name, used, capacity }) => `Alle belegt: ${name} (${used} von ${capacity}).`,
    lot: ({ name, used, capacity }) => `Aufgebraucht: ${name} (${used} von ${capacity}).`,
  },
  worth: {
    capacity: ({ unit, saves, price }) => `Je ${unit} mehr Platz würden ${saves} gespart (Schattenpreis ${price}).`,
    reeferPlugs: ({ saves, price }) => `Ein Anschluss mehr würde ${saves} sparen (Schattenpreis ${price}).`,
    lot: ({ unit, saves, price }) => `Je ${unit} mehr in der Partie würden ${saves} gespart (Schattenpreis ${price}).`,
  },
  atMost: ({ amount }) => `höchstens ${amount}`,
  range: ({ from, to }) => `Dieser Preis gilt, solange die Grenze zwischen ${from} und ${to} liegt.`,
  rangeHere: 'Dieser Preis gilt nur bei dieser Grenze.',

  nextBest: ({ route, when, compared }) =>
    `Alternative: ${route}${when === undefined ? '' : `, geliefert am ${when}`} – ${compared}.`,
  costsMore: ({ by, unit }) => `${by} mehr je ${unit}`,
  costsMoreThanLeaving: ({ by, unit }) => `${by} mehr je ${unit}, als die Ware liegen zu lassen`,
  costsTheSame: ({ unit }) => `dieselben Kosten je ${unit}`,
  costsLess: ({ by, unit }) => `${by} weniger je ${unit} zu diesen Preisen, die in diesem Plan nicht alles sagen`,
  because: {
    full: ({ names, by, unit }) => `Diese Route würde belegen, was voll ist: ${names}; das ist ${by} je ${unit} wert.`,
    late: ({ hours, by }) => `Diese Route liefert ${hours} zu spät; Verspätung kostet ${by} mehr.`,
    dearer: ({ part, by }) => `${part}: ${by} mehr.`,
    change: ({ by }) => `Diese Route gibt eine geltende auf; das zählt ${by}.`,
    'cheaper-unserved': ({ cost, unserved, unit }) =>
      `Selbst wenn nichts voll wäre, würde diese Route ${cost} je ${unit} kosten; Liegenlassen kostet ${unserved}.`,
  },
  saves: ({ by }) => `In anderer Hinsicht spart diese Route ${by}.`,

  unserved: ({ quantity, demand }) => `Nicht befördert: ${quantity} von ${demand}.`,
  noSupply: ({ product }) => `Es gibt keine Partie ${product}.`,
  noItinerary: 'Keine Route führt rechtzeitig ans Ziel.',
  cheaperUnserved: ({ cost, unserved, unit }) =>
    `Die günstigste Route würde ${cost} je ${unit} kosten; Liegenlassen kostet ${unserved}.`,
  cheapestIsFull: ({ names }) => `Was die günstigste Route braucht, ist voll: ${names}.`,
  allAreFull: 'Auf allen Routen, die sich lohnen, ist zu wenig Platz.',

  load: {
    capacity: ({ used, capacity }) => `Belegt: ${used} von ${capacity}.`,
    reeferPlugs: ({ used, capacity }) => `Belegte Kühlanschlüsse: ${used} von ${capacity}.`,
  },
  aboutLeg: ({ hop }) => `Es geht um: ${hop}.`,
  unlimited: ({ used }) => `Belegt: ${used}; es gibt keine Grenze.`,
  worthNothing: {
    capacity: 'Mehr Platz würde nichts sparen.',
    reeferPlugs: 'Mehr Anschlüsse würden nichts sparen.',
    lot: 'Eine größere Partie würde nichts sparen.',
  },

  relaxed:
    'Die Preise sind die eines Plans, der Güter beliebig teilen darf; in ganzen Einheiten kann die Ersparnis anders sein.',
  timeZone: ({ zone }) => `Zeiten gelten in der Zeitzone ${zone}.`,
};
