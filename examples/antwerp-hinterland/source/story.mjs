// What goes wrong in these two weeks, told as messages. README.md tells it in words.
import { cloudEvent } from './cloudevents.mjs';
import { csv, orderColumns } from './csv.mjs';
import { doorEvent, reeferEvent } from './dcsa.mjs';
import { stream } from './random.mjs';
import { orderRow } from './tables.mjs';
import { DAY, END, instant, on } from './time.mjs';

const CONTROL = '/portolan/control-room';

/** Day 2: a deep-sea vessel is late by 8 hours, then by 18. By run id: [told, hours late, reason, remark]. */
export const slipsOf = (vessels) => {
  const run = vessels.find((each) => each.vessel === 'Orient Lindesnes');
  return {
    [run.id]: [
      [on(2, 11), 8, 'WEA', 'Heavy weather in the Channel, speed reduced'],
      [on(2, 19.5), 18, 'PIL', 'Engine repair at anchor off Steenbank, pilot re-booked'],
    ],
  };
};

const STRIKE = { quay: 'BEANR-1742', told: on(3, 6.5), from: on(4, 7), to: on(5, 19), over: on(5, 16.5) };

/** Days 4 and 5: a strike at the left bank, told a day before, over two and a half hours early; closings move. */
function strike(orders) {
  const closure = 'STRIKE-1742';
  const { quay, told, from, to, over } = STRIKE;
  const data = {
    closure,
    location: quay,
    from: instant(from),
    to: instant(to),
    reason: 'Strike of straddle carrier drivers, announced by the union',
  };
  const moved = orders.filter((order) => closesInStrike(order) && order.known < told).map(extended);
  return [
    cloud(told, 'location.closed', { id: `${closure}@1`, source: CONTROL, subject: quay, data }),
    ...(moved.length ? [ordersMessage(told + 4.4, moved)] : []),
    cloud(over, 'location.reopened', {
      id: `${closure}@2`,
      source: CONTROL,
      subject: quay,
      data: { closure, location: quay },
    }),
  ];
}

/** Exports whose closing the strike moves. */
const closesInStrike = (order) => order.to === STRIKE.quay && order.due > STRIKE.from - 8 && order.due < STRIKE.to + 24;
const extended = (order) => ({ ...order, due: order.due + 36, latest: order.latest + 36 });

/** Day 6: a barge on the Albert Canal is overbooked and takes half of what was promised. */
const fullBarge = (runs) =>
  [
    [
      runs.find((run) => run.line === 'ALBERT-B' && run.calls[0].departs > on(6, 12)),
      on(6, 8.2),
      'Overbooked: other shippers came with more than they had said',
    ],
    [
      runs.find((run) => run.line === 'ALBERT-A' && run.calls[0].departs > on(7, 12)),
      on(7, 18),
      'Smaller barge on duty, the other is in dock',
    ],
  ].map(([run, told, reason]) =>
    cloud(told, 'capacity.changed', {
      id: `${run.id}-capacity@1`,
      source: '/barge/kempen',
      subject: run.id,
      data: { service: run.id, factor: 0.5, reason },
    }),
  );

/** The night to day 7: a power cut on the reefer stacks of Zeebrugge. A lot of bananas on the quay warms up for sixteen hours. */
function warmReefers(lots, orders) {
  const lot = lots.find((each) => each.id === 'LOT-BANANA-05');
  const began = on(6, 19);
  const boxes = [...lot.equipment.slice(0, 3), ...bookedAt(orders, lot.location, began)];
  const random = stream('warm reefer');
  return boxes.flatMap((container) => [
    sensor(began + 0.3, container, lot.location, { temperature: 13.6, power: 'off' }),
    ...Array.from({ length: 22 }, (_, hour) =>
      reading(container, lot.location, began + 1 + hour, warmth(hour), random),
    ),
    sensor(began + 16.6, container, lot.location, { temperature: warmth(16), power: 'on' }),
  ]);
}

