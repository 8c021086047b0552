import type { BindingResource, Cause, Explanation, UnservedReason } from '@portolan/domain';
import { type Change, at, crowded, direct, perishable, planned, rotations, scarceLot } from '../testing/examples.js';
import { PlanExplanations, explain } from './explain.js';
import type { LegExplanation, Ranges } from './explanation.js';
import type { Language } from './messages.js';
import { becauseOf, languages, wordsOf } from './words.js';

type Explained = Explanation | LegExplanation;

/** The figures of a text, read back from how the language writes them. */
function figuresIn(sentences: readonly string[], language: Language): number[] {
  const [group, point] = language === 'en' ? [/,(?=\d{3})/g, '.'] : [/[.\u202f\u00a0 ](?=\d{3}(?!\d))/g, ','];
  return sentences.flatMap((sentence) =>
    [
      ...sentence
        .replace(group, '')
        .replaceAll(point, '.')
        .matchAll(/\d+(\.\d+)?/g),
    ].map(([digits]) => +digits),
  );
}

const loads = ({ used, capacity, shadowPrice, range }: BindingResource): number[] => [
  used,
  capacity,
  ...(shadowPrice === 0 ? [] : [-shadowPrice]),
  ...(range && range.from < range.to ? [range.from, range.to].filter(Number.isFinite) : []),
];

const causes = (cause: Cause): number[] => {
  const { kind, by } = cause;
  if (kind === 'cheaper-unserved') return [cause.cost, cause.unserved];
  return kind === 'late' ? [cause.hours, by] : [by];
};

const reasons = (reason: UnservedReason): number[] => {
  if (reason.kind === 'cheaper-unserved') return [reason.cost, reason.unserved];
  return reason.kind === 'full' ? reason.resources.flatMap(loads) : [];
};

/** Every figure that an explanation must not keep to itself. */
function figuresOf(explanation: Explained): number[] {
  if (explanation.kind === 'leg')
    return explanation.resources.flatMap(({ used, capacity = 0, worth }) => [used, capacity, worth].filter(Boolean));
  const { flows, nextBest, unserved, marginalCost } = explanation;
  const figures = [
    ...flows.flatMap(({ quantity, unitCost, parts, binding }) => [
      ...[quantity, unitCost, ...Object.values(parts).filter((part) => part !== 0)],
      ...binding.flatMap(loads),
    ]),
    ...nextBest.flatMap(({ costsMore, because, saves }) =>
      [costsMore, ...because.flatMap(causes), saves].filter(Boolean),
    ),
    ...(unserved ? [unserved.quantity, ...reasons(unserved.reason)] : []),
    marginalCost,
  ];
  return figures.map((figure) => Math.abs(Math.round(figure * 100) / 100));
}

const instantsOf = (explanation: Explained): string[] =>
  explanation.kind === 'leg'
    ? [explanation.leg.departs, explanation.leg.arrives].filter((instant) => instant !== undefined)
    : [...explanation.flows, ...explanation.nextBest].flatMap(({ delivered }) => delivered ?? []);

type Example = readonly [string, () => Promise<Explained>];

/** Solved once for all languages. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}

const about = (
  demand: string,
  document: () => ReturnType<typeof direct>,
  changes: readonly Change[] = [],
  ranges?: Ranges,
): (() => Promise<Explanation>) =>
  once(async () => {
    const { problem, plan } = await planned(document(), ...changes);
    return new PlanExplanations(problem, plan, ranges && { ranges }).of(demand);
  });

const aboutLeg = (service: string, leg?: string, ...changes: Change[]): (() => Promise<LegExplanation>) =>
  once(async () => {
    const { problem, plan } = await planned(direct(), ...changes);
    return new PlanExplanations(problem, plan).ofLeg(service, leg);
  });

/** The explanation of `direct`, with other facts, such as plans of whole units have. */
const altered = (facts: (explanation: Explanation) => Partial<Explanation>): (() => Promise<Explanation>) =>
  once(async () => {
    const explanation = await about('D', direct)();
    return { ...explanation, ...facts(explanation) };
  });

