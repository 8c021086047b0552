import type { Messages } from '../messages.js';

export const fr: Messages = {
  locale: 'fr-BE',
  parts: {
    transport: 'transport',
    handling: 'manutention',
    storage: 'stockage',
    lateness: 'retard',
    spoilage: 'détérioration',
    emissions: 'émissions',
    supply: 'achat',
  },
  modes: { vessel: 'navire', barge: 'barge fluviale', rail: 'train', truck: 'camion', air: 'avion' },
  units: {
    container: { one: 'conteneur', other: 'conteneurs' },
    pallet: { one: 'palette', other: 'palettes' },
    tonne: { one: 'tonne', other: 'tonnes' },
  },

  service: ({ id }) => `service ${id}`,
  leg: ({ vehicle, leg }) => `${vehicle}, tronçon ${leg}`,
  voyage: ({ vehicle, call }) => `${vehicle}, voyage ${call}`,
  plugs: ({ leg }) => `prises frigorifiques sur ${leg}`,
  lot: ({ id }) => `lot ${id}`,
  hop: ({ leg, from, to }) => `${leg}, depuis ${from} jusqu’à ${to}`,
  hops: (hops) => hops.join(' ; puis '),
  fromLot: ({ lot, route }) => `du ${lot} : ${route}`,
  stayOnBoard: 'reste à bord jusqu’à destination',
  lieThere: 'se trouve déjà à destination',

  moves: ({ quantity, demand, route }) => `${quantity} pour ${demand} : ${route}.`,
  delivered: ({ when }) => `Livraison le ${when}.`,
  unitCost: ({ unit, cost, parts }) =>
    parts.length === 0 ? `Coût par ${unit} : ${cost}.` : `Coût par ${unit} : ${cost} (${parts.join(', ')}).`,
  partCost: ({ part, cost }) => `${part} ${cost}`,
  revenue: ({ amount }) => `moins recette ${amount}`,
  nothing: ({ demand }) => `Rien n’est à transporter pour ${demand}.`,
  marginal: ({ unit, demand, cost }) => `Chaque ${unit} en plus pour ${demand} ajouterait au moins ${cost} au total.`,

  full: {
    capacity: ({ name, used, capacity }) => `Complet : ${name} (${used} sur ${capacity}).`,
    reeferPlugs: ({ name, used, capacity }) => `Toutes occupées : ${name} (${used} sur ${capacity}).`,
    lot: ({ name, used, capacity }) => `Épuisé : ${name} (${used} sur ${capacity}).`,
  },
  worth: {
    capacity: ({ unit, saves, price }) =>
      `Chaque ${unit} de capacité en plus économiserait ${saves} (prix dual ${price}).`,
    reeferPlugs: ({ saves, price }) => `Une prise de plus économiserait ${saves} (prix dual ${price}).`,
    lot: ({ unit, saves, price }) => `Chaque ${unit} en plus dans le lot économiserait ${saves} (prix dual ${price}).`,
  },
  atMost: ({ amount }) => `au plus ${amount}`,
  range: ({ from, to }) => `Ce prix vaut tant que la limite se situe entre ${from} et ${to}.`,
  rangeHere: 'Ce prix ne vaut qu’à cette limite.',

  nextBest: ({ route, when, compared }) =>
    `Autre possibilité : ${route}${when === undefined ? '' : `, livraison le ${when}`} – ${compared}.`,
  costsMore: ({ by, unit }) => `${by} de plus par ${unit}`,
  costsMoreThanLeaving: ({ by, unit }) => `${by} de plus par ${unit} que de laisser la marchandise`,
  costsTheSame: ({ unit }) => `même coût par ${unit}`,
  costsLess: ({ by, unit }) => `${by} de moins par ${unit} à ces prix, qui ne disent pas tout dans ce plan`,
  because: {
    full: ({ names, by, unit }) =>
      `Cet itinéraire occuperait ce qui est complet : ${names} ; cela vaut ${by} par ${unit}.`,
    late: ({ hours, by }) => `Cet itinéraire livre avec ${hours} de retard ; le retard coûte ${by} de plus.`,
    dearer: ({ part, by }) => `${part} : ${by} de plus.`,
    change: ({ by }) => `Cet itinéraire en abandonne un qui est en vigueur, ce qui compte pour ${by}.`,
    'cheaper-unserved': ({ cost, unserved, unit }) =>
      `Même si rien n’était complet, cet itinéraire coûterait ${cost} par ${unit} ; laisser la marchandise coûte ${unserved}.`,
  },
  saves: ({ by }) => `Par ailleurs, cet itinéraire économise ${by}.`,

  unserved: ({ quantity, demand }) => `Pour ${demand}, il reste ${quantity} sans transport.`,
  noSupply: ({ product }) => `Il n’y a aucun lot du produit ${product}.`,
  noItinerary: 'Aucun itinéraire n’arrive à temps.',
  cheaperUnserved: ({ cost, unserved, unit }) =>
    `L’itinéraire le moins cher coûterait ${cost} par ${unit} ; laisser la marchandise coûte ${unserved}.`,
  cheapestIsFull: ({ names }) => `Ce qu’il faut à l’itinéraire le moins cher est complet : ${names}.`,
  allAreFull: 'Il y a trop peu de place sur tous les itinéraires qui en valent la peine.',

  load: {
    capacity: ({ used, capacity }) => `Occupation : ${used} sur ${capacity}.`,
    reeferPlugs: ({ used, capacity }) => `Prises frigorifiques occupées : ${used} sur ${capacity}.`,
  },
  aboutLeg: ({ hop }) => `Il s’agit de : ${hop}.`,
  unlimited: ({ used }) => `Occupation : ${used} ; il n’y a pas de limite.`,
  worthNothing: {
    capacity: 'Plus de place n’économiserait rien.',
    reeferPlugs: 'Plus de prises n’économiseraient rien.',
    lot: 'Un lot plus grand n’économiserait rien.',
  },

  relaxed:
    'Les prix sont ceux d’un plan où les marchandises sont divisibles à volonté ; en unités entières, l’économie peut différer.',
  timeZone: ({ zone }) => `Les heures sont celles du fuseau ${zone}.`,
};
