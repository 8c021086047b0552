import type { Comparison } from '../comparison/document.js';
import { csvFiles } from './csv.js';
import { htmlReport } from './html.js';

const cost = {
  transport: 100,
  handling: 20,
  storage: 0,
  lateness: 0,
  spoilage: 0,
  emissions: 5,
  supply: 0,
  unserved: 0,
  revenue: 0,
  total: 125,
};
const totals = {
  cost,
  planned: 125,
  unserved: { orders: 0, quantity: 0 },
  late: { orders: 0, quantity: 0, hours: 0 },
  co2eKg: 50,
  modes: { barge: 400 },
};
const point = (hour: number, objective: number) => ({
  now: `2026-03-02T0${hour}:00:00Z`,
  objective,
  unserved: 0,
  late: 0,
  co2eKg: 50,
});

const comparison: Comparison = {
  format: 'portolan.comparison/1',
  name: 'Strike <script>alert(1)</script>',
  cell: 'c',
  currency: 'EUR',
  unit: 'TEU',
  base: { from: '2026-03-02T01:00:00Z', until: '2026-03-02T03:00:00Z', events: 3, steps: 3 },
  baseline: { totals, series: [point(1, 100), point(2, 120), point(3, 125)] },
  variants: [
    {
      name: 'strike, "two" days',
      choices: {},
      runs: 1,
      run: 1,
      leaves: { event: 1, at: '2026-03-02T02:00:00Z' },
      totals: { ...totals, cost: { ...cost, transport: 150, total: 175 } },
      difference: {
        total: 50,
        planned: 50,
        unserved: 0,
        lateHours: -2,
        co2eKg: 7,
        parts: { transport: 50 },
        modes: { truck: 10 },
      },
      warnings: [{ pointer: '/variants/0/changes/1', message: '(QUAY) is <open>' }],
      series: [point(1, 100), point(2, 150), point(3, 175)],
      shipments: [
        {
          order: '=HYPERLINK("x")',
          costs: 50,
          baseline: { journeys: [{ quantity: 4, legs: ['BARGE/1'] }], unserved: 0, cost: 10, co2eKg: 1 },
          variant: { journeys: [], unserved: 4, reason: 'no <b>room</b>', cost: 60, co2eKg: 0 },
          causes: [],
          bottlenecks: ['BARGE/1'],
        },
      ],
      resources: [
        {
          service: 'BARGE',
          leg: '1',
          resource: 'capacity',
          baseline: { used: 4, capacity: 6, shadowPrice: 0 },
          variant: { used: 6, capacity: 6, shadowPrice: -30 },
        },
      ],
      loads: [
        {
          service: 'BARGE',
          leg: '1',
          resource: 'capacity',
          baseline: [{ now: '2026-03-02T01:00:00Z', used: 4, capacity: 6, shadowPrice: 0 }],
          variant: [
            { now: '2026-03-02T01:00:00Z', used: 4, capacity: 6, shadowPrice: 0 },
            { now: '2026-03-02T02:00:00Z', used: 6, capacity: 6, shadowPrice: -30 },
          ],
        },
      ],
      decisions: [
        {
          id: 'rec-1',
          kind: 'reroute',
          summary: 'Reroute & wait',
          shipments: ['A'],
          proposed: '2026-03-02T02:00:00Z',
          decideBy: '2026-03-02T03:00:00Z',
          accepted: false,
          only: 'variant',
        },
      ],
    },
  ],
};

describe('the page of a comparison', () => {
  const page = htmlReport(comparison);

  it('shows figures, charts, orders, bottlenecks and decisions', () => {
    for (const text of [
      '+50',
      'What it costs more or less',
      'Over time',
      '4 unserved: no &#60;b&#62;room',
      'Reroute &#38; wait',
      '3:00',
      'BARGE / 1',
      'What plans load, over time',
      '/variants/0/changes/1 (QUAY) is &#60;open&#62;',
    ])
      expect(page).toContain(text);
    expect(page.match(/<svg /g)).toHaveLength(5);
  });

  it('needs no network and runs no code, whatever names say', () => {
    expect(page).not.toMatch(/<script|<link|<img|src=|url\(|@import|https?:/);
    expect(page).toContain('Strike &#60;script&#62;');
  });
});

describe('the tables of a comparison', () => {
  const files = csvFiles(comparison);

  it('have a line for each run, plan, order, resource and decision', () => {
    const lengths = Object.entries(files).map(([name, text]) => [name, text.split('\r\n').length - 2]);
    expect(Object.fromEntries(lengths)).toEqual({
      'totals.csv': 2,
      'series.csv': 6,
      'shipments.csv': 1,
      'resources.csv': 1,
      'loads.csv': 3,
      'decisions.csv': 1,
    });
  });

  it('quote what needs it, and let no text be a formula', () => {
    expect(files['totals.csv']).toContain('"strike, ""two"" days",125,0,0,0,0,0,50,150,20');
    expect(files['shipments.csv']).toContain(`"'=HYPERLINK(""x"")"`);
  });
});
