// Terminals, quays, positions and facility codes of sea terminals: SMDG terminal code list (CC BY 4.0).
// Inland terminals: real names, positions to about a kilometre. Customers are made up; their towns are real.
// Handling costs are per TEU and lie in the range of published tariffs; they are nobody's offer.

const sea = {
  kind: 'sea-terminal',
  handling: { load: 26, unload: 24, transfer: 34 },
  handlingTime: { load: 'PT2H', unload: 'PT1H', transfer: 'PT8H' },
  storage: { costPerUnitDay: 14, freeTime: 'P3D' },
  plugs: 120,
};
const abroad = {
  ...sea,
  handling: { load: 0, unload: 0, transfer: 40 },
  // Whoever misses the vessel waits for the next one at this price.
  storage: { costPerUnitDay: 120, freeTime: 'P1D' },
};
const inland = {
  kind: 'inland-terminal',
  handling: { load: 22, unload: 20, transfer: 28 },
  handlingTime: { load: 'PT2H', unload: 'PT1H', transfer: 'PT3H' },
  storage: { costPerUnitDay: 5, freeTime: 'P4D' },
  plugs: 24,
};
const warehouse = {
  kind: 'warehouse',
  handling: { load: 12, unload: 12, transfer: 12 },
  handlingTime: { load: 'PT1H', unload: 'PT1H', transfer: 'PT1H' },
  storage: { costPerUnitDay: 2, freeTime: 'P5D' },
};
const cold = { ...warehouse, kind: 'cold-store', storage: { costPerUnitDay: 4, freeTime: 'P4D' }, plugs: 20 };

const brussels = 'Europe/Brussels';
const amsterdam = 'Europe/Amsterdam';
const berlin = 'Europe/Berlin';
const place = (base, id, name, unlocode, lat, lon, timezone, more = {}) => ({
  id,
  name,
  ...(unlocode && { unlocode }),
  ...(timezone && { timezone }),
  position: { lat, lon },
  ...base,
  ...more,
});

export const seaTerminals = [
  place(sea, 'BEANR-913', 'PSA Noordzee Terminal, quay 913', 'BEANR', 51.35083, 4.26528, brussels, {
    facility: 'K913',
  }),
  place(sea, 'BEANR-869', 'PSA Europa Terminal, quay 869', 'BEANR', 51.33833, 4.27611, brussels, { facility: 'K869' }),
  place(sea, 'BEANR-1742', 'MPET, Deurganck dock west, quay 1742', 'BEANR', 51.28861, 4.245, brussels, {
    facility: 'K1742',
    plugs: 200,
  }),
  place(sea, 'BEANR-1700', 'Antwerp Gateway, Deurganck dock, quay 1700', 'BEANR', 51.29194, 4.26556, brussels, {
    facility: '1700',
  }),
  place(sea, 'BEANR-BNFW', 'Belgian New Fruit Wharf Antwerp, quays 184-238', 'BEANR', 51.26167, 4.37833, brussels, {
    facility: 'BNFW',
    plugs: 250,
  }),
  place(sea, 'BEZEE-CSP', 'CSP Zeebrugge Terminal, quay 120', 'BEZEE', 51.3475, 3.18889, brussels, {
    facility: 'CSPZ',
  }),
  place(sea, 'BEZEE-BNFW', 'Belgian New Fruit Wharf Zeebrugge', 'BEZEE', 51.3214, 3.2086, brussels, {
    // Not in the SMDG list: a code between partners.
    facility: 'BNFZ',
    plugs: 220,
  }),
  place(sea, 'NLRTM-ECT', 'ECT Delta Terminal, Maasvlakte', 'NLRTM', 51.95028, 4.06417, amsterdam, { facility: 'DDE' }),
  place(sea, 'NLRTM-RWG', 'Rotterdam World Gateway, Maasvlakte II', 'NLRTM', 51.95333, 3.99111, amsterdam, {
    facility: 'RWG',
  }),
  place(sea, 'NLRTM-APM2', 'APM Terminals Maasvlakte II', 'NLRTM', 51.95417, 4.00333, amsterdam, {
    facility: 'NLMVII',
  }),
  place(sea, 'NLRTM-KRC', 'QTerminals Kramer Rotterdam City Terminal', 'NLRTM', 51.88028, 4.42361, amsterdam, {
    facility: 'RSN',
  }),
];

