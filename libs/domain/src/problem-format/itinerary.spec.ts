import {
  at,
  hoursOf,
  midnight,
  type Place,
  type Goods,
  type Lot,
  type Terms,
  ready,
  fromLot,
  onBarge1,
  onBarge2,
  price,
  possible,
  cost,
  delivered,
  times,
  verdict,
} from './testing/tiny-problem.js';

describe('readiness (rule 1)', () => {
  const readyAt = (goods: Goods, lot: Lot = {}) => hoursOf(possible('BARGE/1 BARGE/2', { goods, lot }).ready);

  it('is when the demand is available', () => expect(readyAt({ ...ready, available: at(2) })).toBe(2));

  it.each<[string, number, Goods, Lot]>([
    ['the demand, where the lot says nothing', 2, { ...fromLot, available: at(2) }, {}],
    ['the lot, where the demand says nothing', 3, { product: 'pear', to: 'C' }, { available: at(3) }],
    ['the lot, where it is the later', 3, { ...fromLot, available: at(2) }, { available: at(3) }],
    ['the demand, where it is the later', 4, { ...fromLot, available: at(4) }, { available: at(3) }],
  ])('is what is said by %s', (_what, hours, goods, lot) => expect(readyAt(goods, lot)).toBe(hours));

  it('begins where the lot lies', () => {
    expect(verdict('VAN', { goods: fromLot, lot: { location: 'B' } })).toBe('allowed');
    expect(verdict('TRUCK VAN', { goods: fromLot, lot: { location: 'B' } })).toEqual([0, 0]);
  });

  it('is the arrival of the leg that goods are on, which is paid and needs no loading', () => {
    const B = { handling: { load: 50 }, handlingTime: { load: 'P9D' } };
    const A = { handling: { load: 50 }, closures: [{ from: at(10), to: at(11) }] };
    const priced = possible('BARGE/2', {
      goods: onBarge1,
      A,
      B,
      barge1: { cost: 100, co2eKg: 70 },
      barge2: { cost: 8 },
    });
    expect([priced.unitCost, priced.co2eKg, hoursOf(priced.ready)]).toEqual([8, 0, 20]);
    expect(priced.legs.map(({ service, leg }) => `${service}/${leg}`)).toEqual(['BARGE/2']);
  });

  it('lets goods on board stay there, or transfers them where their leg arrives', () => {
    const terms = { goods: onBarge1, B: { handling: { transfer: 50 }, handlingTime: { transfer: 'PT5H' } } };
    expect(cost('BARGE/2', terms)).toBe(0);
    expect(cost('RAIL/1', terms)).toBe(50);
    expect(times('VAN', terms)).toEqual([[25, 27]]);
  });

  it('leaves just the unloading to goods whose leg arrives at their destination', () => {
    const C = { handling: { load: 3, unload: 5, transfer: 7 }, handlingTime: { unload: 'PT2H' } };
    const terms = { goods: { ...onBarge2, spoilagePerUnitHour: 4, revenue: 6 }, C };
    expect(cost('', terms)).toBe(5 + 4 * 2 - 6);
    expect(delivered('', terms)).toBe(32);
    expect(verdict('', { goods: onBarge2, C: { closures: [{ from: at(30), to: at(31) }] } })).toEqual([7, 0]);
  });

  describe('of a lot that lies at the destination', () => {
    const there = (goods: Partial<Goods> = {}, lot: Lot = {}): Terms => ({
      goods: { ...fromLot, available: at(6), ...goods },
      lot: { location: 'C', ...lot },
    });

    it('is its delivery, without handling, storage, spoilage or closures', () => {
      const C = {
        handling: { load: 50, unload: 50, transfer: 50 },
        handlingTime: { load: 'PT9H', unload: 'PT9H', transfer: 'PT9H' },
        storage: { costPerUnitDay: 50 },
        closures: [{ from: at(0), to: at(9) }],
      };
      const terms = there({ spoilagePerUnitHour: 50, revenue: 10 }, { unitCost: 4 });
      expect(cost('', { ...terms, C })).toBe(4 - 10);
      expect(delivered('', { ...terms, C })).toBe(6);
    });

    it('may be late, too late, or too old', () => {
      expect(cost('', there({ due: at(3), latePerUnitHour: 2 }))).toBe(6);
      expect(verdict('', there({ latest: at(6) }))).toBe('allowed');
      expect(verdict('', there({ latest: at(6, -1) }))).toEqual([8, 0]);
      expect(verdict('', there({ minShelfLife: 'PT4H' }, { expires: at(10) }))).toBe('allowed');
      expect(verdict('', there({ minShelfLife: 'PT4H' }, { expires: at(10, -1) }))).toEqual([10, 0]);
    });
  });
});

