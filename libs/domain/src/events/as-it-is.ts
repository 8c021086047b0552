import { z } from 'zod';

/** Does a schema accept a value, and give it back equal to the last key? It may say no where it does. */
export type AsItIs = (value: unknown) => boolean;

/**
 * What most events are asked instead of their schema: it makes no object, no list of faults and no copy, which takes a fifth of the
 * time. Where it says no, the schema has the word. It knows the schemas that events are made of; of any other it says no to all.
 */
export function asItIs(schema: z.core.$ZodType): AsItIs {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  const checks = (def.checks ?? []).map(checkOf);
  // Schemas that are a check themselves (`z.email()`, `z.int()`) are not among those of events.
  const isKind = 'check' in def ? no : kindOf(def);
  if (checks.length === 0) return isKind;
  const [first] = checks as [AsItIs];
  if (checks.length === 1) return (value) => isKind(value) && first(value);
  return (value) => isKind(value) && checks.every((check) => check(value));
}

const no: AsItIs = () => false;

function kindOf(def: z.core.$ZodTypes['_zod']['def']): AsItIs {
  switch (def.type) {
    case 'string':
      return (value) => typeof value === 'string';
    case 'number':
      return Number.isFinite;
    case 'boolean':
      return (value) => typeof value === 'boolean';
    case 'unknown':
      return () => true;
    case 'literal':
      return (value) => def.values.includes(value as never);
    case 'enum':
      return among(new Set<unknown>(Object.values(def.entries)));
    case 'optional':
      return asItIs(def.innerType);
    case 'array':
      return every(asItIs(def.element));
    case 'record':
      return isUnknown(def.valueType) ? isRecord : no;
    case 'object':
      return fieldsOf(def.shape);
    default:
      return no;
  }
}

const among =
  (values: ReadonlySet<unknown>): AsItIs =>
  (value) =>
    values.has(value);

const every =
  (check: AsItIs): AsItIs =>
  (value) =>
    Array.isArray(value) && value.every(check);

const isUnknown = (schema: z.core.$ZodType): boolean => schema._zod.def.type === 'unknown';

const isRecord: AsItIs = (value) => isObject(value) && !Object.hasOwn(value, '__proto__');

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

interface Field {
  readonly name: string;
  readonly isOptional: boolean;
  readonly isRight: AsItIs;
}

/** An object with its fields in the order of the schema, in which the schema gives them back, and no other. */
function fieldsOf(shape: Readonly<Record<string, z.core.$ZodType>>): AsItIs {
  const fields = Object.entries(shape).map(([name, schema]): Field => ({
    name,
    isOptional: schema._zod.def.type === 'optional',
    isRight: asItIs(schema),
  }));
  return (value) => {
    if (!isObject(value)) return false;
    let next = 0;
    for (const name in value) {
      while (next < fields.length && fields[next]!.name !== name) if (!fields[next++]!.isOptional) return false;
      if (next === fields.length || !fields[next++]!.isRight(value[name])) return false;
    }
    while (next < fields.length) if (!fields[next++]!.isOptional) return false;
    return true;
  };
}

function checkOf(check: z.core.$ZodCheck<never>): AsItIs {
  const { def } = (check as unknown as z.core.$ZodChecks)._zod;
  switch (def.check) {
    case 'min_length':
      return (value) => (value as ArrayLike<unknown>).length >= def.minimum;
    case 'max_length':
      return (value) => (value as ArrayLike<unknown>).length <= def.maximum;
    case 'greater_than':
      return (value) =>
        def.inclusive ? (value as number) >= Number(def.value) : (value as number) > Number(def.value);
    case 'less_than':
      return (value) =>
        def.inclusive ? (value as number) <= Number(def.value) : (value as number) < Number(def.value);
    case 'overwrite':
      return (value) => def.tx(value) === value;
    case 'string_format':
      return isRegex(def) ? (value) => def.pattern.test(value as string) : no;
    default:
      return refinementOf(def) ?? ((value) => passes(check, value));
  }
}

type Regex = { readonly format: string; readonly pattern: RegExp };

const isRegex = (def: { readonly format: string; readonly pattern?: RegExp | undefined }): def is Regex =>
  def.format === 'regex' && def.pattern !== undefined && !def.pattern.global && !def.pattern.sticky;

/** Any other check, as the schema itself makes it: without a fault, and without another value. */
function passes(check: z.core.$ZodCheck<never>, value: unknown): boolean {
  const payload: z.core.ParsePayload = { value, issues: [] };
  const waiting: unknown = check._zod.check(payload as never);
  return waiting === undefined && payload.issues.length === 0 && payload.value === value;
}

/** The function of a `.refine`, which is all there is to it. */
function refinementOf(def: object): AsItIs | undefined {
  const { fn } = def as { readonly fn?: (value: unknown) => unknown };
  return fn && ((value) => fn(value) === true);
}
