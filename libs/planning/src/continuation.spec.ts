import { parseProblem } from '@portolan/domain';
import { Continuations } from './continuation.js';
import { type Change, chain, routeOf, twoLots, at } from './testing/examples.js';

const goesOnBoard: Change = ({ demands }) => {
  const { to, quantity } = demands[0]!;
  demands[0] = { id: 'D', onBoard: { service: 'BARGE', leg: '1' }, to, quantity };
};

describe('a continuation', () => {
  const onwards = (beginning: string, change: Change = () => {}, supply?: string): string | undefined => {
    const steps = beginning.split(' ').filter(Boolean);
    const begun = steps
      .map((step) => step.split('/'))
      .map(([service, leg]) => ({ service: service!, ...(leg && { leg }) }));
    const document = chain();
    change(document);
    const parsed = parseProblem(document);
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
    const way = new Continuations(parsed.problem).of('D', supply, begun);
    return way && routeOf(way);
  };

  it('goes on the cheapest way from where the goods are then', () => {
    expect(onwards('BARGE/1')).toBe('BARGE/1 BARGE/2');
    expect(onwards('TRUCK')).toBe('TRUCK BARGE/2');
    expect(onwards('')).toBe('BARGE/1 BARGE/2');
  });

  it('knows that staying on board is free, and a transfer is not', () => {
    const dearBarge: Change = ({ services }) => (services[0]!.legs![1]!.cost = 42);
    expect(onwards('BARGE/1', dearBarge)).toBe('BARGE/1 BARGE/2');
    expect(onwards('TRUCK', dearBarge)).toBe('TRUCK RAIL/1');
  });

  it('is at plain cost, even where others pay dearly for what is full', () => {
    const sought: Change = ({ services, demands }) => {
      services[1]!.legs![0]!.reeferPlugs = 0;
      services[3]!.onDemand!.reeferPlugs = 0;
      demands.push({ id: 'E', from: 'B', to: 'C', quantity: 12, available: at(0), reefer: true });
    };
    expect(onwards('BARGE/1', sought)).toBe('BARGE/1 BARGE/2');
  });

  it('counts the time that legs on demand and handling take so far', () => {
    const readyAt22: Change = ({ demands }) => (demands[0]!.available = at(22));
    expect(onwards('TRUCK', readyAt22)).toBe('TRUCK RAIL/1');
    const handled =
      (place: number, kind: 'load' | 'transfer'): Change =>
      (document) => {
        readyAt22(document);
        document.locations[place]!.handlingTime = { [kind]: 'PT2H' };
      };
    expect(onwards('TRUCK', handled(0, 'load'))).toBe('TRUCK VAN');
    expect(onwards('TRUCK', handled(0, 'transfer'))).toBe('TRUCK RAIL/1');
    expect(onwards('TRUCK', handled(1, 'transfer'))).toBe('TRUCK VAN');
    const transferred =
      (latest: number): Change =>
      ({ locations, demands }) => {
        locations[1]!.handlingTime = { transfer: 'PT2H' };
        demands[0]!.latest = at(latest);
      };
    expect(onwards('BARGE/1 VAN', transferred(24))).toBe('BARGE/1 VAN');
    expect(onwards('BARGE/1 VAN', transferred(23))).toBeUndefined();
  });

  it('is the beginning itself where that leads to the destination', () => {
    expect(onwards('TRUCK RAIL/1')).toBe('TRUCK RAIL/1');
  });

  it('keeps to the deadline of the goods and the expiry of their lot', () => {
    expect(onwards('BARGE/1', ({ demands }) => (demands[0]!.latest = at(22)))).toBe('BARGE/1 VAN');
    expect(onwards('BARGE/1', ({ demands }) => (demands[0]!.latest = at(21)))).toBeUndefined();
    const expiring: Change = (document) => {
      twoLots(document);
      document.supplies![1]!.expires = at(29);
    };
    expect(onwards('BARGE/1', expiring, 'LOT1')).toBe('BARGE/1 BARGE/2');
    expect(onwards('BARGE/1', expiring, 'LOT2')).toBe('BARGE/1 RAIL/1');
  });

  it('goes on from the leg that goods are on, which is not counted in `maxLegs`', () => {
    const oneLeg: Change = (document) => (document.parameters = { maxLegs: 1 });
    expect(onwards('', goesOnBoard)).toBe('BARGE/2');
    expect(onwards('', (document) => [goesOnBoard, oneLeg].forEach((change) => change(document)))).toBe('BARGE/2');
    expect(onwards('BARGE/1', oneLeg)).toBeUndefined();
  });

  it('is none after what is not there any more', () => {
    expect(onwards('BARGE/9')).toBeUndefined();
    expect(onwards('BARGE/1', twoLots, 'LOT9')).toBeUndefined();
    expect(onwards('BARGE/1', twoLots)).toBeUndefined();
  });
});
