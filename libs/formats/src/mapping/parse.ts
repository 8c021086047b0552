import { type Parsed, faultsOf } from '@portolan/domain';
import { type HandWritten, handWritten } from '../yaml/hand-written.js';
import { checkMapping } from './checks.js';
import { type Mapping, mappingDocument } from './document.js';

/** A mapping is written by hand: what is longer is something else. */
export const MAX_MAPPING = 100_000;

/** A mapping from YAML or JSON, or everything that is wrong with it at once, each with its place, line and what would be right. */
export function parseMapping(text: string): Parsed<Mapping> {
  const written = handWritten(text, MAX_MAPPING, 'mapping');
  return written.ok ? mappingIn(written.value) : written;
}

function mappingIn({ given: said, placeOf }: HandWritten): Parsed<Mapping> {
  const given = withRules(said);
  const parsed = mappingDocument.safeParse(given);
  const faults = parsed.success ? checkMapping(parsed.data) : faultsOf(parsed.error, given);
  if (parsed.success && faults.length === 0) return { ok: true, value: parsed.data };
  return {
    ok: false,
    faults: faults.map((fault) => {
      const place = placeOf(fault.pointer);
      return place ? { ...fault, message: `line ${place.line}: ${fault.message}` } : fault;
    }),
  };
}

/** A field's bare column is a rule of that column. */
function withRules(given: unknown): unknown {
  const fields = (given as { fields?: unknown } | null | undefined)?.fields;
  if (typeof fields !== 'object' || fields === null || Array.isArray(fields)) return given;
  const rules = Object.entries(fields).map(([name, rule]) => [
    name,
    typeof rule === 'string' || typeof rule === 'number' ? { column: rule } : (rule as unknown),
  ]);
  return { ...(given as object), fields: Object.fromEntries(rules) as unknown };
}
