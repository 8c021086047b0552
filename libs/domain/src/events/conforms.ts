import type { core } from 'zod';

/** Is a value as a schema has it, so that parsing would give an equal one back? `false` may also mean: not known here. */
export type Conforms = (value: unknown) => boolean;

/**
 * A quick test made of a zod schema, for values that are almost always right: it allocates nothing, and builds no copy. What it
 * lets through, the schema lets through unchanged (a property test holds the two together); for all else ask the schema, which
 * may yet accept (and trim, say), and whose issues tell what is wrong. Kinds of schema unknown here conform to nothing.
 */
export function conformsTo(schema: core.$ZodType): Conforms {
  const known = schema as core.$ZodTypes;
  const checks: readonly core.$ZodCheck[] = known._zod.def.checks ?? [];
  // A format such as z.int() is a schema and a check in one.
  const own = known._zod.traits.has('$ZodCheck') ? [known as unknown as core.$ZodCheck] : [];
  const all = [...own, ...checks];
  return known._zod.def.type === 'string' ? textWith(all) : all.map(passes).reduce(both, shaped(known));
}

/** Most of what is tested is text: its lengths in one step. */
function textWith(checks: readonly core.$ZodCheck[]): Conforms {
  let [least, most] = [0, Infinity];
  const others: Conforms[] = [];
  for (const check of checks) {
    const { def } = (check as core.$ZodChecks)._zod;
    if (def.check === 'min_length') least = Math.max(least, def.minimum);
    else if (def.check === 'max_length') most = Math.min(most, def.maximum);
    else others.push(passes(check));
  }
  const isText: Conforms = (value) => typeof value === 'string' && value.length >= least && value.length <= most;
  return others.reduce(both, isText);
}

const both =
  (first: Conforms, second: Conforms): Conforms =>
  (value) =>
    first(value) && second(value);

const never: Conforms = () => false;

function shaped({ _zod: { def, values } }: core.$ZodTypes): Conforms {
  switch (def.type) {
    case 'number':
      return (value) => Number.isFinite(value);
    case 'boolean':
      return (value) => typeof value === 'boolean';
    case 'unknown':
      return () => true;
    case 'enum':
    case 'literal':
      return values ? (value) => values.has(value as never) : never;
    case 'optional':
      return optional(conformsTo(def.innerType));
    case 'array':
      return listOf(conformsTo(def.element));
    case 'record':
      return isAnyRecord(def) ? isRecord : never;
    case 'object':
      return isStrict(def) ? objectOf(def.shape) : never;
    default:
      return never;
  }
}

const optional =
  (inner: Conforms): Conforms =>
  (value) =>
    value === undefined || inner(value);

const listOf =
  (element: Conforms): Conforms =>
  (value) =>
    Array.isArray(value) && value.every(element);

/** Only of our own making or out of JSON: what is a class has getters and more to hide. */
function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

const isStrict = ({ catchall }: core.$ZodObjectDef): boolean => catchall?._zod.def.type === 'never';

interface Field {
  readonly name: string;
  readonly conforms: Conforms;
  readonly needed: boolean;
}

function objectOf(shape: core.$ZodShape): Conforms {
  const fields = new Map(Object.entries(shape).map(([name, schema]) => [name, fieldOf(name, conformsTo(schema))]));
  const needed = [...fields.values()].filter((field) => field.needed).length;
  // Objects of one maker have the same members in the same order: those of the last one are tried first.
  const last: Field[] = [];
  return (value) => {
    if (!isPlain(value)) return false;
    let [at, found] = [0, 0];
    for (const name in value) {
      let field = last[at];
      if (field?.name !== name) {
        field = fields.get(name);
        if (!field) return false;
        last[at] = field;
      }
      if (!field.conforms(value[name])) return false;
      if (field.needed) found += 1;
      at += 1;
    }
    return found === needed;
  };
}

const fieldOf = (name: string, conforms: Conforms): Field => ({ name, conforms, needed: !conforms(undefined) });

const isAnyRecord = ({ keyType, valueType }: core.$ZodRecordDef): boolean =>
  keyType._zod.def.type === 'string' && !keyType._zod.def.checks && valueType._zod.def.type === 'unknown';

/** A key `__proto__` is something that zod leaves out. */
const isRecord: Conforms = (value) => isPlain(value) && !Object.hasOwn(value, '__proto__');

/** Is a number on the right side of a bound? */
function beyond({
  check,
  value: bound,
  inclusive,
}: core.$ZodCheckGreaterThanDef | core.$ZodCheckLessThanDef): Conforms {
  if (check === 'greater_than') return inclusive ? (value) => value! >= bound : (value) => value! > bound;
  return inclusive ? (value) => value! <= bound : (value) => value! < bound;
}

/** A check passes when it has no issue and leaves the value as it is: text that is to be trimmed is trimmed already. */
function passes(check: core.$ZodCheck): Conforms {
  const { def } = (check as core.$ZodChecks)._zod;
  if (def.check === 'max_length') return (value) => (value as string).length <= def.maximum;
  if (def.check === 'min_length') return (value) => (value as string).length >= def.minimum;
  if (def.check === 'greater_than' || def.check === 'less_than') return beyond(def);
  if (def.check === 'overwrite') return (value) => def.tx(value) === value;
  const refinement = (def as { readonly fn?: (value: unknown) => unknown }).fn;
  if (refinement) return (value) => refinement(value) === true;
  return (value) => {
    const payload: core.ParsePayload = { value, issues: [] };
    return check._zod.check(payload as never) === undefined && payload.issues.length === 0 && payload.value === value;
  };
}