/** Where deep-sea vessels call before Antwerp, Zeebrugge or Rotterdam. */
export const portsBefore = [
  place(abroad, 'GBFXT-TTY', 'Felixstowe, Trinity Terminal', 'GBFXT', 51.96056, 1.29667, 'Europe/London', {
    facility: 'TTY',
  }),
  place(abroad, 'GBLGP-DPW', 'London Gateway', 'GBLGP', 51.50722, 0.48333, 'Europe/London', { facility: 'DPWLG' }),
  place(abroad, 'GBSOU-DPW', 'Southampton, DP World', 'GBSOU', 50.90722, -1.45722, 'Europe/London', {
    facility: 'DPWS',
  }),
  place(abroad, 'FRLEH-TDF', 'Le Havre, Terminal de France', 'FRLEH', 49.4575, 0.17, 'Europe/Paris', {
    facility: 'TDF',
  }),
  place(abroad, 'DEHAM-CTB', 'Hamburg, Burchardkai', 'DEHAM', 53.53639, 9.91, berlin, { facility: 'CTB' }),
];

export const inlandTerminals = [
  // Scheldt, Leie, sea canal
  place(inland, 'BEGNE-KLZ', 'Ghent Container Terminal, Kluizen dock', 'BEGNE', 51.163, 3.752, brussels),
  place(inland, 'BEAVL-AVCT', 'Avelgem Container Terminal', 'BEAVL', 50.769, 3.452, brussels),
  place(inland, 'BEWIK-RTW', 'River Terminal Wielsbeke', 'BEWIK', 50.906, 3.374, brussels),
  place(inland, 'BEWLB-TCT', 'TCT Belgium, Willebroek', 'BEWLB', 51.066, 4.373, brussels),
  place(inland, 'BEBRU-TTB', 'Trimodal Terminal Brussels', 'BEBRU', 50.895, 4.385, brussels),
  // Albert Canal
  place(inland, 'BEDEG-IWT', 'Inland terminal Deurne, Albert Canal', 'BEDEG', 51.226, 4.481, brussels),
  place(inland, 'BEMEH-WCT', 'Water Container Terminal Meerhout', 'BEMEH', 51.101, 5.092, brussels),
  place(inland, 'BEGNK-HVG', 'Haven Genk', 'BEGNK', 50.938, 5.487, brussels),
  place(inland, 'BELGG-TRI', 'Liège Trilogiport, Hermalle-sous-Argenteau', 'BEHSA', 50.713, 5.679, brussels),
  // Meuse
  place(inland, 'NLBON-BTB', 'Barge Terminal Born', 'NLBON', 51.034, 5.79, amsterdam),
  place(inland, 'NLSTI-CTS', 'Container Terminal Stein', undefined, 50.967, 5.758, amsterdam),
  place(inland, 'NLVEN-TCT', 'Trimodal Container Terminal Venlo', 'NLVEN', 51.389, 6.162, amsterdam),
  // Waal and Rhine
  place(inland, 'NLNIJ-BCT', 'BCTN Nijmegen', 'NLNIJ', 51.858, 5.829, amsterdam),
  place(inland, 'DEEMM-RHE', 'Rhein-Waal-Terminal Emmerich', 'DEEMM', 51.837, 6.246, berlin),
  place(inland, 'DEDUI-D3T', 'Duisburg, DIT and D3T, logport', 'DEDUI', 51.395, 6.732, berlin),
  place(inland, 'DENSS-RHN', 'Neuss Trimodal', 'DENSS', 51.214, 6.714, berlin),
  place(inland, 'DECGN-CTS', 'Cologne-Niehl', 'DECGN', 50.985, 6.972, berlin),
  place(inland, 'DEMHG-MCT', 'Mannheim Container Terminal', 'DEMHG', 49.502, 8.459, berlin),
  place(inland, 'CHBSL-CTB', 'Basel Kleinhüningen', 'CHBSL', 47.587, 7.596, 'Europe/Zurich', {
    handling: { load: 34, unload: 32, transfer: 40 },
  }),
];