describe('an itinerary', () => {
  it('may pass a place again, and use a service on demand again, each time at its cost', () => {
    expect(times('TRUCK VAN BACK VAN')).toEqual([
      [0, 3],
      [3, 5],
      [5, 6],
      [6, 8],
    ]);
    expect(cost('TRUCK VAN BACK VAN', { truck: { cost: 1 }, van: { cost: 10 } })).toBe(21);
  });

  it('names its legs with their ends, and `leg` only where they are scheduled', () => {
    const [truck, rail] = possible('TRUCK RAIL/1').legs;
    const hour = (hours: number) => midnight + hours * 3_600_000;
    expect(truck).toStrictEqual({ service: 'TRUCK', from: 'A', to: 'B', departs: hour(0), arrives: hour(3) });
    expect(rail).toStrictEqual({ service: 'RAIL', leg: '1', from: 'B', to: 'C', departs: hour(26), arrives: hour(28) });
  });

  it('has at most `maxLegs` legs, 8 by default', () => {
    expect(verdict('TRUCK VAN BACK VAN BACK VAN BACK VAN')).toBe('allowed');
    expect(verdict('TRUCK VAN BACK VAN BACK VAN BACK VAN BACK', { goods: { ...ready, to: 'B' } })).toEqual([0, 8]);
    expect(verdict('TRUCK VAN', { parameters: { maxLegs: 2 } })).toBe('allowed');
    expect(verdict('TRUCK VAN BACK VAN', { parameters: { maxLegs: 2 } })).toEqual([0, 2]);
  });

  it('counts a leg stayed on board in `maxLegs`, but not the one that goods are already on', () => {
    expect(verdict('BARGE/1 BARGE/2', { parameters: { maxLegs: 1 } })).toEqual([0, 1]);
    expect(verdict('BARGE/2', { parameters: { maxLegs: 1 }, goods: onBarge1 })).toBe('allowed');
  });

  it.each<[string, [number, number], ...Parameters<typeof price>]>([
    ['an unknown demand', [0, 0], 'TRUCK VAN', {}, { demand: 'X' }],
    ['an unknown lot', [0, 0], 'TRUCK VAN', { goods: fromLot }, { supply: 'X' }],
    ['a lot of another product', [0, 0], 'TRUCK VAN', { goods: fromLot }, { supply: 'PLUMS' }],
    ['a lot for goods that come from none', [0, 0], 'TRUCK VAN', {}, { supply: 'LOT' }],
    ['no lot for a product', [0, 0], 'TRUCK VAN', { goods: fromLot }, { supply: undefined }],
    ['an unknown service', [0, 1], 'TRUCK PLANE'],
    ['an unknown leg', [0, 1], 'BARGE/1 BARGE/9'],
    ['a scheduled service without its leg', [0, 0], 'BARGE VAN'],
    ['a leg of a service on demand', [0, 0], 'TRUCK/1 VAN'],
    ['a leg that leaves from elsewhere', [0, 1], 'TRUCK BACK'],
    ['an end before the destination', [0, 1], 'TRUCK'],
    ['no leg for goods that are not there', [0, 0], ''],
    ['no leg for goods on board that arrive elsewhere', [0, 0], '', { goods: onBarge1 }],
    ['no leg from a lot elsewhere', [0, 0], '', { goods: fromLot }],
  ])('is impossible with %s', (_what, expected, ...asked) => expect(verdict(...asked)).toEqual(expected));
});

