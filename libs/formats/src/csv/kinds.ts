import {
  type CellReader,
  amount,
  boolean,
  duration,
  instant,
  number,
  numbers,
  oneOf,
  quantity,
  references,
  revision,
  text,
} from './cells.js';

export interface Column {
  readonly read: CellReader;
  /** The table must have it; with `cell`, in every row. */
  readonly required?: 'column' | 'cell';
}

export type Columns = Readonly<Record<string, Column>>;
export type Kind = 'orders' | 'lots' | 'services';

const required = (read: CellReader): Column => ({ read, required: 'cell' });
const optional = (read: CellReader): Column => ({ read });

/** The columns of each table: see docs/formats-tables.md. Names are those of the events' data. */
export const kinds: Readonly<Record<Kind, Columns>> = {
  orders: {
    id: required(text()),
    customer: optional(text()),
    from: optional(text()),
    product: optional(text()),
    to: required(text()),
    quantity: required(quantity),
    unitSize: optional(quantity),
    available: optional(instant),
    due: optional(instant),
    latest: optional(instant),
    latePerUnitHour: optional(amount),
    revenue: optional(amount),
    unservedPenalty: optional(amount),
    minShelfLife: optional(duration),
    reefer: optional(boolean),
    setPoint: optional(number),
    spoilagePerUnitHour: optional(amount),
    equipment: optional(numbers),
    references: optional(references),
    revision: optional(revision),
  },
  lots: {
    id: required(text()),
    product: required(text()),
    location: required(text()),
    quantity: required(quantity),
    available: required(instant),
    produced: optional(instant),
    expires: optional(instant),
    unitCost: optional(amount),
    equipment: optional(numbers),
    revision: optional(revision),
  },
  services: {
    service: required(text()),
    // On one row of a service at least.
    mode: { read: oneOf('vessel', 'barge', 'rail', 'truck', 'air', 'other'), required: 'column' },
    operator: optional(text()),
    name: optional(text()),
    vessel: optional(text(100)),
    imo: optional(text(12)),
    mmsi: optional(text(9)),
    voyage: optional(text(50)),
    call: optional(text(100)),
    location: optional(text()),
    arrives: optional(instant),
    departs: optional(instant),
    from: optional(text()),
    to: optional(text()),
    duration: optional(duration),
    capacity: optional(amount),
    cost: optional(amount),
    co2eKg: optional(amount),
    reeferPlugs: optional(amount),
    spoilageFactor: optional(amount),
    revision: optional(revision),
  },
};
