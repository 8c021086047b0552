import type { PlanDocument, Recommendation, RejectionDetail, ShipmentView } from '@portolan/domain';
import { type ShipmentExplanation, inLanguage } from '../shipments/explanation.js';
import type { RunView } from '../what-if/view.js';

const parts = { handling: 30, storage: 0, spoilage: 0, supply: 0, revenue: 0 };

const byBarge = {
  quantity: 2,
  legs: [
    {
      service: 'BARGE-0412',
      leg: '1',
      mode: 'barge',
      from: 'BEANR-LB',
      to: 'BELGG',
      departs: '2026-03-05T18:00:00Z',
      arrives: '2026-03-06T22:00:00Z',
    },
  ],
  unitCost: 270,
  cost: 540,
  parts: { ...parts, transport: 80, lateness: 150, emissions: 10 },
  co2eKg: 180,
  hours: 40,
  delivered: '2026-03-06T23:00:00Z',
};

const byRail = {
  quantity: 2,
  legs: [
    {
      service: 'RAIL-77',
      leg: '1',
      mode: 'rail',
      from: 'BEANR-LB',
      to: 'BELGG',
      departs: '2026-03-05T14:00:00Z',
      arrives: '2026-03-05T20:00:00Z',
    },
  ],
  unitCost: 145,
  cost: 290,
  parts: { ...parts, transport: 110, lateness: 0, emissions: 5 },
  co2eKg: 90,
  hours: 14,
  delivered: '2026-03-05T21:00:00Z',
};

export const recommendationExample: Recommendation = {
  id: 'rec-5d1f0c3a9be24716',
  cell: 'antwerp-hinterland',
  kind: 'reroute',
  status: 'open',
  summary:
    'Reroute ORDER-17 (2 TEU, BEANR-LB to BELGG) from BARGE-0412/1 to RAIL-77/1: saves EUR 250, 26.0 h earlier, 90 kg CO2e less; decide by 2026-03-05T12:00:00Z',
  changes: [
    {
      shipment: 'ORDER-17',
      order: 'ORDER-17',
      quantity: 2,
      from: 'BEANR-LB',
      to: 'BELGG',
      due: '2026-03-06T08:00:00Z',
      inForce: [byBarge],
      baseline: 'kept',
      proposed: [byRail],
      assignments: [{ quantity: 2, itinerary: [{ service: 'RAIL-77', leg: '1' }] }],
      saving: { amount: 250, hours: 26, co2eKg: 90 },
      alternatives: [
        {
          legs: [
            {
              service: 'TRUCK-ANR-LGG',
              mode: 'truck',
              from: 'BEANR-LB',
              to: 'BELGG',
              departs: '2026-03-05T09:00:00Z',
              arrives: '2026-03-05T12:00:00Z',
            },
          ],
          costsMore: 85,
          delivered: '2026-03-05T13:00:00Z',
          co2eKg: 140,
          because: 'Transport: €95.00 more. Emissions: €2.50 more. In other respects it saves €12.50.',
        },
      ],
    },
  ],
  lots: [],
  saving: { amount: 250, currency: 'EUR', hours: 26, co2eKg: 90 },
  decideBy: '2026-03-05T12:00:00Z',
  decideByStep: { service: 'RAIL-77', leg: '1' },
  causes: [
    {
      id: 'pronto/BARGE-0412/2/2026-03-05T06:10Z',
      type: 'org.portolan.transport.called',
      subject: 'BARGE-0412',
      time: '2026-03-05T06:10:00Z',
      position: 1041,
      summary: 'BARGE-0412 estimated to leave BEANR-LB at 2026-03-05T18:00:00Z, 10 h later than planned',
    },
  ],
  binding: [{ service: 'RAIL-77', leg: '1', resource: 'capacity', used: 40, capacity: 40, shadowPrice: -12.5 }],
  plan: { version: 37, position: 1041 },
  createdAt: '2026-03-05T06:10:00Z',
  updatedAt: '2026-03-05T06:10:00Z',
};

export const shipmentExample: ShipmentView = {
  id: 'ORDER-17',
  order: 'ORDER-17',
  customer: 'ACME',
  status: 'planned',
  reefer: false,
  quantity: 2,
  unit: 'TEU',
  from: 'BEANR-LB',
  to: 'BELGG',
  available: '2026-03-05T07:00:00Z',
  due: '2026-03-06T08:00:00Z',
  equipment: ['MSCU1234566'],
  whereabouts: 'at BEANR-LB since 2026-03-05T07:00:00Z',
  inForce: [byBarge],
  planned: [byRail],
  cost: { amount: 290, currency: 'EUR' },
  co2eKg: 90,
  risk: ['late: delivered 2026-03-06T23:00:00Z, due 2026-03-06T08:00:00Z'],
  timeline: [
    { what: 'discharged', location: 'BEANR-LB', transport: 'IMO9321483', actual: '2026-03-05T05:30:00Z' },
    {
      what: 'departure',
      location: 'BEANR-LB',
      transport: 'BARGE-0412',
      planned: '2026-03-05T08:00:00Z',
      estimated: '2026-03-05T18:00:00Z',
    },
  ],
};

