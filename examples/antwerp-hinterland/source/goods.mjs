import { containerPool } from './identifiers.mjs';
import { customers, gateways, kilometres, placeOf } from './places.mjs';
import { stream } from './random.mjs';
import { END } from './time.mjs';

export const products = [
  {
    id: 'bananas',
    name: 'Bananas, green, Cavendish',
    valuePerUnit: 9500,
    shelfLife: 'P34D',
    setPoint: 13.3,
    q10: 2.8,
    tolerated: { min: 12.8, max: 15 },
    reefer: true,
    spoilagePerUnitHour: 3.2,
  },
  {
    id: 'pears',
    name: 'Pears, Conference, class I',
    valuePerUnit: 12500,
    shelfLife: 'P75D',
    setPoint: -0.5,
    q10: 2.5,
    tolerated: { min: -1.2, max: 4 },
    reefer: true,
    spoilagePerUnitHour: 1.4,
  },
  {
    id: 'fries',
    name: 'Frozen fries',
    valuePerUnit: 11000,
    shelfLife: 'P540D',
    setPoint: -20,
    q10: 2,
    tolerated: { max: -15 },
    reefer: true,
    spoilagePerUnitHour: 0.2,
  },
];

const setPointOf = Object.fromEntries(products.map((product) => [product.id, product.setPoint]));
const traders =
  'Noordzee Impex,Kempische Handel,Brabo Trading,Maasland Import,Condroz Négoce,Rijnland Handelskontor,Haspengouw Export,Leiestreek Foods,Zeeland Commodities,Ardenne Industries,Taunus Komponenten,Baselbiet Handel,Limburg Retail Group,Scheldt Chemicals,Ruhr Werkstoffe'.split(
    ',',
  );

const dryInland = [
  ['BEDEG-IWT', 5],
  ['BEMEH-WCT', 9],
  ['BEGNK-HVG', 9],
  ['BELGG-TRI', 9],
  ['BEGNE-KLZ', 6],
  ['BEAVL-AVCT', 6],
  ['BEWIK-RTW', 5],
  ['BEWLB-TCT', 4],
  ['BEBRU-TTB', 5],
  ['NLNIJ-BCT', 4],
  ['NLVEN-TCT', 5],
  ['NLBON-BTB', 3],
  ['NLSTI-CTS', 2],
  ['DEEMM-RHE', 3],
  ['DEDUI-D3T', 10],
  ['DENSS-RHN', 5],
  ['DECGN-CTS', 6],
  ['DEMHG-MCT', 6],
  ['CHBSL-CTB', 6],
  ['DC-GEL', 3],
  ['DC-TES', 3],
  ['DC-VIL', 3],
  ['DC-NIV', 2],
  ['DC-HRS', 3],
  ['DC-VEN', 4],
  ['DC-BON', 3],
  ['DC-KRE', 3],
  ['DC-LUH', 3],
  ['DC-MUT', 3],
];
const antwerp = [
  ['BEANR-1742', 5],
  ['BEANR-1700', 4],
  ['BEANR-913', 4],
  ['BEANR-869', 3],
];
const anySea = [...antwerp, ['BEZEE-CSP', 2], ['NLRTM-ECT', 2], ['NLRTM-RWG', 2], ['NLRTM-APM2', 1]];

/** Hours a plan by water needs from quay to customer, roughly: a part for waiting, a part for distance. */
const leadHours = (from, to) => 50 + kilometres(from, to) / 7;

/** Orders and lots. `known` is the hour at which the order is heard of; 0 and less is the book at the start. */
export function goods(vessels) {
  const random = stream('goods');
  const containers = containerPool(stream('containers'));
  const orders = [];
  const book = (prefix, order) => {
    const id = `${prefix}-${String(orders.filter((each) => each.id.startsWith(`${prefix}-`)).length + 1).padStart(3, '0')}`;
    orders.push({ id, ...order });
  };
  const each = (count, make) => Array.from({ length: count }, (_, index) => make(index));

  vessels.forEach((vessel) => each(random.whole(4, 6), () => book('IMP', importByVessel(vessel, random))));
  each(52, () => book('QAY', importFromQuay(random)));
  each(104, () => book('EXP', dryExport(random)));
  each(14, () => book('TRS', transshipment(random)));
  each(28, () => book('BAN', bananaBooking(random)));
  each(20, () => book('PEA', reeferExport('pears', random)));
  each(27, () => book('FRY', reeferExport('fries', random)));
  const lots = lotsOf(random);
  each(22, (index) => book('RIP', bananaOrder(index, random)));
  each(27, (index) => book('PRX', exportOrder('pears', index, random)));
  each(26, (index) => book('FRX', exportOrder('fries', index, random)));

  for (const order of orders) giveContainers(order, random, containers);
  for (const lot of lots) if (random.chance(0.8)) lot.equipment = numbers(lot.quantity / 2, 'reefer', containers);
  return { orders, lots, products };
}

