import { type Fault, type Parsed, faultsOf } from '@portolan/domain';
import { keysOf, unshapely } from '@portolan/formats';
import { type Document, LineCounter, isNode, parseDocument } from 'yaml';
import { type ScenarioDocument, scenarioDocument } from './document.js';
import { expressionFaults } from './expression.js';

const MAX_SCENARIO = 1_000_000;
/** Of what is no YAML, the first places suffice. */
const MAX_FAULTS = 20;

/** A scenario, with the places of its parts in the text. */
export interface Scenario {
  readonly document: ScenarioDocument;
  /** The fault with the line and column of the nearest thing that is there, before its message. */
  placed(fault: Fault): Fault;
}

/** A scenario from YAML or JSON, or everything that is wrong with it at once, each with its line and column. */
export function parseScenario(text: string): Parsed<Scenario> {
  if (text.length > MAX_SCENARIO)
    return refused(`has ${text.length} characters; a scenario has at most ${MAX_SCENARIO}`);
  const wrong = unshapely(text);
  if (wrong !== undefined) return refused(`is no YAML that can be read: ${wrong}`);
  try {
    return parseYaml(text);
  } catch (error) {
    // The library gives up on what refers to itself too often.
    return refused(`is no YAML that can be read: ${firstLine((error as Error).message)}`);
  }
}

function parseYaml(text: string): Parsed<Scenario> {
  const lines = new LineCounter();
  const yaml = parseDocument(text, { lineCounter: lines, prettyErrors: false, stringKeys: true });
  if (yaml.errors.length > 0)
    return {
      ok: false,
      faults: yaml.errors.slice(0, MAX_FAULTS).map(({ message, pos }) => ({
        pointer: '',
        message: `${placeOf(lines, pos[0])}: is not YAML: ${firstLine(message)}`,
      })),
    };
  const given: unknown = yaml.toJS({ maxAliasCount: 20 });
  const placed = (fault: Fault) => withPlace(fault, yaml, lines);
  const parsed = scenarioDocument.safeParse(given);
  const faults = [...(parsed.success ? [] : faultsOf(parsed.error, given)), ...factsApart(given)];
  if (!parsed.success || faults.length > 0) return { ok: false, faults: faults.map(placed) };
  return { ok: true, value: { document: parsed.data, placed } };
}

/** What a schema cannot tell: names given twice, and what is wrong with expressions. */
function factsApart(given: unknown): Fault[] {
  const names = new Set<unknown>();
  return listIn(given, 'variants').flatMap((variant, index) => {
    const { name } = membersOf(variant);
    const twice = names.has(name);
    names.add(name);
    const fault = {
      pointer: `/variants/${index}/name`,
      value: name,
      message: `(${String(name)}) is an earlier variant's name`,
    };
    return [
      ...(twice ? [fault] : []),
      ...listIn(variant, 'changes').flatMap((change, at) => expressionsIn(change, `/variants/${index}/changes/${at}`)),
    ];
  });
}

function expressionsIn(change: unknown, pointer: string): Fault[] {
  return (['drop', 'modify'] as const).flatMap((kind) => {
    const { where } = membersOf(membersOf(change)[kind]);
    if (typeof where !== 'string') return [];
    return expressionFaults(where).map((message) => ({ pointer: `${pointer}/${kind}/where`, value: where, message }));
  });
}

const membersOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
const listIn = (value: unknown, name: string): unknown[] => {
  const list = membersOf(value)[name];
  return Array.isArray(list) ? list : [];
};

const refused = (message: string): Parsed<never> => ({ ok: false, faults: [{ pointer: '', message }] });
const firstLine = (message: string): string => message.split('\n', 1)[0]!;

function placeOf(lines: LineCounter, offset: number): string {
  const { line, col } = lines.linePos(offset);
  return `line ${line}, column ${col}`;
}

function withPlace(fault: Fault, document: Document, lines: LineCounter): Fault {
  const path = keysOf(fault.pointer);
  for (let length = path.length; length >= 0; length -= 1) {
    const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range)
      return { ...fault, message: `${placeOf(lines, node.range[0])}: ${fault.pointer || '/'} ${fault.message}` };
  }
  return fault;
}