const warmth = (hour) =>
  Math.round((13.5 + (hour < 16 ? 0.8 * (hour + 1) : Math.max(0, 12.8 - 2.4 * (hour - 15)))) * 10) / 10;
const bookedAt = (orders, location, at) =>
  orders
    .filter(
      (order) => order.from === location && order.equipment && order.reefer && Math.abs(order.available - at) < 16,
    )
    .flatMap((order) => order.equipment.slice(0, 1));

const sensor = (at, container, location, more) =>
  cloud(at, 'sensor.read', {
    id: `${container}/${instant(at)}`,
    source: '/reefers/zeebrugge',
    subject: container,
    data: { equipment: container, at: instant(at), place: { location }, setPoint: 13.3, ...more },
  });

function reading(container, location, at, warm, random) {
  const probes = [0, 1, 2].map(() => Math.round((warm + random.between(-0.3, 0.3)) * 10) / 10);
  const facts = {
    at,
    updated: at + 0.1,
    setPoint: 13.3,
    probes,
    ambient: Math.round(random.between(4, 9) * 10) / 10,
    location,
  };
  return { at: at + 0.1, format: 'dcsa-tnt-3', body: reeferEvent(container, facts) };
}

/** Day 9: low water at Kaub and Ruhrort. Barges on the Rhine load 40 % less until further notice. */
function lowWater(runs) {
  const told = on(9, 6.4);
  return runs
    .filter((run) => run.rhine && run.calls[0].departs > told + 3)
    .map((run, index) =>
      cloud(told + index / 60, 'capacity.changed', {
        id: `${run.id}-low-water@1`,
        source: '/waterways/rhine',
        subject: run.id,
        data: { service: run.id, factor: 0.6, reason: 'Low water: 78 cm at Kaub, draught reduced' },
      }),
    );
}

/** Day 10: the evening train to Duisburg does not run. */
function cancelledTrain(runs) {
  const run = runs.find(
    (each) => each.line === 'RAIL-DUI' && each.calls[0].location === 'BEANR-1700' && each.calls[0].departs > on(10, 12),
  );
  const data = { service: run.id, reason: 'No locomotive: failure at Aachen West' };
  return [
    cloud(on(10, 9.2), 'service.cancelled', {
      id: `${run.id}-cancelled`,
      source: '/rail/scheldt',
      subject: run.id,
      data,
    }),
  ];
}

/** Day 11: a lot of pears fails its residue check. */
function withdrawnLot(lots) {
  const lot = lots.filter((each) => each.product === 'pears' && each.available > on(11, 12))[0];
  const data = { lot: lot.id, reason: 'Residue above the limit of the country of destination' };
  return [
    cloud(on(11, 9.7), 'lot.withdrawn', { id: `${lot.id}-withdrawn`, source: '/quality', subject: lot.id, data }),
  ];
}

/** Customs holds on imports for a day or two, and two orders that customers take back. */
function holdsAndCancellations(orders) {
  const random = stream('holds');
  const held = orders
    .filter((order) => order.id.startsWith('QAY') && order.available > 30)
    .filter((_, index) => index % 7 === 3);
  const holds = held.slice(0, 4).flatMap((order) => {
    const at = Math.max(order.available, order.known + 1) - random.between(0.2, 0.9);
    const release = at + random.between(20, 40);
    const milestone = (name, moment, more = {}) =>
      cloud(moment, 'milestone.reached', {
        id: `${order.id}-${name}`,
        source: '/customs/be',
        subject: order.id,
        data: { milestone: name, classifier: 'actual', at: instant(moment), order: order.id, ...more },
      });
    return [
      milestone('held', at, {
        reason: 'Documents are being checked',
        expectedRelease: instant(release + random.between(-4, 2)),
      }),
      milestone('released', release),
    ];
  });
  const cancelled = orders
    .filter((order) => order.id.startsWith('EXP') && order.available > 120 && order.known <= 0)
    .slice(4, 6);
  return [
    ...holds,
    ...cancelled.map((order, index) =>
      cloud(order.available - 30 - 5 * index, 'order.cancelled', {
        id: `${order.id}-cancelled`,
        source: '/erp',
        subject: order.id,
        data: { order: order.id, reason: 'Cancelled by the customer' },
      }),
    ),
  ];
}

