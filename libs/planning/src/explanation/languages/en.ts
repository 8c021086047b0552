import type { Messages } from '../messages.js';

const worth =
  (what: string): Messages['worth']['lot'] =>
  ({ unit, saves, price }) =>
    `One more ${unit} of ${what} would save ${saves} (shadow price ${price}).`;

export const en: Messages = {
  locale: 'en-GB',
  parts: {
    transport: 'transport',
    handling: 'handling',
    storage: 'storage',
    lateness: 'lateness',
    spoilage: 'spoilage',
    emissions: 'emissions',
    supply: 'purchase',
  },
  modes: { vessel: 'vessel', barge: 'barge', rail: 'train', truck: 'truck', air: 'aircraft' },
  units: {
    container: { one: 'container', other: 'containers' },
    pallet: { one: 'pallet', other: 'pallets' },
    tonne: { one: 'tonne', other: 'tonnes' },
  },

  service: ({ id }) => `service ${id}`,
  leg: ({ vehicle, leg }) => `${vehicle}, leg ${leg}`,
  voyage: ({ vehicle, call }) => `${vehicle}, voyage ${call}`,
  plugs: ({ leg }) => `reefer plugs of ${leg}`,
  lot: ({ id }) => `lot ${id}`,
  hop: ({ leg, from, to }) => `${leg}, from ${from} to ${to}`,
  hops: (hops) => hops.join('; then '),
  fromLot: ({ lot, route }) => `from ${lot}: ${route}`,
  stayOnBoard: 'stays on board to the destination',
  lieThere: 'lies at the destination already',

  moves: ({ quantity, demand, route }) => `${quantity} of ${demand}: ${route}.`,
  delivered: ({ when }) => `Delivered ${when}.`,
  unitCost: ({ unit, cost, parts }) =>
    parts.length === 0 ? `One ${unit} costs ${cost}.` : `One ${unit} costs ${cost}: ${parts.join(', ')}.`,
  partCost: ({ part, cost }) => `${part} ${cost}`,
  revenue: ({ amount }) => `less revenue ${amount}`,
  nothing: ({ demand }) => `Nothing of ${demand} has to travel.`,
  marginal: ({ unit, demand, cost }) => `One more ${unit} of ${demand} would add at least ${cost} to the total.`,

  full: {
    capacity: ({ name, used, capacity }) => `Full: ${name} (${used} of ${capacity}).`,
    reeferPlugs: ({ name, used, capacity }) => `All in use: ${name} (${used} of ${capacity}).`,
    lot: ({ name, used, capacity }) => `Used up: ${name} (${used} of ${capacity}).`,
  },
  worth: {
    capacity: worth('room'),
    reeferPlugs: ({ saves, price }) => `One more plug would save ${saves} (shadow price ${price}).`,
    lot: worth('the lot'),
  },
  atMost: ({ amount }) => `at most ${amount}`,
  range: ({ from, to }) => `That price holds while the limit lies between ${from} and ${to}.`,
  rangeHere: 'That price holds at this limit only.',

  nextBest: ({ route, when, compared }) =>
    `Alternative: ${route}${when === undefined ? '' : `, delivered ${when}`} – ${compared}.`,
  costsMore: ({ by, unit }) => `${by} more per ${unit}`,
  costsMoreThanLeaving: ({ by, unit }) => `${by} more per ${unit} than leaving it`,
  costsTheSame: ({ unit }) => `the same cost per ${unit}`,
  costsLess: ({ by, unit }) => `${by} less per ${unit} at these prices, which do not tell all in this plan`,
  because: {
    full: ({ names, by, unit }) => `It would take up what is full: ${names}; that is worth ${by} per ${unit}.`,
    late: ({ hours, by }) => `It delivers ${hours} late; lateness costs ${by} more.`,
    dearer: ({ part, by }) => `${part}: ${by} more.`,
    change: ({ by }) => `It gives up an itinerary in force, which counts for ${by}.`,
    'cheaper-unserved': ({ cost, unserved, unit }) =>
      `Even with nothing full it would cost ${cost} per ${unit}; leaving it costs ${unserved}.`,
  },
  saves: ({ by }) => `In other respects it saves ${by}.`,

  unserved: ({ quantity, demand }) => `Of ${demand}, ${quantity} will not travel.`,
  noSupply: ({ product }) => `There is no lot of ${product}.`,
  noItinerary: 'No itinerary leads there in time.',
  cheaperUnserved: ({ cost, unserved, unit }) =>
    `The cheapest itinerary would cost ${cost} per ${unit}; leaving it costs ${unserved}.`,
  cheapestIsFull: ({ names }) => `What the cheapest itinerary needs is full: ${names}.`,
  allAreFull: 'There is too little room on every itinerary that is worth taking.',

  load: {
    capacity: ({ used, capacity }) => `In use: ${used} of ${capacity}.`,
    reeferPlugs: ({ used, capacity }) => `Reefer plugs in use: ${used} of ${capacity}.`,
  },
  aboutLeg: ({ hop }) => `About ${hop}.`,
  unlimited: ({ used }) => `In use: ${used}; there is no limit.`,
  worthNothing: {
    capacity: 'More room would save nothing.',
    reeferPlugs: 'More plugs would save nothing.',
    lot: 'A larger lot would save nothing.',
  },

  relaxed: 'Prices are those of a plan that may divide goods at will; in whole units savings may differ.',
  timeZone: ({ zone }) => `Times are in the time zone ${zone}.`,
};