describe('loading (rule 2)', () => {
  const A = { handlingTime: { load: 'PT2H', unload: 'P9D', transfer: 'P9D' } };

  it('may end in the millisecond in which the leg departs, and not one later', () => {
    expect(verdict('BARGE/1 BARGE/2', { A, goods: { ...ready, available: at(8) } })).toBe('allowed');
    expect(verdict('BARGE/1 BARGE/2', { A, goods: { ...ready, available: at(8, 1) } })).toEqual([2, 0]);
  });

  it('is followed at once by a leg on demand', () => {
    expect(times('TRUCK VAN', { A })[0]).toEqual([2, 5]);
    expect(times('TRUCK VAN', { A, goods: { ...ready, available: at(7.5) } })[0]).toEqual([9.5, 12.5]);
  });

  it('says in words which leg is missed, and by how much', () => {
    const priced = price('BARGE/1 BARGE/2', { A, goods: { ...ready, available: at(9) } });
    expect(priced).toMatchObject({
      reason: expect.stringMatching(/leg 1 of BARGE .*2026-03-02T10:00:00Z.* A .*2026-03-02T11:00:00Z/) as string,
    });
  });
});

describe('a change of legs (rule 3)', () => {
  const slow = { handling: { transfer: 50 }, handlingTime: { load: 'P9D', unload: 'P9D', transfer: 'PT6H' } };

  it('is a stay on board for the next leg of the same service: free, with no time for handling', () => {
    expect(cost('BARGE/1 BARGE/2', { B: slow })).toBe(0);
  });

  it('stays on board where the next leg departs on arrival, and not a millisecond earlier', () => {
    expect(verdict('BARGE/1 BARGE/2', { B: slow, barge2: { departs: at(20) } })).toBe('allowed');
    expect(verdict('BARGE/1 BARGE/2', { barge2: { departs: at(20, -1) } })).toEqual([3, 1]);
  });

  it('is a transfer to another service, which may end in the millisecond of departure and not one later', () => {
    expect(cost('BARGE/1 RAIL/1', { B: slow })).toBe(50);
    expect(verdict('BARGE/1 RAIL/1', { B: slow, rail: { departs: at(26, -1) } })).toEqual([3, 1]);
  });

  it('is a transfer between two legs of one service that are not adjacent', () => {
    expect(cost('BARGE/1 BARGE/3', { B: slow })).toBe(50);
    const B = (transfer: string) => ({ handlingTime: { transfer } });
    expect(verdict('BARGE/1 BARGE/3', { B: B('PT28H') })).toBe('allowed');
    expect(verdict('BARGE/1 BARGE/3', { B: B('PT28H0.001S') })).toEqual([3, 1]);
    expect(cost('BARGE/3', { B: slow, goods: onBarge1 })).toBe(50);
  });

  it('is a transfer between adjacent legs for goods that did not come on the first of them', () => {
    expect(cost('TRUCK BARGE/2', { B: slow })).toBe(50);
  });

  it('is a transfer to and from services on demand, which depart right after it', () => {
    expect(cost('TRUCK VAN', { B: slow })).toBe(50);
    expect(cost('BARGE/1 VAN', { B: slow })).toBe(50);
    expect(times('TRUCK VAN', { B: slow })[1]).toEqual([9, 11]);
    expect(times('BARGE/1 VAN', { B: slow })[1]).toEqual([26, 28]);
  });
});

describe('delivery and handling (rules 4 and 5)', () => {
  const terms: Terms = {
    A: { handling: { load: 3, unload: 100, transfer: 100 } },
    B: { handling: { load: 100, unload: 100, transfer: 7 } },
    C: { handling: { load: 100, unload: 5, transfer: 11 }, handlingTime: { load: 'P9D', unload: 'PT3H' } },
  };

  it('delivers when the goods are unloaded', () => expect(delivered('BARGE/1 BARGE/2', terms)).toBe(33));

  it('pays loading at the first place, unloading at the last, and each transfer', () => {
    expect(possible('BARGE/1 BARGE/2', terms).parts.handling).toBe(3 + 5);
    expect(possible('TRUCK VAN', terms).parts.handling).toBe(3 + 7 + 5);
    expect(possible('TRUCK VAN BACK VAN', terms).parts.handling).toBe(3 + 7 + 11 + 7 + 5);
    expect(possible('RAIL/1', { ...terms, goods: onBarge1 }).parts.handling).toBe(7 + 5);
  });
});