const { quantity: _quantity, cost: _cost, hours: _hours, ...railItinerary } = byRail;
const railIsFull = {
  resource: 'capacity',
  service: 'RAIL-77',
  leg: '1',
  mode: 'rail',
  used: 40,
  capacity: 40,
  shadowPrice: -12.5,
  range: { from: 38, to: 46 },
} as const;

export const explanationExample: ShipmentExplanation = inLanguage(
  {
    plan: { version: 37, position: 1041, now: '2026-03-05T06:10:00Z' },
    explanation: {
      kind: 'demand',
      network: 'timed',
      currency: 'EUR',
      unit: 'TEU',
      demand: 'ORDER-17',
      marginalCost: 157.5,
      flows: [{ ...railItinerary, quantity: 2, co2eKg: 45, binding: [railIsFull] }],
      nextBest: [
        {
          legs: recommendationExample.changes[0]!.alternatives[0]!.legs,
          unitCost: 242.5,
          parts: { ...parts, transport: 205, lateness: 0, emissions: 7.5 },
          co2eKg: 140,
          delivered: '2026-03-05T13:00:00Z',
          binding: [],
          costsMore: 85,
          because: [
            { kind: 'dearer', part: 'transport', by: 95 },
            { kind: 'dearer', part: 'emissions', by: 2.5 },
          ],
          saves: 12.5,
        },
      ],
      comparedWith: 'planned',
    },
  },
  'en',
);

export const planExample: PlanDocument = {
  format: 'portolan.plan/1',
  problem: 'antwerp-hinterland',
  status: 'optimal',
  objective: {
    total: 290,
    transport: 220,
    handling: 60,
    storage: 0,
    lateness: 0,
    spoilage: 0,
    emissions: 10,
    supply: 0,
    unserved: 0,
    changes: 0,
    revenue: 0,
  },
  certificate: { dualBound: 290, gap: 0, primalInfeasibility: 0, dualInfeasibility: 0 },
  flows: [
    {
      demand: 'ORDER-17',
      quantity: 2,
      unitCost: 145,
      co2eKg: 45,
      delivered: '2026-03-05T21:00:00Z',
      legs: byRail.legs.map(({ mode: _mode, ...leg }) => leg),
    },
  ],
  unserved: [],
  prices: {
    legs: [{ service: 'RAIL-77', leg: '1', resource: 'capacity', used: 40, capacity: 40, shadowPrice: -12.5 }],
    supplies: [],
    demands: [{ demand: 'ORDER-17', marginalCost: 157.5 }],
  },
  statistics: { columns: 412, rows: 230, rounds: 4, milliseconds: 18, engine: 'simplex', warm: true },
};

export const eventExample = {
  specversion: '1.0',
  id: 'tms/ORDER-17/1',
  source: '/tms',
  type: 'org.portolan.order.placed',
  subject: 'ORDER-17',
  time: '2026-03-04T09:00:00Z',
  data: {
    id: 'ORDER-17',
    from: 'BEANR-LB',
    to: 'BELGG',
    quantity: 2,
    available: '2026-03-05T07:00:00Z',
    due: '2026-03-06T08:00:00Z',
  },
};

export const receiptExample = {
  accepted: [{ index: 0, id: 'tms/ORDER-17/1' }],
  duplicates: [{ index: 1, id: 'tms/ORDER-16/1' }],
  rejected: [{ index: 2, pointer: '/2/data/quantity', reason: 'must be greater than 0', value: -3 }],
};

export const rejectionExample: RejectionDetail = {
  id: '0-17',
  cell: 'antwerp-hinterland',
  received: '2026-03-05T06:10:00Z',
  format: 'csv-orders',
  source: 'orders.csv',
  index: 1,
  pointer: '/rows/1',
  faults: [
    { pointer: '/rows/1/quantity', value: 'two', message: 'line 3, column quantity: must be a number, such as 1250.5' },
  ],
  inbox: { partition: 0, offset: 4 },
  resolved: false,
  message: {
    contentType: 'text/csv',
    bytes: 112,
    line: 3,
    column: 1,
    from: 1,
    excerpt:
      'id,from,to,quantity,available\nO-1,BEANR,BELGG,2,2026-03-06T06:00Z\nO-2,BEANR,BELGG,two,2026-03-06T06:00Z',
  },
};

export const decisionExample = {
  recommendation: recommendationExample.id,
  decision: 'accept',
  by: 'planner@example.org',
  reason: 'the customer agrees',
  at: '2026-03-05T07:30:00Z',
  event: `decision/${recommendationExample.id}/accept`,
} as const;

export const runExample: RunView = {
  id: '0-41-6f1c7c1e-3d0b-4f7e-9d59-0a5a3d0f7a52',
  name: 'Strike at the left bank',
  status: 'running',
  requestedAt: '2026-03-04T09:00:00Z',
  progress: { done: 1, runs: 3 },
};

export const scenarioExample = `format: portolan.scenario/1
name: Strike at the left bank
base: { until: 2026-03-04T09:00:00Z }
variants:
  - name: strike
    changes:
      - close: { location: BEANR-LB, from: 2026-03-05T06:00:00Z, to: [2026-03-06T06:00:00Z, 2026-03-07T06:00:00Z] }
`;
