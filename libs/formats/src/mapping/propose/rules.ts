import type { Target } from '../targets.js';
import { unitsOf } from '../units.js';
import type { DateChoice } from './dates.js';
import type { Match } from './match.js';
import { plainTruth } from './sniff.js';
import { choices, plainWords, truths } from './synonyms.js';
import { flow, quoted } from './yaml.js';

/** A field as it stands in a proposed mapping, and what is uncertain about it. */
export interface Proposed {
  readonly rule: string;
  readonly doubts: readonly string[];
}

export interface TableStyle {
  readonly decimal: '.' | ',';
  /** The formats of the table's dates. */
  readonly dates: readonly string[];
}

const KNOWN_TRUTHS = ['true', 'false', 'yes', 'no', '1', '0'];
const MOST_VALUES = 40;

export function ruleOf(
  { field, column, doubt }: Match,
  target: Target,
  style: TableStyle,
  date: DateChoice | undefined,
): Proposed {
  const doubts = doubt === undefined ? [] : [doubt];
  const parts: Record<string, string> = {};
  if (target.type === 'truth') Object.assign(parts, truthValues(column.texts));
  if (target.type === 'choice') Object.assign(parts, choiceValues(column.texts, target, doubts));
  if (target.type === 'number' || target.type === 'duration')
    Object.assign(parts, numberParts(field, target, column, style, doubts));
  if (target.type === 'instant' && date?.format !== undefined) {
    if (!style.dates.includes(date.format)) parts.dates = quoted(date.format);
    if (date.ambiguous) doubts.push(`day and month could be the other way round (${column.texts[0]})`);
  }
  const name = quoted(column.title);
  const rule = Object.keys(parts).length === 0 ? name : flow({ column: name, ...parts });
  return { rule, doubts };
}

const distinct = (texts: readonly string[]): string[] => [...new Set(texts)].slice(0, MOST_VALUES);

function truthValues(texts: readonly string[]): Record<string, string> {
  const said = [...new Set(texts.map((text) => text.toLowerCase()))];
  if (said.every((word) => KNOWN_TRUTHS.includes(word))) return {};
  const values = said
    .filter((word) => Object.hasOwn(truths, plainTruth(word)))
    .map((word): [string, string] => [quoted(word), String(truths[plainTruth(word)])]);
  return { values: flow(Object.fromEntries(values)) };
}

function choiceValues(
  texts: readonly string[],
  { choices: allowed = [] }: Target,
  doubts: string[],
): Record<string, string> {
  const said = distinct(texts.map((text) => text.toLowerCase()));
  if (said.every((word) => allowed.includes(word))) return {};
  const meant = said.map((word) => [word, allowed.find((choice) => means(choice, word))] as const);
  const unknown = meant.flatMap(([word, choice]) => (choice === undefined ? [word] : []));
  if (unknown.length > 0) doubts.push(`what is ${unknown.slice(0, 8).join(', ')}? one of ${allowed.join(', ')}`);
  const values = meant.flatMap(([word, choice]) =>
    choice === undefined ? [] : [[quoted(word), quoted(choice)] as const],
  );
  return values.length === 0 ? {} : { values: flow(Object.fromEntries(values)) };
}

const means = (choice: string, word: string): boolean =>
  choice === word || (choices[choice] ?? []).includes(plainWords(word));

function numberParts(
  field: string,
  target: Target,
  { title, decimals, durations }: Match['column'],
  style: TableStyle,
  doubts: string[],
): Record<string, string> {
  if (target.type === 'duration' && durations) return {};
  const parts: Record<string, string> = {};
  if (decimals.length > 0 && !decimals.includes(style.decimal)) parts.decimal = quoted(decimals[0]!);
  const unit = unitIn(title, Object.keys(unitsOf(field, target)));
  if (unit !== undefined) parts.unit = quoted(unit);
  else if (target.type === 'duration') {
    parts.unit = 'h';
    doubts.push('are these hours (h), minutes (min) or days (d)?');
  }
  return parts;
}

const unitWords: Readonly<Record<string, RegExp>> = {
  F: /°\s?F\b|\bF\b|fahrenheit/i,
  K: /\bkelvin\b|\(K\)/i,
  g: /\bg\b|gram/i,
  t: /\bt\b|\bton/i,
  'km/h': /km\/h|kmh/i,
  'm/s': /m\/s/i,
  mph: /mph/i,
  min: /\bmin\b|minut/i,
  h: /\bh\b|\bu\b|uur|uren|hours?\b|heures?|stunden|\bstd\b/i,
  d: /\bd\b|days?\b|dagen|jours?|tage\b/i,
  s: /\bs\b|\bsec|sekunden|secondes/i,
};

/** A unit that the header names and the field can be given in. */
function unitIn(title: string, units: readonly string[]): string | undefined {
  return units.find((unit) => unitWords[unit]?.test(title));
}