describe('storage (rule 6)', () => {
  const stored = (costPerUnitDay: number, freeTime: string, handling = 'PT0S'): Place => ({
    storage: { costPerUnitDay, freeTime },
    handlingTime: { load: handling, transfer: handling, unload: handling },
  });
  const storage = (route: string, terms: Terms) => possible(route, terms).parts.storage;

  it('costs the wait for leg 1 beyond the free time, by fractions of a day', () => {
    expect(storage('BARGE/1 BARGE/2', { A: stored(24, 'PT4H') })).toBe(6);
    expect(storage('BARGE/1 BARGE/2', { A: stored(48, 'PT9H30M') })).toBe(1);
    expect(storage('BARGE/1 BARGE/2', { A: { storage: { costPerUnitDay: 24 } } })).toBe(10);
  });

  it('costs nothing up to the free time', () => {
    expect(storage('BARGE/1 BARGE/2', { A: stored(24, 'PT10H') })).toBe(0);
    expect(storage('BARGE/1 BARGE/2', { A: stored(24, 'P2D') })).toBe(0);
  });

  it('costs the wait for a transfer, each wait with its own free time', () => {
    expect(storage('BARGE/1 RAIL/1', { A: stored(24, 'PT4H'), B: stored(24, 'PT2H') })).toBe(6 + 4);
    expect(storage('TRUCK VAN BACK VAN', { B: stored(24, 'PT2H', 'PT3H') })).toBe(1 + 1);
  });

  it('counts the hours of handling as waiting', () => {
    expect(storage('TRUCK VAN', { A: stored(24, 'PT2H', 'PT6H') })).toBe(4);
    expect(storage('BARGE/1 RAIL/1', { B: stored(24, 'PT1H', 'PT6H') })).toBe(5);
  });

  it('takes the first wait of goods on board as a transfer', () => {
    const B = { ...stored(24, 'PT2H'), handling: { load: 3, transfer: 7 }, handlingTime: { load: 'PT9H' } };
    expect(possible('RAIL/1', { goods: onBarge1, B }).parts).toMatchObject({ storage: 4, handling: 7 });
  });

  it('costs nothing on board, on the way, or after delivery', () => {
    expect(storage('BARGE/1 BARGE/2', { B: stored(24, 'PT0S'), C: stored(24, 'PT0S', 'PT8H') })).toBe(0);
    expect(storage('BARGE/2', { goods: onBarge1, B: stored(24, 'PT0S') })).toBe(0);
  });
});

