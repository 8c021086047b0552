import type { PlanPublication, Recommendation, RecommendationStatus } from '@portolan/domain';

export const CELL = 'default';
const NOW = '2026-03-05T06:30:00Z';
const DAY_MS = 86_400_000;

const at = (hours: number): string => new Date(Date.parse(NOW) + hours * 3_600_000).toISOString().replace('.000', '');

const itinerary = (service: string, mode: string, i: number) => ({
  quantity: 2,
  legs: [
    { service, leg: '1', mode, from: 'BEANR-LB', to: 'BELGG', departs: at(8 + (i % 40)), arrives: at(14 + (i % 40)) },
    {
      service: 'TRUCK-LGG',
      leg: '1',
      mode: 'truck',
      from: 'BELGG',
      to: `BE-DOOR-${i % 90}`,
      departs: at(15 + (i % 40)),
      arrives: at(17 + (i % 40)),
    },
  ],
  unitCost: 145 + (i % 50),
  cost: 290 + 2 * (i % 50),
  parts: {
    handling: 30,
    storage: 0,
    spoilage: 0,
    supply: 0,
    revenue: 0,
    transport: 110,
    lateness: i % 50,
    emissions: 5,
  },
  co2eKg: 90 + (i % 30),
  hours: 14,
  delivered: at(18 + (i % 40)),
});

const recommendationOf = (i: number, status: RecommendationStatus): Recommendation => {
  const order = `ORDER-${i}`;
  const [barge, train] = [`BARGE-${400 + (i % 60)}`, `RAIL-${i % 70}`];
  const saving = 100 + ((i * 7919) % 900);
  return {
    id: `rec-${status}-${String(i).padStart(6, '0')}`,
    cell: CELL,
    kind: 'reroute',
    status,
    summary: `Reroute ${order} (2 TEU, BEANR-LB to BELGG) from ${barge}/1 to ${train}/1: saves EUR ${saving}, 26.0 h earlier, 90 kg CO2e less; decide by ${at(5 + (i % 30))}`,
    changes: [
      {
        shipment: order,
        order,
        quantity: 2,
        from: 'BEANR-LB',
        to: 'BELGG',
        due: at(48),
        inForce: [itinerary(barge, 'barge', i)],
        baseline: 'kept',
        proposed: [itinerary(train, 'rail', i)],
        assignments: [{ quantity: 2, itinerary: [{ service: train, leg: '1' }] }],
        saving: { amount: saving, hours: 26, co2eKg: 90 },
        alternatives: [],
      },
    ],
    lots: [],
    saving: { amount: saving, currency: 'EUR', hours: 26, co2eKg: 90 },
    decideBy: at(5 + (i % 30)),
    decideByStep: { service: train, leg: '1' },
    causes: [
      {
        id: `pronto/${barge}/2/${NOW}`,
        type: 'org.portolan.transport.called',
        subject: barge,
        time: NOW,
        position: 1041 + i,
        summary: `${barge} estimated to leave BEANR-LB at ${at(12)}, 10 h later than planned`,
      },
    ],
    binding: [{ service: train, leg: '1', resource: 'capacity', used: 40, capacity: 40, shadowPrice: -12.5 }],
    plan: { version: 37, position: 1041 + i },
    createdAt: NOW,
    updatedAt: NOW,
  } as Recommendation;
};

/** Planning steps that leave so many recommendations open, and so many of former days superseded. */
export const stepsFor = (open: number, closed: number): PlanPublication[] => {
  const all = [
    ...Array.from({ length: closed }, (_, i) => recommendationOf(i, 'superseded')),
    ...Array.from({ length: open }, (_, i) => recommendationOf(i, 'open')),
  ];
  const steps: PlanPublication[] = [];
  for (let i = 0; i < all.length; i += 100) steps.push(stepOf(steps.length + 1, all.slice(i, i + 100)));
  return steps;
};

const stepOf = (version: number, recommendations: Recommendation[]): PlanPublication => ({
  cell: CELL,
  version,
  position: 1000 + version,
  now: new Date(Date.parse(NOW) + version * (DAY_MS / 1000)).toISOString(),
  plan: {} as PlanPublication['plan'],
  recommendations,
  shipments: [],
  gone: [],
  unplanned: [],
  ledger: null,
});