const penalty = (random, low, high) => Math.round(random.between(low, high) / 50) * 50;

function terms(random, quantity, { available, due, slack, late, kind }) {
  return {
    customer: random.pick(traders),
    quantity,
    unitSize: kind === 'twenty' ? 1 : 2,
    available,
    due,
    latest: due + slack,
    latePerUnitHour: late,
    revenue: penalty(random, 380, 900),
    unservedPenalty: penalty(random, 2200, kind === 'reefer' ? 6000 : 4200),
  };
}

const dryTerms = (random, times) => {
  const kind = random.chance(0.45) ? 'twenty' : 'forty';
  const quantity = kind === 'twenty' ? random.whole(2, 10) : 2 * random.whole(1, 5);
  return terms(random, quantity, { ...times, kind, late: random.whole(3, 9) });
};
const reeferTerms = (random, product, quantity, times) => ({
  ...terms(random, quantity, { ...times, kind: 'reefer', late: random.whole(10, 22) }),
  reefer: true,
  setPoint: setPointOf[product],
});

/** Containers on a deep-sea vessel: they wait on board at the port before, and only that vessel brings them in time. */
function importByVessel(vessel, random) {
  const arrival = vessel.calls.at(-1);
  const to = random.weighted(dryInland.filter(([id]) => kilometres(arrival.location, id) < 520));
  const available = vessel.calls[0].arrives + 6;
  const due = arrival.arrives + leadHours(arrival.location, to) + random.between(15, 85);
  return {
    from: vessel.calls[0].location,
    to,
    ...dryTerms(random, { available, due, slack: 72 }),
    known: knownAt(available, random),
    vessel: vessel.id,
    flow: 'import',
  };
}

function importFromQuay(random) {
  const from = random.weighted(anySea);
  const to = random.weighted(dryInland);
  const available = random.between(-20, 305);
  const due = available + leadHours(from, to) + random.between(0, 80);
  return {
    from,
    to,
    ...dryTerms(random, { available, due, slack: 84 }),
    known: knownAt(available, random),
    flow: 'import',
  };
}

function dryExport(random) {
  const from = random.weighted(dryInland);
  const to = random.weighted(anySea);
  const available = random.between(-8, 315);
  const due = available + leadHours(from, to) + random.between(0, 90);
  return {
    from,
    to,
    ...dryTerms(random, { available, due, slack: 30 }),
    known: knownAt(available, random),
    flow: 'export',
  };
}

/** From one seaport to another: the vessel called at the one, the next leaves from the other. */
function transshipment(random) {
  const [from, to] = random.pick([
    ['NLRTM-RWG', 'BEANR-1742'],
    ['NLRTM-ECT', 'BEANR-913'],
    ['BEZEE-CSP', 'BEANR-1742'],
    ['BEANR-1700', 'NLRTM-ECT'],
    ['BEANR-869', 'NLRTM-RWG'],
    ['BEANR-913', 'BEANR-1742'],
    ['BEANR-1700', 'BEANR-869'],
    ['NLRTM-APM2', 'BEANR-1700'],
  ]);
  const available = random.between(0, 300);
  const due = available + 66 + random.between(0, 70);
  return {
    from,
    to,
    ...dryTerms(random, { available, due, slack: 24 }),
    known: knownAt(available, random),
    flow: 'transshipment',
  };
}

const ripening = [
  ['RIPE-SKW', 5],
  ['RIPE-VEN', 4],
  ['RIPE-RSE', 3],
  ['RIPE-LGG', 3],
  ['RIPE-CGN', 3],
  ['RIPE-BSL', 2],
];
const bananaQuays = [
  ['BEANR-BNFW', 5],
  ['BEZEE-BNFW', 2],
  ['BEZEE-CSP', 3],
  ['NLRTM-KRC', 3],
  ['BEANR-1742', 2],
];

function bananaBooking(random) {
  const from = random.weighted(bananaQuays);
  const to = random.weighted(ripening);
  const available = random.between(-6, 305);
  const due = available + 0.62 * leadHours(from, to) + random.between(0, 30);
  const quantity = 2 * random.whole(1, 4);
  return {
    from,
    to,
    ...reeferTerms(random, 'bananas', quantity, { available, due, slack: 48 }),
    spoilagePerUnitHour: 3.2,
    known: knownAt(available, random),
    flow: 'import',
  };
}

const packHouses = customers.filter((each) => each.id.startsWith('PACK-')).map((each) => each.id);
const factories = customers.filter((each) => each.id.startsWith('FRIES-')).map((each) => each.id);
const makers = { pears: packHouses, fries: factories };
const spoilage = { pears: 1.4, fries: 0.2 };