describe('closures (rule 7)', () => {
  const closed = (from: string, to: string): Place => ({ closures: [{ from, to }] });
  /** Just before, at the start of, within, up to the end of, and after a closure. */
  const around = (route: string, place: 'A' | 'B' | 'C', hour: number, terms: Terms = {}) =>
    [
      closed(at(hour, 1), at(hour + 1)),
      closed(at(hour), at(hour, 1)),
      closed(at(hour - 1), at(hour + 1)),
      closed(at(hour - 1), at(hour, 1)),
      closed(at(hour - 1), at(hour)),
    ].map((place_) => verdict(route, { ...terms, [place]: { ...terms[place], ...place_ } }));
  const halfOpen = (leg: number) => ['allowed', [7, leg], [7, leg], [7, leg], 'allowed'];

  it('are half-open where leg 1 departs', () => expect(around('BARGE/1 BARGE/2', 'A', 10)).toEqual(halfOpen(0)));
  it('are half-open where goods arrive for a transfer', () =>
    expect(around('BARGE/1 RAIL/1', 'B', 20)).toEqual(halfOpen(1)));
  it('are half-open where goods depart after a transfer', () =>
    expect(around('BARGE/1 RAIL/1', 'B', 26)).toEqual(halfOpen(1)));
  it('are half-open where the last leg arrives', () => expect(around('BARGE/1 RAIL/1', 'C', 28)).toEqual(halfOpen(1)));
  it('are half-open where the leg arrives that goods were on', () =>
    expect(around('RAIL/1', 'B', 20, { goods: onBarge1 })).toEqual(halfOpen(0)));

  it('are not waited for by a service on demand', () => {
    const B = { handlingTime: { load: 'P9D', transfer: 'PT2H' } };
    expect(around('TRUCK VAN', 'A', 2, { A: { handlingTime: { load: 'PT2H' } } })).toEqual(halfOpen(0));
    expect(around('BARGE/1 VAN', 'B', 22, { B })).toEqual(halfOpen(1));
  });

  it('do not matter to goods that stay on board', () => {
    expect(verdict('BARGE/1 BARGE/2', { B: closed(at(19), at(25)) })).toBe('allowed');
    expect(verdict('BARGE/2', { goods: onBarge1, B: closed(at(19), at(25)) })).toBe('allowed');
  });

  it('may fall within a wait, or within handling', () => {
    expect(verdict('BARGE/1 RAIL/1', { A: closed(at(0), at(9)), B: closed(at(21), at(25)) })).toBe('allowed');
    const C = { ...closed(at(28, 1), at(40)), handlingTime: { unload: 'PT3H' } };
    expect(delivered('BARGE/1 RAIL/1', { C })).toBe(31);
    const A = { ...closed(at(8), at(10)), handlingTime: { load: 'PT5H' } };
    expect(verdict('BARGE/1 BARGE/2', { A })).toBe('allowed');
  });

  it('matter each, where a place has several', () => {
    const closures = [1, 5, 10].map((hour) => ({ from: at(hour), to: at(hour + 1) }));
    expect(verdict('BARGE/1 BARGE/2', { A: { closures } })).toEqual([7, 0]);
  });
});

describe('lateness (rule 8)', () => {
  const C = { handlingTime: { unload: 'PT1H' } };
  /** By truck and van the goods are unloaded at hour 6. */
  const late = (goods: Partial<Goods>) => possible('TRUCK VAN', { C, goods: { ...ready, ...goods } }).parts.lateness;

  it('is paid by the hour, in fractions, from `due` until the goods are unloaded', () => {
    expect(late({ due: at(4), latePerUnitHour: 3 })).toBe(6);
    expect(late({ due: at(5.5), latePerUnitHour: 3 })).toBe(1.5);
  });

  it('is nothing for goods in time, or where `due` or its price is missing', () => {
    expect(late({ due: at(6), latePerUnitHour: 3 })).toBe(0);
    expect(late({ due: at(9), latePerUnitHour: 3 })).toBe(0);
    expect(late({ latePerUnitHour: 3 })).toBe(0);
    expect(late({ due: at(4) })).toBe(0);
  });

  it('is allowed up to the millisecond of `latest`', () => {
    expect(verdict('TRUCK VAN', { C, goods: { ...ready, latest: at(6) } })).toBe('allowed');
    expect(verdict('TRUCK VAN', { C, goods: { ...ready, latest: at(6, -1) } })).toEqual([8, 2]);
  });
});

describe('spoilage (rule 9)', () => {
  const perishable = (goods: Goods): Goods => ({ ...goods, spoilagePerUnitHour: 2 });
  const terms: Terms = {
    goods: perishable(ready),
    A: { spoilageFactor: 3, handlingTime: { load: 'PT2H' } },
    B: { spoilageFactor: 5, handlingTime: { transfer: 'PT1H' } },
    C: { spoilageFactor: 7, handlingTime: { unload: 'PT1H' } },
    barge1: { spoilageFactor: 0.5 },
    barge2: { spoilageFactor: 0.25 },
    truck: { spoilageFactor: 4 },
  };
  const spoiled = (route: string, changed: Terms = {}) => possible(route, { ...terms, ...changed }).parts.spoilage;

  it('counts every hour from readiness to delivery once where no factor is given', () =>
    expect(cost('BARGE/1 BARGE/2', { goods: perishable(ready), C: { handlingTime: { unload: 'PT1H' } } })).toBe(62));

  it('counts a stay on board with the factor of the leg that arrived there', () =>
    expect(spoiled('BARGE/1 BARGE/2')).toBe(2 * (10 * 3 + 10 * 0.5 + 4 * 0.5 + 6 * 0.25 + 1 * 7)));

  it('counts hours on land with the factor of the place', () =>
    expect(spoiled('BARGE/1 RAIL/1')).toBe(2 * (10 * 3 + 10 * 0.5 + 6 * 5 + 2 * 1 + 1 * 7)));

  it('counts hours of handling, and of legs on demand', () =>
    expect(spoiled('TRUCK VAN')).toBe(2 * (2 * 3 + 3 * 4 + 1 * 5 + 2 * 1 + 1 * 7)));

  it('counts for goods on board from the arrival of their leg', () => {
    expect(spoiled('BARGE/2', { goods: perishable(onBarge1) })).toBe(2 * (4 * 0.5 + 6 * 0.25 + 1 * 7));
    expect(spoiled('RAIL/1', { goods: perishable(onBarge1) })).toBe(2 * (6 * 5 + 2 * 1 + 1 * 7));
  });
});

