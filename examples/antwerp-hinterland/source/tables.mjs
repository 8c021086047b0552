import { callReference } from './dcsa.mjs';
import { instant } from './time.mjs';

const moment = (hours) => (hours === undefined ? undefined : instant(hours));
const list = (values) => values?.join(';');

export const orderRow = (order) => ({
  ...order,
  available: moment(order.available),
  due: moment(order.due),
  latest: moment(order.latest),
  equipment: list(order.equipment),
});

export const lotRow = (lot) => ({
  ...lot,
  available: moment(lot.available),
  produced: moment(lot.produced),
  expires: moment(lot.expires),
  equipment: list(lot.equipment),
});

/** One row a call; what a row says of capacity, cost and emissions is of the leg that leaves there. */
export const serviceRows = (run) =>
  run.calls.map((call, index) => ({
    service: run.id,
    mode: run.mode,
    operator: run.operator,
    vessel: run.vessel,
    imo: run.imo,
    voyage: run.voyage,
    call: callReference(run, index),
    location: call.location,
    arrives: moment(call.arrives),
    departs: moment(call.departs),
    ...leg(run.legs[index]),
  }));

const leg = (terms) =>
  terms && { capacity: terms.capacity, cost: terms.cost, co2eKg: terms.co2eKg, reeferPlugs: terms.reeferPlugs };
