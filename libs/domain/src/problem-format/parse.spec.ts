import type { ProblemDocument } from './document.js';
import { parseProblem } from './parse.js';

const sound = (): ProblemDocument => ({
  format: 'portolan.problem/1',
  locations: [{ id: 'A' }, { id: 'B' }],
  services: [
    {
      id: 'BARGE',
      legs: [
        { id: '1', from: 'A', to: 'B', departs: '2026-03-02T06:00:00Z', arrives: '2026-03-02T09:00:00Z', capacity: 10 },
      ],
    },
  ],
  demands: [
    { id: 'D1', from: 'A', to: 'B', quantity: 4, available: '2026-03-02T00:00:00Z' },
    { id: 'D2', from: 'A', to: 'B', quantity: 4, available: '2026-03-02T00:00:00Z' },
  ],
});

const faults = (change: (document: ProblemDocument) => void): [string, string][] => {
  const document = sound();
  change(document);
  const parsed = parseProblem(document);
  return parsed.ok ? [] : parsed.errors.map(({ pointer, message }) => [pointer, message]);
};
const pointers = (change: (document: ProblemDocument) => void) => faults(change).map(([pointer]) => pointer);

describe('a problem', () => {
  it('is read when it is sound', () => expect(faults(() => {})).toEqual([]));

  it('names everything that is wrong at once, in shape and in meaning', () => {
    const found = pointers((document) => {
      document.demands[0]!.quantity = -3;
      document.demands[1]!.to = 'NOWHERE';
      document.services[0]!.legs![0]!.arrives = '2026-03-01T00:00:00Z';
      (document as Record<string, unknown>)['oops'] = 1;
    });
    expect(found.sort()).toEqual(['/demands/0/quantity', '/demands/1/to', '/oops', '/services/0/legs/0/arrives']);
  });

  it('does not call a reference dangling whose target is only misshapen', () => {
    expect(pointers((document) => (document.locations[1]!.spoilageFactor = -1))).toEqual([
      '/locations/1/spoilageFactor',
    ]);
  });

  it.each<[string, (document: ProblemDocument) => void, string]>([
    ['a duplicate id', (d) => (d.demands[1]!.id = 'D1'), '/demands/1/id'],
    ['a leg from a place to itself', (d) => (d.services[0]!.legs![0]!.to = 'A'), '/services/0/legs/0/to'],
    ['a demand without readiness', (d) => delete d.demands[0]!.available, '/demands/0/available'],
    ['a demand to where it is', (d) => (d.demands[0]!.to = 'A'), '/demands/0/to'],
    ['a demand with two starts', (d) => (d.demands[0]!.product = 'pear'), '/demands/0'],
    [
      'a closure that ends before it begins',
      (d) => (d.locations[0]!.closures = [{ from: '2026-03-03T00:00:00Z', to: '2026-03-03T00:00:00Z' }]),
      '/locations/0/closures/0/to',
    ],
    ['maxLegs below 1', (d) => (d.parameters = { maxLegs: 0 }), '/parameters/maxLegs'],
    [
      'a service of two kinds',
      (d) => (d.services[0]!.onDemand = { from: 'A', to: 'B', duration: 'PT1H' }),
      '/services/0',
    ],
    [
      'a demand on board of nothing',
      (d) => (d.demands[0] = { id: 'D1', onBoard: { service: 'BARGE', leg: '9' }, to: 'B', quantity: 1 }),
      '/demands/0/onBoard',
    ],
    [
      'a rotation that calls twice in a row',
      (d) => (d.services = [{ id: 'R', rotation: ['A', 'B', 'A'], capacity: 5 }]),
      '/services/0/rotation/2',
    ],
    [
      'an entry of current that is there twice',
      (d) => (d.current = [1, 2].map(() => ({ demand: 'D1', itinerary: [], quantity: 1 }))),
      '/current/1',
    ],
    [
      'times in a static problem',
      (d) => (d.services = [{ id: 'R', rotation: ['A', 'B'], capacity: 5 }]),
      '/demands/0/available',
    ],
  ])('rejects %s', (_what, change, pointer) => expect(pointers(change)).toContain(pointer));

  it.each<[string, (document: ProblemDocument) => void]>([
    [
      'a product that no supply has',
      (d) => (d.demands[0] = { id: 'D1', product: 'pear', to: 'B', quantity: 1, available: '2026-03-02T00:00:00Z' }),
    ],
    [
      'an entry of current that names what is not there',
      (d) =>
        (d.current = [
          { demand: 'X', itinerary: [{ service: 'Y', leg: 'a leg with a long name, as some have' }], quantity: 1 },
        ]),
    ],
    ['a quantity and a capacity of 0', (d) => ([d.demands[0]!.quantity, d.services[0]!.legs![0]!.capacity] = [0, 0])],
    ['ids that differ by a space', (d) => (d.demands[1]!.id = 'D1 ')],
    ['a unit size of 0, which is none', (d) => (d.demands[0]!.unitSize = 0)],
  ])('accepts %s', (_what, change) => expect(faults(change)).toEqual([]));
});