export const customers = [
  // Ripening rooms
  place(cold, 'RIPE-SKW', 'Ripening rooms Sint-Katelijne-Waver', 'BESSL', 51.064, 4.517, brussels),
  place(cold, 'RIPE-VEN', 'Ripening rooms Venlo, Fresh Park', undefined, 51.407, 6.105, amsterdam),
  place(cold, 'RIPE-RSE', 'Ripening rooms Roeselare', 'BEROE', 50.956, 3.118, brussels),
  place(cold, 'RIPE-LGG', 'Ripening rooms Herstal', 'BEHRS', 50.672, 5.62, brussels),
  place(cold, 'RIPE-CGN', 'Ripening rooms Cologne, Großmarkt', undefined, 50.905, 6.972, berlin),
  place(cold, 'RIPE-BSL', 'Ripening rooms Pratteln', 'CHATT', 47.523, 7.693, 'Europe/Zurich'),
  // Pack houses of pear growers
  place(cold, 'PACK-STR', 'Fruit auction and pack house Sint-Truiden', 'BESTR', 50.828, 5.19, brussels),
  place(cold, 'PACK-BOG', 'Pack house Borgloon', 'BEBOG', 50.805, 5.352, brussels),
  place(cold, 'PACK-ALK', 'Pack house Alken', 'BEAKN', 50.882, 5.301, brussels),
  place(cold, 'PACK-GLA', 'Pack house Glabbeek', 'BEGBK', 50.866, 4.952, brussels),
  // Factories of frozen fries
  place(cold, 'FRIES-IPR', 'Frozen fries Ieper', 'BEIPR', 50.872, 2.872, brussels),
  place(cold, 'FRIES-WAR', 'Frozen fries Waregem', 'BEWAR', 50.873, 3.447, brussels),
  place(cold, 'FRIES-COM', 'Frozen fries Comines', 'BECOM', 50.772, 2.991, brussels),
  place(cold, 'FRIES-PWZ', 'Frozen fries Péruwelz', 'BEPWZ', 50.518, 3.612, brussels),
  place(cold, 'FRIES-LML', 'Frozen fries Lommel', 'BELML', 51.213, 5.305, brussels),
  // Distribution centres and plants, dry
  place(warehouse, 'DC-GEL', 'Distribution centre Geel', 'BEGEL', 51.145, 4.962, brussels),
  place(warehouse, 'DC-TES', 'Chemical plant Tessenderlo', 'BETES', 51.068, 5.09, brussels),
  place(warehouse, 'DC-VIL', 'Distribution centre Vilvoorde', 'BEVIL', 50.931, 4.428, brussels),
  place(warehouse, 'DC-NIV', 'Distribution centre Nivelles', 'BENIV', 50.591, 4.335, brussels),
  place(warehouse, 'DC-HRS', 'Distribution centre Hauts-Sarts, Herstal', undefined, 50.694, 5.632, brussels),
  place(warehouse, 'DC-VEN', 'Distribution centre Venlo, Trade Port', undefined, 51.392, 6.098, amsterdam),
  place(warehouse, 'DC-BON', 'Car parts Sittard-Geleen', undefined, 51.01, 5.842, amsterdam),
  place(warehouse, 'DC-KRE', 'Distribution centre Krefeld', 'DEKRE', 51.342, 6.66, berlin),
  place(warehouse, 'DC-LUH', 'Chemical plant Ludwigshafen', 'DELUH', 49.525, 8.418, berlin),
  place(warehouse, 'DC-MUT', 'Pharmaceuticals Muttenz', 'CHMUT', 47.532, 7.644, 'Europe/Zurich'),
];