describe('shelf life (rule 10)', () => {
  const C = { handlingTime: { unload: 'PT1H' } };
  /** By truck and van the goods are unloaded at hour 6. */
  const sold = (goods: Partial<Goods>, lot: Lot) => verdict('TRUCK VAN', { C, goods: { ...fromLot, ...goods }, lot });

  it('must be left when the goods are unloaded, to the millisecond', () => {
    expect(sold({ minShelfLife: 'P1D' }, { expires: at(30) })).toBe('allowed');
    expect(sold({ minShelfLife: 'P1D' }, { expires: at(30, -1) })).toEqual([10, 2]);
    expect(sold({}, { expires: at(6) })).toBe('allowed');
    expect(sold({}, { expires: at(6, -1) })).toEqual([10, 2]);
  });

  it('is without end where the lot does not expire', () => expect(sold({ minShelfLife: 'P9W' }, {})).toBe('allowed'));
});

describe('the cost of a unit (rule 11)', () => {
  const terms: Terms = {
    goods: { ...fromLot, revenue: 25 },
    lot: { unitCost: 6 },
    barge1: { cost: 20, co2eKg: 30 },
    barge2: { cost: 15, co2eKg: 20 },
    truck: { cost: 9, co2eKg: 3 },
    van: { cost: 8, co2eKg: 2 },
  };

  it('adds legs, emissions at their price a tonne and the lot, and subtracts the revenue', () => {
    const priced = possible('BARGE/1 BARGE/2', { ...terms, parameters: { co2PricePerTonne: 80 } });
    const land = { handling: 0, storage: 0, lateness: 0, spoilage: 0 };
    expect(priced.parts).toEqual({ ...land, transport: 20 + 15, emissions: 4, supply: 6, revenue: 25 });
    expect([priced.unitCost, priced.co2eKg]).toEqual([35 + 4 + 6 - 25, 50]);
  });

  it('knows emissions that have no price', () => {
    const priced = possible('TRUCK VAN', terms);
    expect([priced.parts.emissions, priced.co2eKg, priced.unitCost]).toEqual([0, 5, 9 + 8 + 6 - 25]);
  });

  it('is the sum of all parts at once', () => {
    const full: Terms = {
      parameters: { co2PricePerTonne: 200 },
      goods: { ...ready, due: at(28), latePerUnitHour: 3, spoilagePerUnitHour: 0.5, revenue: 40 },
      A: { handling: { load: 2 }, storage: { costPerUnitDay: 12 } },
      B: { handling: { transfer: 4 }, storage: { costPerUnitDay: 12, freeTime: 'PT4H' } },
      C: { handling: { unload: 3 }, handlingTime: { unload: 'PT1H' } },
      barge1: { cost: 20, co2eKg: 10 },
      rail: { cost: 30, co2eKg: 5 },
    };
    const parts = { transport: 50, handling: 9, storage: 6, lateness: 3, spoilage: 14.5, emissions: 3, supply: 0 };
    expect(possible('BARGE/1 RAIL/1', full).parts).toEqual({ ...parts, revenue: 40 });
    expect(cost('BARGE/1 RAIL/1', full)).toBe(45.5);
  });
});
