import type { Mapping } from '../mapping/document.js';
import { parseMapping } from '../mapping/parse.js';

/** A mapping that is right. */
export function mappingOf(yaml: string): Mapping {
  const parsed = parseMapping(yaml);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  return parsed.value;
}