export const places = [...seaTerminals, ...portsBefore, ...inlandTerminals, ...customers];
const byId = new Map(places.map((each) => [each.id, each]));
export const placeOf = (id) => {
  const found = byId.get(id);
  if (!found) throw new Error(`no place (${id})`);
  return found;
};

/** Great-circle kilometres (mean earth radius 6 371 km). */
export function kilometres(from, to) {
  const [a, b] = [placeOf(from).position, placeOf(to).position];
  const rad = Math.PI / 180;
  const half =
    Math.sin(((b.lat - a.lat) * rad) / 2) ** 2 +
    Math.cos(a.lat * rad) * Math.cos(b.lat * rad) * Math.sin(((b.lon - a.lon) * rad) / 2) ** 2;
  return 2 * 6371 * Math.asin(Math.sqrt(half));
}
/** Roads and railways are about a quarter longer than the great circle here. */
export const roadKilometres = (from, to) => 1.25 * kilometres(from, to);

/** The inland terminals from which a customer's containers are trucked, nearest first, as they are used in practice. */
export const gateways = {
  'RIPE-SKW': ['BEWLB-TCT', 'BEBRU-TTB', 'BEDEG-IWT'],
  'RIPE-VEN': ['NLVEN-TCT', 'DEDUI-D3T', 'NLNIJ-BCT'],
  'RIPE-RSE': ['BEWIK-RTW', 'BEAVL-AVCT', 'BEGNE-KLZ'],
  'RIPE-LGG': ['BELGG-TRI', 'BEGNK-HVG'],
  'RIPE-CGN': ['DECGN-CTS', 'DENSS-RHN'],
  'RIPE-BSL': ['CHBSL-CTB'],
  'PACK-STR': ['BEGNK-HVG', 'BELGG-TRI', 'BEMEH-WCT'],
  'PACK-BOG': ['BEGNK-HVG', 'BELGG-TRI'],
  'PACK-ALK': ['BEGNK-HVG', 'BEMEH-WCT'],
  'PACK-GLA': ['BEMEH-WCT', 'BEBRU-TTB', 'BEGNK-HVG'],
  'FRIES-IPR': ['BEWIK-RTW', 'BEAVL-AVCT'],
  'FRIES-WAR': ['BEWIK-RTW', 'BEAVL-AVCT', 'BEGNE-KLZ'],
  'FRIES-COM': ['BEWIK-RTW', 'BEAVL-AVCT'],
  'FRIES-PWZ': ['BEAVL-AVCT', 'BEBRU-TTB'],
  'FRIES-LML': ['BEMEH-WCT', 'BEGNK-HVG'],
  'DC-GEL': ['BEMEH-WCT', 'BEDEG-IWT'],
  'DC-TES': ['BEMEH-WCT', 'BEGNK-HVG'],
  'DC-VIL': ['BEBRU-TTB', 'BEWLB-TCT'],
  'DC-NIV': ['BEBRU-TTB', 'BEWLB-TCT', 'BEAVL-AVCT'],
  'DC-HRS': ['BELGG-TRI', 'BEGNK-HVG'],
  'DC-VEN': ['NLVEN-TCT', 'NLNIJ-BCT'],
  'DC-BON': ['NLBON-BTB', 'NLSTI-CTS', 'BEGNK-HVG'],
  'DC-KRE': ['DEDUI-D3T', 'DENSS-RHN'],
  'DC-LUH': ['DEMHG-MCT'],
  'DC-MUT': ['CHBSL-CTB'],
};
