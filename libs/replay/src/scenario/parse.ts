import { type Fault, type Parsed, faultsOf } from '@portolan/domain';
import { type HandWritten, handWritten, placeText } from '@portolan/formats';
import { type ScenarioDocument, scenarioDocument } from './document.js';
import { expressionFaults } from './expression.js';

const MAX_SCENARIO = 1_000_000;

/** A scenario, with the places of its parts in the text. */
export interface Scenario {
  readonly document: ScenarioDocument;
  /** The fault with the line and column of the nearest thing that is there, before its message. */
  placed(fault: Fault): Fault;
}

/** A scenario from YAML or JSON, or everything that is wrong with it at once, each with its line and column. */
export function parseScenario(text: string): Parsed<Scenario> {
  const written = handWritten(text, MAX_SCENARIO, 'scenario');
  return written.ok ? scenarioIn(written.value) : written;
}

function scenarioIn({ given, placeOf, start }: HandWritten): Parsed<Scenario> {
  const placed = (fault: Fault): Fault => {
    const place = placeOf(fault.pointer) ?? start;
    return place ? { ...fault, message: `${placeText(place)}: ${fault.pointer || '/'} ${fault.message}` } : fault;
  };
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
