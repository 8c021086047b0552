import { type PlanDocument, type Problem, type ProblemDocument, parseProblem } from '@portolan/domain';
import { solve } from '../solve.js';

/** An instant, hours after the start of the examples. */
export const at = (hours: number): string =>
  new Date(Date.UTC(2026, 2, 2) + hours * 3_600_000).toISOString().replace('.000Z', 'Z');

export type Change = (document: ProblemDocument) => void;

export async function planned(
  document: ProblemDocument,
  ...changes: Change[]
): Promise<{ problem: Problem; plan: PlanDocument }> {
  for (const change of changes) change(document);
  const parsed = parseProblem(document);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
  return { problem: parsed.problem, plan: await solve(parsed.problem) };
}

/** Four units at A since hour 0, for B: a barge of 10 at 40 a unit, hours 10-20; a train at 70, hours 30-34. */
export const direct = (): ProblemDocument => ({
  format: 'portolan.problem/1',
  locations: [{ id: 'A' }, { id: 'B' }],
  services: [
    {
      id: 'BARGE',
      mode: 'barge',
      legs: [{ id: '1', from: 'A', to: 'B', departs: at(10), arrives: at(20), capacity: 10, cost: 40, co2eKg: 6 }],
    },
    {
      id: 'RAIL',
      mode: 'rail',
      legs: [{ id: '1', from: 'A', to: 'B', departs: at(30), arrives: at(34), capacity: 99, cost: 70, co2eKg: 4 }],
    },
  ],
  demands: [{ id: 'D', from: 'A', to: 'B', quantity: 4, available: at(0), unservedPenalty: 500 }],
});

/** Twelve more units that are too late by train: two of them go by truck at 100, so a place on the barge is worth 60. D cannot take the truck: A is closed when it is ready. */
export const crowded: Change = ({ locations, services, demands }) => {
  locations[0]!.closures = [{ from: at(5), to: at(6) }];
  services.push({ id: 'TRUCK', mode: 'truck', onDemand: { from: 'A', to: 'B', duration: 'PT3H', cost: 100 } });
  demands[0]!.available = at(5);
  demands.push({ id: 'E', from: 'A', to: 'B', quantity: 12, available: at(0), latest: at(20) });
};

/** Two lots of nine at A, at 5 and 20 a unit. E needs the first and stays short of three units at 300 each. */
export const scarceLot: Change = (document) => {
  const lot = { product: 'pear', location: 'A', quantity: 9, available: at(0) };
  document.supplies = [
    { id: 'LOT1', ...lot, unitCost: 5 },
    { id: 'LOT2', ...lot, unitCost: 20, expires: at(40) },
  ];
  document.services[0]!.legs![0]!.capacity = 99;
  document.demands = [
    { id: 'D', product: 'pear', to: 'B', quantity: 4, unservedPenalty: 500 },
    { id: 'E', product: 'pear', to: 'B', quantity: 12, minShelfLife: 'P9D', unservedPenalty: 300 },
  ];
};

/** Four units of a lot at A, by barge to B and by truck to C, with a cost of every kind: stored, spoiling, late. */
export const perishable = (): ProblemDocument => ({
  format: 'portolan.problem/1',
  parameters: { co2PricePerTonne: 100 },
  locations: [
    { id: 'A', handling: { load: 3 }, storage: { costPerUnitDay: 12 } },
    { id: 'B', handling: { transfer: 5 }, handlingTime: { transfer: 'PT2H' } },
    { id: 'C', handling: { unload: 2 }, handlingTime: { unload: 'PT1H' } },
  ],
  services: [
    {
      id: 'BARGE',
      mode: 'barge',
      legs: [{ id: '1', from: 'A', to: 'B', departs: at(10), arrives: at(20), capacity: 9, cost: 40, co2eKg: 60 }],
    },
    { id: 'TRUCK', mode: 'truck', onDemand: { from: 'B', to: 'C', duration: 'PT3H', cost: 1230, co2eKg: 20 } },
  ],
  supplies: [{ id: 'LOT', product: 'pear', location: 'A', quantity: 9, available: at(0), unitCost: 17 }],
  demands: [
    {
      id: 'D',
      product: 'pear',
      to: 'C',
      quantity: 4,
      due: at(24),
      latePerUnitHour: 2.5,
      spoilagePerUnitHour: 0.5,
      revenue: 150,
    },
  ],
});

/** Eight units from A to B by rotations: six directly, the others by way of C, where changing to the feeder costs 5. */
export const rotations = (): ProblemDocument => ({
  format: 'portolan.problem/1',
  locations: [
    { id: 'A', handling: { load: 1 } },
    { id: 'B', handling: { unload: 2 } },
    { id: 'C', handling: { transfer: 5 } },
  ],
  services: [
    { id: 'SHORT', mode: 'vessel', rotation: ['A', 'B'], capacity: 6 },
    { id: 'LONG', mode: 'vessel', rotation: ['A', 'C', 'B'], capacity: 20 },
    { id: 'FEEDER', mode: 'vessel', rotation: ['C', 'B'], capacity: 20 },
  ],
  demands: [{ id: 'D', from: 'A', to: 'B', quantity: 8 }],
});

/** The legs of an itinerary in short: `BARGE/1 VAN`. */
export const routeOf = (legs: readonly { service: string; leg?: string | undefined }[]): string =>
  legs.map(({ service, leg }) => (leg === undefined ? service : `${service}/${leg}`)).join(' ');

/** Four units at A, for C by way of B, where a transfer costs 5: BARGE 10-20 and on 24-30 at 10 each, RAIL 26-28 at 40, TRUCK 3 h at 50, VAN 2 h at 60. */
export const chain = (): ProblemDocument => ({
  format: 'portolan.problem/1',
  locations: [{ id: 'A' }, { id: 'B', handling: { transfer: 5 } }, { id: 'C' }],
  services: [
    {
      id: 'BARGE',
      legs: [
        { id: '1', from: 'A', to: 'B', departs: at(10), arrives: at(20), capacity: 20, cost: 10 },
        { id: '2', from: 'B', to: 'C', departs: at(24), arrives: at(30), capacity: 5, cost: 10 },
      ],
    },
    {
      id: 'RAIL',
      legs: [{ id: '1', from: 'B', to: 'C', departs: at(26), arrives: at(28), capacity: 20, cost: 40 }],
    },
    { id: 'TRUCK', onDemand: { from: 'A', to: 'B', duration: 'PT3H', cost: 50 } },
    { id: 'VAN', onDemand: { from: 'B', to: 'C', duration: 'PT2H', cost: 60 } },
  ],
  demands: [{ id: 'D', from: 'A', to: 'C', quantity: 4, available: at(0), unservedPenalty: 500 }],
});

/** D comes from one of two lots at A, of which the first is the cheaper one. */
export const twoLots: Change = (document) => {
  const lot = { product: 'pear', location: 'A', quantity: 9, available: at(0) };
  document.supplies = [
    { id: 'LOT1', ...lot, unitCost: 5 },
    { id: 'LOT2', ...lot, unitCost: 20 },
  ];
  const { to, quantity } = document.demands[0]!;
  document.demands = [{ id: 'D', product: 'pear', to, quantity, unservedPenalty: 500 }];
};