const cloud = (at, type, event) => ({ at, format: 'cloudevents', body: cloudEvent(type, { ...event, time: at }) });
const ordersMessage = (at, orders) => ({ at, format: 'csv-orders', body: csv(orderColumns, orders.map(orderRow)) });

/** Orders that come in while the log runs, up to three in one message. */
function lateOrders(orders) {
  const late = orders
    .filter((order) => order.known > 0.5 && order.known < END - 4)
    .map((order) =>
      order.known > STRIKE.told && order.known < STRIKE.to && closesInStrike(order) ? extended(order) : order,
    )
    .sort((a, b) => a.known - b.known);
  const messages = [];
  for (const order of late) {
    const open = messages.at(-1);
    if (open && order.known - open.first < 2.5 && open.orders.length < 3) open.orders.push(order);
    else messages.push({ first: order.known, orders: [order] });
  }
  return messages.map((each) => ordersMessage(each.orders.at(-1).known, each.orders));
}

/** Reefers report twice a day that all is well; once a door is opened for an inspection. */
function routineReadings(orders) {
  const random = stream('readings');
  const tracked = orders.filter((order) => order.reefer && order.equipment && order.from);
  return tracked.flatMap((order, index) => {
    const container = order.equipment[0];
    const from = Math.max(order.available, order.known, 0) + random.between(0.5, 6);
    const readings = [0, 1, 2].map((half) => {
      const at = from + 12 * half;
      const probes = [0, 1].map(() => Math.round((order.setPoint + random.between(-0.4, 0.3)) * 10) / 10);
      const facts = {
        at,
        updated: at + 0.05,
        setPoint: order.setPoint,
        probes,
        ambient: Math.round(random.between(2, 12) * 10) / 10,
      };
      return { at: at + 0.05, format: 'dcsa-tnt-3', body: reeferEvent(container, facts) };
    });
    const door = (at, code) => ({
      at: at + 0.05,
      format: 'dcsa-tnt-3',
      body: doorEvent(container, { at, updated: at + 0.05, code, location: order.from }),
    });
    return index % 16 === 5 ? [...readings, door(from + 1, 'DRO'), door(from + 1.4, 'DRC')] : readings;
  });
}

const ticks = () =>
  Array.from({ length: END - 1 }, (_, index) =>
    cloud(index + 1, 'clock.ticked', {
      id: `tick/${instant(index + 1)}`,
      source: '/clock',
      data: { now: instant(index + 1) },
    }),
  );

export function story({ runs, orders, lots }) {
  return [
    ...lateOrders(orders),
    ...strike(orders),
    ...fullBarge(runs),
    ...warmReefers(lots, orders),
    ...lowWater(runs),
    ...cancelledTrain(runs),
    ...withdrawnLot(lots),
    ...holdsAndCancellations(orders),
    ...routineReadings(orders),
    ...ticks(),
  ].filter((each) => each.at > 0.05 && each.at < 14 * DAY);
}

/** As networks do: some messages come twice, hours apart; one estimate was of another barge and is taken back. */
export function twice(messages) {
  const random = stream('twice');
  const dcsa = messages.filter((each) => each.format === 'dcsa-tnt-3');
  const again = Array.from({ length: 12 }, () => random.pick(dcsa)).map((each) => ({
    ...each,
    at: each.at + random.between(0.2, 5),
  }));
  const wrong = dcsa.find((each) => each.at > 100 && each.body.eventClassification?.eventClassifierCode === 'EST');
  const taken = { ...wrong.body, isRetracted: true, eventUpdatedDateTime: instant(wrong.at + 0.5) };
  return [...again, { ...wrong, at: wrong.at + 0.5, body: taken }].filter((each) => each.at < END);
}