function reeferExport(product, random) {
  const from = random.pick(makers[product]);
  const to = random.weighted(antwerp);
  const available = random.between(-4, 312);
  const due = available + leadHours(from, to) + random.between(-10, 60);
  return {
    from,
    to,
    ...reeferTerms(random, product, 2 * random.whole(1, 5), { available, due, slack: 24 }),
    spoilagePerUnitHour: spoilage[product],
    known: knownAt(available, random),
    flow: 'export',
  };
}

/** Bananas are ordered by ripening rooms and cut, packed and shipped long before; any lot with enough life left will do. */
function bananaOrder(index, random) {
  // Three orders of one ripening room near Zeebrugge want what lies there when the power fails.
  const ofTheStory = index > 6 && index < 10;
  const drawn = random.weighted(ripening);
  const to = ofTheStory ? 'RIPE-RSE' : drawn;
  const available = 14 * index + random.between(0, 12);
  const due = available + 66 + kilometres('BEANR-BNFW', to) / 8 + random.between(0, 24);
  return {
    product: 'bananas',
    to,
    ...reeferTerms(random, 'bananas', 2 * random.whole(2, 5), { available, due, slack: 40 }),
    minShelfLife: `P${ofTheStory ? 10 : random.pick([9, 10, 11])}D`,
    spoilagePerUnitHour: 3.2,
    known: index < 12 ? 0 : available - random.between(20, 60),
    flow: 'import',
  };
}

function exportOrder(product, index, random) {
  const to = random.weighted([...antwerp, ['BEZEE-CSP', 2]]);
  const available = 11.7 * index + random.between(0, 14);
  const due = available + 92 + random.between(0, 50);
  return {
    product,
    to,
    ...reeferTerms(random, product, 2 * random.whole(1, 4), { available, due, slack: 24 }),
    minShelfLife: product === 'pears' ? 'P40D' : 'P365D',
    spoilagePerUnitHour: spoilage[product],
    known: index < 15 ? 0 : available - random.between(24, 70),
    flow: 'export',
  };
}

/** Three orders of four are in the book at the start; of the others we hear one to three days before they are ready. */
const knownAt = (available, random) =>
  available < 40 || random.chance(0.48) ? 0 : Math.max(3, available - random.between(24, 72));

function lotsOf(random) {
  const bananas = [
    ['BEANR-BNFW', -10],
    ['BEZEE-BNFW', 8],
    ['BEANR-BNFW', 52],
    ['NLRTM-KRC', 70],
    ['BEZEE-BNFW', 152],
    ['BEANR-BNFW', 130],
    ['NLRTM-KRC', 186],
    ['BEZEE-BNFW', 224],
    ['BEANR-BNFW', 232],
    ['BEANR-BNFW', 262],
    ['BEZEE-BNFW', 292],
  ].map(([location, available], index) => {
    const produced = available - 24 * (17 + random.whole(0, 2));
    // The fifth was cut late in its season: what a power cut takes from it, its orders will miss.
    const life = index === 4 ? available + 258 - produced : 24 * (34 - random.whole(0, 1));
    return lot('BANANA', index, {
      product: 'bananas',
      location,
      available,
      produced,
      expires: produced + life,
      quantity: 2 * random.whole(5, 8) + (index > 7 ? 14 : 0),
      unitCost: random.whole(300, 420) - (index === 4 ? 90 : 0),
    });
  });
  const packed = (prefix, product, every, life, cost) =>
    Array.from({ length: 13 }, (_, index) => {
      const available = every * index - 6 + random.between(0, 8);
      const produced = available - random.between(20, 90);
      const [low, high] = cost;
      const location = makers[product][index % makers[product].length];
      return lot(prefix, index, {
        product,
        location,
        available,
        produced,
        expires: produced + 24 * life,
        quantity: 2 * random.whole(4, 9),
        unitCost: random.whole(low, high),
      });
    });
  return [...bananas, ...packed('PEAR', 'pears', 23, 75, [420, 560]), ...packed('FRIES', 'fries', 23, 540, [260, 340])];
}

const lot = (prefix, index, rest) => ({ id: `LOT-${prefix}-${String(index + 1).padStart(2, '0')}`, ...rest });

function giveContainers(order, random, containers) {
  const tracked =
    order.product === undefined && (order.vessel || order.reefer ? random.chance(0.95) : random.chance(0.6));
  if (!tracked || order.known > END) return;
  order.equipment = numbers(order.quantity / order.unitSize, order.reefer ? 'reefer' : 'dry', containers);
}

const numbers = (count, kind, containers) => Array.from({ length: count }, () => containers(kind));

/** Goods that leave a customer's yard are trucked first; at terminals they are gated in. */
export const startsAtTerminal = (order) =>
  order.from !== undefined && gateways[order.from] === undefined && placeOf(order.from).kind === 'inland-terminal';