const stays: Change = (document) => {
  document.supplies = [{ id: 'LOT', product: 'pear', location: 'B', quantity: 9, available: at(0), unitCost: 8 }];
  document.demands = [{ id: 'D', product: 'pear', to: 'B', quantity: 4 }];
};
const cooled: Change = ({ services, demands }) => {
  Object.assign(services[0]!.legs![0]!, { capacity: 99, reeferPlugs: 10 });
  for (const demand of demands) demand.reefer = true;
};
const inForce: Change = (document) => {
  document.parameters = { changePenaltyPerUnit: 45 };
  document.current = [{ demand: 'D', itinerary: [{ service: 'RAIL', leg: '1' }], quantity: 4 }];
};
const first: (terms: object) => Change =
  (terms) =>
  ({ demands }) =>
    Object.assign(demands[0]!, terms);
const product: Change = ({ demands }) =>
  (demands[0] = { id: 'D', product: 'pear', to: 'B', quantity: 4, available: at(0) });
const onBoard: Change = ({ demands }) =>
  (demands[0] = { id: 'D', onBoard: { service: 'BARGE', leg: '1' }, to: 'B', quantity: 4 });
const thousands: Change = (document) => {
  document.unit = 'pallet';
  document.services[0]!.legs![0]!.capacity = 12_000;
  document.services[0]!.legs![0]!.cost = 1234.5;
  document.services[1]!.legs![0]!.cost = 9876.25;
  document.demands[0]!.quantity = 11_111.5;
  document.demands[0]!.unservedPenalty = 90_000;
};

const examples: readonly Example[] = [
  ['a cost of every kind', about('D', perishable)],
  ['a full leg', about('E', direct, [crowded], () => ({ from: 3, to: 12.5 }))],
  ['a full leg, with no more and no less room', about('E', direct, [crowded], () => ({ from: 10, to: 10 }))],
  ['full plugs', about('E', direct, [crowded, cooled])],
  ['a lot used up', about('E', direct, [scarceLot])],
  ['an alternative that is full', about('D', direct, [crowded])],
  ['an alternative that is dearer', about('D', direct)],
  ['an alternative that is late', about('D', direct, [first({ due: at(24), latePerUnitHour: 7 })])],
  ['an alternative to what is in force', about('D', direct, [inForce])],
  ['an alternative to leaving', about('D', direct, [first({ unservedPenalty: 25 })])],
  ['no supply', about('D', direct, [product])],
  ['no itinerary', about('D', direct, [first({ latest: at(19) })])],
  ['cheaper unserved', about('D', direct, [first({ unservedPenalty: 25.5 })])],
  ['full for some', about('D', direct, [first({ quantity: 13, latest: at(20) })])],
  ['thousands', about('D', direct, [thousands])],
  ['on board to the end', about('D', direct, [onBoard])],
  ['a lot at the destination', about('D', direct, [stays])],
  [
    'too little room for a piece',
    altered(() => ({ unserved: { quantity: 3, reason: { kind: 'full', resources: [] } } })),
  ],
  [
    'full without a price',
    altered(() => ({
      unserved: {
        quantity: 3,
        reason: {
          kind: 'full',
          resources: [
            { resource: 'capacity', service: 'S', mode: 'other', used: 5, capacity: 7, shadowPrice: 0 },
            { resource: 'reeferPlugs', service: 'S', mode: 'air', used: 2, capacity: 2, shadowPrice: 0 },
            { resource: 'lot', supply: 'L', used: 11, capacity: 12, shadowPrice: 0 },
          ],
        },
      },
    })),
  ],
  [
    'an alternative that costs less, and one that costs the same',
    altered(({ nextBest: [next] }) => ({
      nextBest: [
        { ...next!, costsMore: -3, because: [], saves: 3 },
        { ...next!, costsMore: 0, because: [], saves: 0 },
      ],
    })),
  ],
  ['whole units', altered(() => ({ relaxed: true }))],
  ['nothing to do', about('D', direct, [first({ quantity: 0 })])],
  ['rotations', about('D', rotations)],
  ['a leg that is full', aboutLeg('BARGE', '1', crowded)],
  ['a leg with room', aboutLeg('RAIL', '1', crowded)],
  ['a leg with full plugs', aboutLeg('BARGE', '1', crowded, cooled)],
  ['a leg without limit', aboutLeg('TRUCK', undefined, crowded)],
];

