import { type Fault, type Parsed, faultsOf } from '@portolan/domain';
import { LineCounter, isNode, parseDocument } from 'yaml';
import type { Document } from 'yaml';
import { checkMapping } from './checks.js';
import { keysOf } from '../reading.js';
import { type Mapping, mappingDocument } from './document.js';
import { unshapely } from './nesting.js';

/** A mapping is written by hand: what is longer is something else. */
export const MAX_MAPPING = 100_000;
/** Of what is no YAML, the first places suffice. */
const MAX_FAULTS = 20;

/** A mapping from YAML or JSON, or everything that is wrong with it at once, each with its place, line and what would be right. */
export function parseMapping(text: string): Parsed<Mapping> {
  if (text.length > MAX_MAPPING) return refused(`has ${text.length} characters; a mapping has at most ${MAX_MAPPING}`);
  const wrong = unshapely(text);
  if (wrong !== undefined) return refused(`is no YAML that can be read: ${wrong}`);
  try {
    return parseYaml(text);
  } catch (error) {
    // The library gives up on what refers to itself too often.
    return refused(`is no YAML that can be read: ${firstLine((error as Error).message)}`);
  }
}

function parseYaml(text: string): Parsed<Mapping> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, stringKeys: true });
  if (document.errors.length > 0)
    return {
      ok: false,
      faults: document.errors
        .slice(0, MAX_FAULTS)
        .map(({ message, pos }) => syntaxFault(message, lines.linePos(pos[0]))),
    };
  const given = withRules(document.toJS({ maxAliasCount: 20 }));
  const parsed = mappingDocument.safeParse(given);
  const faults = parsed.success ? checkMapping(parsed.data) : faultsOf(parsed.error, given);
  if (parsed.success && faults.length === 0) return { ok: true, value: parsed.data };
  return { ok: false, faults: faults.map((fault) => withLine(fault, document, lines)) };
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

const refused = (message: string): Parsed<never> => ({ ok: false, faults: [{ pointer: '', message }] });

const syntaxFault = (message: string, { line, col }: { line: number; col: number }): Fault => ({
  pointer: '',
  message: `line ${line}, column ${col}: is not YAML: ${firstLine(message)}`,
});

const firstLine = (message: string): string => message.split('\n', 1)[0]!;

/** The line of the nearest thing that is there. */
function withLine(fault: Fault, document: Document, lines: LineCounter): Fault {
  const path = keysOf(fault.pointer);
  for (let length = path.length; length > 0; length -= 1) {
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range)
      return { ...fault, message: `line ${lines.linePos(node.range[0]).line}: ${fault.message}` };
  }
  return fault;
}
