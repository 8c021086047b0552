import type { ProblemDocument } from '@portolan/domain';
import { PlanInsight } from './insight.js';
import { type Change, at, crowded, direct, planned } from './testing/examples.js';

async function insightInto(document: ProblemDocument, change: Change): Promise<PlanInsight> {
  const { problem, plan } = await planned(document, change);
  return new PlanInsight(problem, plan);
}

const routeOf = (legs: readonly { service: string; leg?: string | undefined }[]): string =>
  legs.map(({ service, leg }) => (leg === undefined ? service : `${service}/${leg}`)).join(' ');

/** Four units at A since hour 0, for C by way of B, where a transfer costs 5: BARGE 10-20 and on 24-30 at 10 each, RAIL 26-28 at 40, TRUCK 3 h at 50, VAN 2 h at 60. */
const chain = (): ProblemDocument => ({
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
const twoLots: Change = (document) => {
  const lot = { product: 'pear', location: 'A', quantity: 9, available: at(0) };
  document.supplies = [
    { id: 'LOT1', ...lot, unitCost: 5 },
    { id: 'LOT2', ...lot, unitCost: 20 },
  ];
  const { to, quantity } = document.demands[0]!;
  document.demands = [{ id: 'D', product: 'pear', to, quantity, unservedPenalty: 500 }];
};

const goesOnBoard: Change = ({ demands }) => {
  const { to, quantity } = demands[0]!;
  demands[0] = { id: 'D', onBoard: { service: 'BARGE', leg: '1' }, to, quantity };
};

describe('the alternatives of a plan', () => {
  /** Lot, route and what a unit costs more, of each. */
  const alternatives = async (count: number, document: ProblemDocument, change: Change = () => {}) =>
    (await insightInto(document, change))
      .alternatives('D', count)
      .map(({ supply, legs, costsMore }) => [...(supply === undefined ? [] : [supply]), routeOf(legs), costsMore]);

  const because = async (change: Change): Promise<string | undefined> =>
    (await insightInto(direct(), change)).alternatives('D', 1)[0]?.because;

  it('say all that is to know of the next best itinerary', async () => {
    expect((await insightInto(direct(), () => {})).alternatives('D', 3)).toEqual([
      {
        legs: [{ service: 'RAIL', leg: '1', mode: 'rail', from: 'A', to: 'B', departs: at(30), arrives: at(34) }],
        costsMore: 30,
        delivered: at(34),
        co2eKg: 4,
        because: 'it costs more, mostly transport',
      },
    ]);
  });

  it('call the mode of a service `other` where it has none', async () => {
    const [next] = (await insightInto(chain(), () => {})).alternatives('D', 1);
    expect(next!.legs.map(({ mode }) => mode)).toEqual(['other', 'other']);
  });

  it('are the cheapest ways that avoid one leg of the best, cheapest first', async () => {
    const [rail, truck] = [
      ['BARGE/1 RAIL/1', 10 + 5 + 40 - 20],
      ['TRUCK BARGE/2', 50 + 5 + 10 - 20],
    ];
    expect(await alternatives(2, chain())).toEqual([rail, truck]);
    expect(await alternatives(1, chain())).toEqual([rail]);
  });

  it('avoid the lot of the best, too', async () => {
    expect(await alternatives(2, direct(), twoLots)).toEqual([
      ['LOT2', 'BARGE/1', 15],
      ['LOT1', 'RAIL/1', 30],
    ]);
  });

  it('begin, for goods on board, where their leg arrives', async () => {
    expect(await alternatives(1, chain(), goesOnBoard)).toEqual([['RAIL/1', 5 + 40 - 10]]);
  });

  it('cost more by the price of what is full', async () => {
    expect(await alternatives(3, direct(), crowded)).toEqual([['BARGE/1', 40 + 60 - 70]]);
  });

  it('cost more by the price of a lot, too, which only others need', async () => {
    // E must have the first lot, and stays short of three units at 300: one more is worth 300 - 5 - 40.
    const scarce: Change = (document) => {
      twoLots(document);
      document.services[0]!.legs![0]!.capacity = 99;
      document.supplies![1]!.expires = at(40);
      const keeps = { minShelfLife: 'P9D', unservedPenalty: 300 };
      document.demands.push({ id: 'E', product: 'pear', to: 'B', quantity: 12, ...keeps });
    };
    expect(await alternatives(2, direct(), scarce)).toEqual([
      ['LOT2', 'RAIL/1', 30],
      ['LOT1', 'BARGE/1', 5 + 40 + 255 - 60],
    ]);
    const [, scarcer] = (await insightInto(direct(), scarce)).alternatives('D', 2);
    expect(scarcer!.because).toBe('lot LOT1 is full');
  });

  it('leave out what the plan uses, though it be one of several', async () => {
    expect(await alternatives(3, direct(), ({ demands }) => (demands[0]!.quantity = 12))).toEqual([]);
  });

  it('leave out what costs more than to leave the goods unserved', async () => {
    expect(await alternatives(3, direct(), ({ demands }) => (demands[0]!.unservedPenalty = 71))).toHaveLength(1);
    expect(await alternatives(3, direct(), ({ demands }) => (demands[0]!.unservedPenalty = 69))).toEqual([]);
  });

  it('are none where nothing leads there in time, or by one way only', async () => {
    expect(await alternatives(3, direct(), ({ demands }) => (demands[0]!.latest = at(19)))).toEqual([]);
    expect(await alternatives(3, direct(), ({ demands }) => (demands[0]!.latest = at(20)))).toEqual([]);
    expect(await alternatives(3, direct(), ({ demands }) => (demands[0]!.latest = at(34)))).toHaveLength(1);
  });

  it('name what is full on them', async () => {
    expect(await because(crowded)).toBe('BARGE leg 1 is full');
    const cooled: Change = (document) => {
      crowded(document);
      Object.assign(document.services[0]!.legs![0]!, { capacity: 99, reeferPlugs: 10 });
      for (const demand of document.demands) demand.reefer = true;
    };
    expect(await because(cooled)).toBe('plugs of BARGE leg 1 is full');
  });

  it('name lateness before costs, else the largest cost', async () => {
    const late: Change = ({ demands }) => Object.assign(demands[0]!, { due: at(33), latePerUnitHour: 1 });
    expect(await because(late)).toBe('it delivers late');
    // By train a unit is stored for 30 hours, at 4 an hour.
    const stored: Change = ({ locations }) => (locations[0]!.storage = { costPerUnitDay: 96 });
    expect(await because(stored)).toBe('it costs more, mostly storage');
    const perishable: Change = ({ demands }) => (demands[0]!.spoilagePerUnitHour = 3);
    expect(await because(perishable)).toBe('it costs more, mostly spoilage');
  });
});

describe('a continuation', () => {
  const onwards = async (
    beginning: string,
    change: Change = () => {},
    supply?: string,
  ): Promise<string | undefined> => {
    const steps = beginning.split(' ').filter(Boolean);
    const begun = steps
      .map((step) => step.split('/'))
      .map(([service, leg]) => ({ service: service!, ...(leg && { leg }) }));
    const way = (await insightInto(chain(), change)).continuation('D', supply, begun);
    return way && routeOf(way);
  };

  it('goes on the cheapest way from where the goods are then', async () => {
    expect(await onwards('BARGE/1')).toBe('BARGE/1 BARGE/2');
    expect(await onwards('TRUCK')).toBe('TRUCK BARGE/2');
    expect(await onwards('')).toBe('BARGE/1 BARGE/2');
  });

  it('knows that staying on board is free, and a transfer is not', async () => {
    const dearBarge: Change = ({ services }) => (services[0]!.legs![1]!.cost = 42);
    expect(await onwards('BARGE/1', dearBarge)).toBe('BARGE/1 BARGE/2');
    expect(await onwards('TRUCK', dearBarge)).toBe('TRUCK RAIL/1');
  });

  it('is at plain cost, even where others pay dearly for what is full', async () => {
    const sought: Change = ({ services, demands }) => {
      services[1]!.legs![0]!.reeferPlugs = 0;
      services[3]!.onDemand!.reeferPlugs = 0;
      demands.push({ id: 'E', from: 'B', to: 'C', quantity: 12, available: at(0), reefer: true });
    };
    expect(await onwards('BARGE/1', sought)).toBe('BARGE/1 BARGE/2');
  });

  it('counts the time that legs on demand and handling take so far', async () => {
    const readyAt22: Change = ({ demands }) => (demands[0]!.available = at(22));
    expect(await onwards('TRUCK', readyAt22)).toBe('TRUCK RAIL/1');
    const handled =
      (place: number, kind: 'load' | 'transfer'): Change =>
      (document) => {
        readyAt22(document);
        document.locations[place]!.handlingTime = { [kind]: 'PT2H' };
      };
    expect(await onwards('TRUCK', handled(0, 'load'))).toBe('TRUCK VAN');
    expect(await onwards('TRUCK', handled(0, 'transfer'))).toBe('TRUCK RAIL/1');
    expect(await onwards('TRUCK', handled(1, 'transfer'))).toBe('TRUCK VAN');
    const transferred =
      (latest: number): Change =>
      ({ locations, demands }) => {
        locations[1]!.handlingTime = { transfer: 'PT2H' };
        demands[0]!.latest = at(latest);
      };
    expect(await onwards('BARGE/1 VAN', transferred(24))).toBe('BARGE/1 VAN');
    expect(await onwards('BARGE/1 VAN', transferred(23))).toBeUndefined();
  });

  it('is the beginning itself where that leads to the destination', async () => {
    expect(await onwards('TRUCK RAIL/1')).toBe('TRUCK RAIL/1');
  });

  it('keeps to the deadline of the goods and the expiry of their lot', async () => {
    expect(await onwards('BARGE/1', ({ demands }) => (demands[0]!.latest = at(22)))).toBe('BARGE/1 VAN');
    expect(await onwards('BARGE/1', ({ demands }) => (demands[0]!.latest = at(21)))).toBeUndefined();
    const expiring: Change = (document) => {
      twoLots(document);
      document.supplies![1]!.expires = at(29);
    };
    expect(await onwards('BARGE/1', expiring, 'LOT1')).toBe('BARGE/1 BARGE/2');
    expect(await onwards('BARGE/1', expiring, 'LOT2')).toBe('BARGE/1 RAIL/1');
  });

  it('goes on from the leg that goods are on, which is not counted in `maxLegs`', async () => {
    const oneLeg: Change = (document) => (document.parameters = { maxLegs: 1 });
    expect(await onwards('', goesOnBoard)).toBe('BARGE/2');
    expect(await onwards('', (document) => [goesOnBoard, oneLeg].forEach((change) => change(document)))).toBe(
      'BARGE/2',
    );
    expect(await onwards('BARGE/1', oneLeg)).toBeUndefined();
  });

  it('is none after what is not there any more', async () => {
    expect(await onwards('BARGE/9')).toBeUndefined();
    expect(await onwards('BARGE/1', twoLots, 'LOT9')).toBeUndefined();
    expect(await onwards('BARGE/1', twoLots)).toBeUndefined();
  });
});
