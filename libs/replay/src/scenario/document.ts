import { defaultParameters, duration, eventData, identifier, instant } from '@portolan/domain';
import { z } from 'zod';

/** A name, or a pattern in which `*` stands for any characters. */
const pattern = identifier.meta({ description: 'A name; * in it stands for any characters' });

/** One value, or several: each makes a variant of its own. */
const values = <T extends z.ZodType>(schema: T, what: string) =>
  z.union([schema, z.array(schema).min(1)], { error: `must be ${what}, or a list of such values` });

const factor = z.number().min(0).max(1000);
const spread = <T extends z.ZodType>(amount: T) =>
  z.discriminatedUnion('distribution', [
    z.strictObject({ distribution: z.literal('uniform'), from: amount, to: amount }),
    z.strictObject({ distribution: z.literal('triangular'), from: amount, likely: amount, to: amount }),
    z.strictObject({ distribution: z.literal('normal'), mean: amount, deviation: amount }),
    z.strictObject({ distribution: z.literal('exponential'), mean: amount }),
  ]);
/** Or drawn anew for each run: uniform, triangular, normal (never below 0) or exponential. */
const random = <T extends z.ZodType>(amount: T, what: string) =>
  values(z.union([amount, spread(amount)]), `${what}, or a distribution`);

const known = instant.optional().meta({
  description:
    'When it becomes known. Default: when it begins, at the latest at the end of the base; where it has no beginning, at the end of the base, or at the first moment of a base without one',
});

const close = z.strictObject({
  location: values(pattern, 'a place'),
  from: values(instant, 'an instant'),
  to: values(instant, 'an instant'),
  known,
  reason: z.string().max(500).optional(),
});
const reopen = z.strictObject({ location: values(pattern, 'a place'), at: instant });
const delay = z.strictObject({
  transport: values(pattern, 'a transport'),
  by: random(duration, 'a duration such as PT18H'),
  known,
});
const capacity = z
  .strictObject({
    service: values(pattern, 'a service'),
    leg: z.string().max(20).optional(),
    factor: random(factor, 'a factor from 0 to 1000').optional(),
    capacity: values(z.number().min(0), 'a number, 0 or more').optional(),
    reeferPlugs: values(z.number().min(0), 'a number, 0 or more').optional(),
    known,
  })
  .refine(
    ({ factor, capacity, reeferPlugs }) =>
      (factor === undefined) !== (capacity === undefined && reeferPlugs === undefined),
    { error: 'must have either `factor`, or `capacity` or `reeferPlugs` or both' },
  );

const types = Object.keys(eventData);
const selectors = {
  type: z
    .string()
    .refine((type) => types.some((each) => patternOf(type).test(each)), {
      error: `must be a type of event, such as ${types[8]}; * stands for any characters`,
    })
    .optional(),
  subject: pattern.optional().meta({ description: 'What the event is about: its subject, or the id in its data' }),
  place: pattern.optional().meta({ description: 'A place that its data names' }),
  transport: pattern
    .optional()
    .meta({ description: 'A service, vessel (IMO number or name) or voyage that its data names' }),
  from: instant.optional().meta({ description: 'Received then or later' }),
  to: instant.optional().meta({ description: 'Received before' }),
  where: z
    .string()
    .max(2000)
    .optional()
    .meta({ description: 'Expression (CEL) over `event` and `data`, such as data.quantity > 4.0' }),
};
const someSelector = (selector: Partial<Record<keyof typeof selectors, unknown>>) =>
  Object.keys(selectors).some((name) => selector[name as keyof typeof selectors] !== undefined);
const oneSelector = { error: `must say which events: ${Object.keys(selectors).join(', ')}` };