describe.each(languages)('words in %s', (language) => {
  it.each(examples)('mention every figure: %s', async (_, explained) => {
    const explanation = await explained();
    const told = figuresIn(wordsOf(explanation, language), language);
    expect(told).toEqual(expect.arrayContaining(figuresOf(explanation)));
  });

  it.each(examples)('are whole sentences, that begin like one and end with a stop: %s', async (_, explained) => {
    for (const sentence of wordsOf(await explained(), language)) {
      expect(sentence).toMatch(/^[\p{Lu}\d].*\.$/su);
      expect(sentence).not.toMatch(/undefined|NaN|\[object|Infinity|∞/);
    }
  });

  it.each(examples)('say whose clock it is where they tell a time: %s', async (_, explained) => {
    const explanation = await explained();
    const words = wordsOf(explanation, language);
    const tells = instantsOf(explanation).length > 0;
    expect(words.at(-1)!.includes('Europe/Brussels')).toBe(tells);
    for (const instant of instantsOf(explanation)) {
      // Brussels is one hour ahead of UTC in the winter of the examples.
      const hours = (new Date(instant).getUTCHours() + 1) % 24;
      expect(words.join(' ')).toContain(`${String(hours).padStart(2, '0')}:00`);
    }
  });
});

describe('words', () => {
  const terms: Readonly<Record<Language, readonly string[]>> = {
    en: [
      'barge BARGE, leg 1',
      'train RAIL',
      'shadow price',
      'reefer plugs',
      'lot LOT1',
      'handling',
      'voyage 0',
      'vessel',
    ],
    nl: [
      'binnenschip BARGE, traject 1',
      'trein RAIL',
      'schaduwprijs',
      'koelaansluitingen',
      'partij LOT1',
      'overslag',
      'reis 0',
      'zeeschip',
    ],
    fr: [
      'barge fluviale BARGE, tronçon 1',
      'train RAIL',
      'prix dual',
      'prises frigorifiques',
      'lot LOT1',
      'manutention',
      'voyage 0',
      'navire',
    ],
    de: [
      'Binnenschiff BARGE, Abschnitt 1',
      'Zug RAIL',
      'Schattenpreis',
      'Kühlanschlüsse',
      'Partie LOT1',
      'Umschlag',
      'Fahrt 0',
      'Seeschiff',
    ],
  };

  it.each(languages)('are those of the field (%s)', async (language) => {
    const all = await Promise.all(examples.map(async ([, explained]) => wordsOf(await explained(), language)));
    for (const term of terms[language]) expect(all.flat().join(' ')).toContain(term);
  });

  it.each(languages)('of one language are in no other (%s)', async (language) => {
    const sentences = new Map<string, Language>();
    for (const other of languages.filter((each) => each !== language))
      for (const [, explained] of examples)
        for (const sentence of wordsOf(await explained(), other)) sentences.set(sentence, other);
    for (const [, explained] of examples)
      for (const sentence of wordsOf(await explained(), language)) expect(sentences.get(sentence)).toBeUndefined();
  });

  it('write figures as the language does, and know plurals', async () => {
    const explanation = await examples.find(([name]) => name === 'thousands')![1]();
    const words = (language: Language) =>
      wordsOf(explanation, language)
        .join(' ')
        .replaceAll(/[\u00a0\u202f]/g, ' ');
    expect(words('en')).toContain('11,111.5 pallets of D');
    expect(words('en')).toContain('One pallet costs €1,234.50');
    expect(words('nl')).toContain('€ 1.234,50');
    expect(words('fr')).toContain('11 111,5 palettes');
    expect(words('de')).toContain('11.111,5 Paletten');
  });

  it.each([
    ['a full leg', 'would save €60.00'],
    ['a full leg, with no more and no less room', 'would save at most €60.00'],
    ['full plugs', 'would save at most €60.00'],
  ])('promise of one more unit only what is known: %s', async (name, promise) => {
    const explanation = await examples.find(([each]) => each === name)![1]();
    expect(wordsOf(explanation, 'en').join(' ')).toContain(promise);
  });

  it('tell of what is full once, though it be full for several reasons', async () => {
    const explanation = await examples.find(([name]) => name === 'a lot used up')![1]();
    const told = wordsOf(explanation, 'en').filter((sentence) => sentence.startsWith('Used up'));
    expect(told).toEqual(['Used up: lot LOT1 (9 of 9\u00a0TEU).']);
  });

  it('know summer time, and the zone by its name', async () => {
    const { problem, plan } = await planned(direct());
    const explanation = new PlanExplanations(problem, plan).ofLeg('BARGE', '1');
    const summer = { ...explanation, leg: { ...explanation.leg, departs: '2026-07-01T22:30:00Z' } };
    expect(wordsOf(summer, 'en')[0]).toContain('2 Jul 2026, 00:30 CEST');
    expect(wordsOf(summer, 'de')[0]).toContain('2. Juli 2026, 00:30 MESZ');
  });

  it('write a currency that is no code as it is, and small prices with digits that say something', async () => {
    const { problem, plan } = await planned(direct(), (document) => (document.currency = 'points'));
    const explanation = new PlanExplanations(problem, plan).of('D');
    expect(wordsOf(explanation, 'en').join(' ')).toContain('40.00 points');
    const small = { ...explanation, currency: 'EUR', marginalCost: 0.00123 };
    expect(wordsOf(small, 'en').join(' ')).toContain('€0.0012');
  });

  it('are these, for a place on a barge that two would like', async () => {
    const explanation = await examples.find(([name]) => name === 'an alternative that is full')![1]();
    expect(wordsOf(explanation, 'en')).toEqual([
      '4\u00a0TEU of D: train RAIL, leg 1, from A to B.',
      'Delivered 3 Mar 2026, 11:00 CET.',
      'One TEU costs €70.00: transport €70.00.',
      'One more TEU of D would add at least €70.00 to the total.',
      'Alternative: barge BARGE, leg 1, from A to B, delivered 2 Mar 2026, 21:00 CET – €30.00 more per TEU.',
      'It would take up what is full: barge BARGE, leg 1; that is worth €60.00 per TEU.',
      'In other respects it saves €30.00.',
      'Times are in the time zone Europe/Brussels.',
    ]);
  });

  it('do not promise what a unit saves where whole units make a difference', async () => {
    const { problem, plan } = await planned(direct(), crowded);
    const explanation = explain(problem, plan, 'E', { ranges: () => ({ from: 0, to: 12 }) });
    const saves = (told: Explanation) =>
      wordsOf(told, 'en').find((sentence) => sentence.startsWith('One more TEU of room'));
    expect(saves(explanation)).toBe('One more TEU of room would save €60.00 (shadow price -€60.00).');
    const relaxed = { ...explanation, relaxed: true } as const;
    expect(saves(relaxed)).toBe('One more TEU of room would save at most €60.00 (shadow price -€60.00).');
    expect(wordsOf(relaxed, 'en')).toContain(
      'Prices are those of a plan that may divide goods at will; in whole units savings may differ.',
    );
  });

  it('tell what an alternative costs more for, by itself, too', async () => {
    const because = async (name: string) => {
      const explanation = await examples.find(([each]) => each === name)![1]();
      return explanation.kind === 'demand'
        ? explanation.nextBest.map((next) => becauseOf(explanation, next, 'en'))
        : [];
    };
    expect(await because('an alternative that is full')).toEqual([
      'It would take up what is full: barge BARGE, leg 1; that is worth €60.00 per TEU. In other respects it saves €30.00.',
    ]);
    expect(await because('an alternative that is late')).toEqual([
      'It delivers 10 hours late; lateness costs €70.00 more. Transport: €30.00 more.',
    ]);
    expect(await because('an alternative that costs less, and one that costs the same')).toEqual([
      'In other respects it saves €3.00.',
      'The same cost per TEU.',
    ]);
  });
});