const drop = z.strictObject(selectors).refine(someSelector, oneSelector);
const modify = z
  .strictObject({
    ...selectors,
    set: z.record(z.string(), z.unknown()).optional().meta({ description: 'Merged into the data (RFC 7386)' }),
    multiply: z
      .record(z.string(), values(factor, 'a factor from 0 to 1000'))
      .optional()
      .meta({ description: 'Numbers of the data, by JSON Pointer or name, times a factor' }),
  })
  .refine(someSelector, oneSelector)
  .refine(({ set, multiply }) => set !== undefined || multiply !== undefined, {
    error: 'must have `set` or `multiply`',
  });
const insert = z.strictObject({
  event: z.strictObject({
    type: z.enum(types as [string, ...string[]], { error: `must be a type of event, such as ${types[8]}` }),
    subject: z.string().max(600).optional(),
    time: instant.optional(),
    data: z.record(z.string(), z.unknown()),
  }),
  known,
});
export const parameters = Object.keys(defaultParameters).filter((name) => name !== 'autoAccept') as [
  string,
  ...string[],
];
const set = z.strictObject({
  parameter: z.enum(parameters, { error: `must be one of ${parameters.join(', ')}` }),
  value: values(z.union([z.number(), z.string()]), 'a number or text'),
  known,
});

const kinds = { close, reopen, delay, capacity, drop, insert, modify, set };
export type ChangeKind = keyof typeof kinds;
export const changeKinds = Object.keys(kinds) as ChangeKind[];

const change = z
  .strictObject({
    close: close.optional(),
    reopen: reopen.optional(),
    delay: delay.optional(),
    capacity: capacity.optional(),
    drop: drop.optional(),
    insert: insert.optional(),
    modify: modify.optional(),
    set: set.optional(),
  })
  .refine((given) => changeKinds.filter((kind) => given[kind] !== undefined).length === 1, {
    error: `must be exactly one of ${changeKinds.join(', ')}`,
  })
  .meta({ minProperties: 1, maxProperties: 1 });

const variant = z.strictObject({
  name: z.string().trim().min(1).max(100),
  runs: z.int().min(1).max(1000).optional().meta({ description: 'How often distributions are drawn from. Default 20' }),
  seed: z.int().min(0).optional().meta({ description: 'Another number gives other draws. Default 1' }),
  changes: z.array(change).max(1000),
});

/** `portolan.scenario/1`: what to change in a log, to see what the best plans would have been. */
export const scenarioDocument = z.strictObject({
  format: z.literal('portolan.scenario/1'),
  name: z.string().trim().min(1).max(200),
  base: z
    .strictObject({
      log: z.string().max(1000).optional().meta({ description: 'As for `portolan replay`. Default live' }),
      until: instant.optional().meta({ description: 'What was received later is left out' }),
      cell: z.string().max(200).optional().meta({ description: 'Planning cell, where the log has several' }),
      every: duration.optional().meta({ description: 'Plan every so much time of the log' }),
    })
    .optional(),
  variants: z.array(variant).min(1).max(200),
});

export type ScenarioDocument = z.infer<typeof scenarioDocument>;
export type VariantDocument = ScenarioDocument['variants'][number];
export type ChangeDocument = VariantDocument['changes'][number];
export type SelectorDocument = z.infer<typeof drop>;

/** The regular expression of a pattern: only `*` is special, so that it ends in linear time. */
export function patternOf(text: string): { test(value: string): boolean } {
  const parts = text.split('*');
  if (parts.length === 1) return { test: (value) => value === text };
  return { test: (value) => inOrder(value, parts) };
}

function inOrder(value: string, parts: readonly string[]): boolean {
  const [first, last] = [parts[0]!, parts.at(-1)!];
  if (!value.startsWith(first) || !value.endsWith(last) || value.length < first.length + last.length) return false;
  let from = first.length;
  for (const part of parts.slice(1, -1)) {
    const at = value.indexOf(part, from);
    if (at < 0) return false;
    from = at + part.length;
  }
  return from <= value.length - last.length;
}

/** JSON Schema (2020-12) of `portolan.scenario/1`, for editors. */
export const scenarioSchema = (): object => ({
  ...z.toJSONSchema(scenarioDocument, { io: 'input' }),
  title: 'portolan.scenario/1',
});
