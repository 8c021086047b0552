import type { Target } from '../targets.js';
import type { Sniffed } from './sniff.js';
import { plainWords, synonyms } from './synonyms.js';

export interface Match {
  readonly field: string;
  readonly column: Sniffed;
  /** The header is not what such a column is mostly called, or the cells are not what the field takes. */
  readonly doubt?: string | undefined;
}

const UNITS =
  /\b(kg|g|t|teu|feu|eur|usd|euro|h|u|uur|std|stunden|heures|min|minuten|minutes|hours|days|dagen|jours|tage|c|f|celsius|fahrenheit|km h|kn|knots)\b/g;

/** How a header fits a word list: 3 the same, 2 the same but for a unit, 1 to 2 where it begins or ends with one, else 0. */
export function headerScore(title: string, words: readonly string[]): number {
  const plain = plainWords(title);
  const bare = plain.replaceAll(UNITS, ' ').replaceAll(/\s+/g, ' ').trim();
  const rank = words.indexOf(plain);
  if (rank >= 0) return 3 - rank / 1000;
  const bareRank = words.indexOf(bare);
  if (bare !== '' && bareRank >= 0) return 2.5 - bareRank / 1000;
  const inside = words.findIndex(
    (word) => word.length > 3 && (` ${bare} `.startsWith(` ${word} `) || ` ${bare} `.endsWith(` ${word} `)),
  );
  return inside >= 0 ? 1.5 - inside / 1000 : 0;
}

/** Could the cells be what the field takes? Empty columns could be anything. */
export function suits(column: Sniffed, { type }: Target): boolean {
  if (column.texts.length === 0) return true;
  if (type === 'number' || type === 'numbers') return column.decimals.length > 0;
  if (type === 'instant') return column.moment !== undefined;
  if (type === 'duration') return column.durations || column.decimals.length > 0;
  if (type === 'truth') return column.truths;
  if (type === 'revision') return column.moment !== undefined || column.decimals.length > 0;
  return column.moment === undefined;
}

/** Fields and columns, the surest pairs first; each at most once. */
export function matches(kind: string, targets: Readonly<Record<string, Target>>, columns: readonly Sniffed[]): Match[] {
  const pairs = Object.entries(synonyms[kind] ?? {}).flatMap(([field, words]) =>
    columns.flatMap((column) => {
      const score = headerScore(column.title, words);
      const fits = suits(column, targets[field]!);
      return score > 0
        ? [{ field, column, sure: score, score: score + (fits ? 1 : -1) + bonus(field, column, targets[field]!), fits }]
        : [];
    }),
  );
  pairs.sort((a, b) => b.score - a.score);
  const found: Match[] = [];
  for (const { field, column, sure, fits } of pairs) {
    if (!fits && sure < 2.5) continue;
    if (found.some((other) => other.field === field || other.column === column)) continue;
    found.push({ field, column, doubt: doubtOf(sure, fits, targets[field]!) });
  }
  return found;
}

/** Cells that say what they are; and what a row cannot be without goes first. */
function bonus(field: string, column: Sniffed, { required }: Target): number {
  const telling = (field === 'equipment' && column.containers) || (field === 'place.unlocode' && column.locodes);
  return (telling ? 0.5 : 0) + (required ? 0.2 : 0);
}

function doubtOf(sure: number, fits: boolean, { type }: Target): string | undefined {
  if (!fits) return `not all cells are ${type === 'truth' ? 'true or false' : `of the type ${type}`}`;
  return sure < 2 ? 'guessed from a part of the header' : undefined;
}

/** The kind whose needs the columns meet best. */
export function kindOf(
  columns: readonly Sniffed[],
  targetsOf: (kind: string) => Readonly<Record<string, Target>>,
): string {
  const scored = Object.keys(synonyms).map((kind) => {
    const targets = targetsOf(kind);
    const found = matches(kind, targets, columns)
      .filter(({ doubt }) => doubt === undefined)
      .map(({ field }) => field);
    const needed = Object.keys(targets).filter((field) => targets[field]!.required);
    const lacking = needed.filter((field) => !found.includes(field)).length;
    return { kind, score: found.length - 2 * lacking + telling(kind, found) };
  });
  return scored.reduce((best, each) => (each.score > best.score ? each : best)).kind;
}

/** What tells a kind from others that share its columns: an order goes somewhere, a lot lies, a run stops, a relation lasts. */
function telling(kind: string, found: readonly string[]): number {
  const signs: Readonly<Record<string, readonly string[]>> = {
    orders: ['quantity', 'to', 'due'],
    lots: ['location', 'expires', 'produced'],
    services: ['arrives', 'departs', 'location'],
    rates: ['duration', 'from', 'to'],
    'equipment.moved': ['move', 'equipment'],
    'sensor.read': ['temperature', 'equipment'],
    'position.reported': ['position.lat', 'position.lon'],
    'transport.called': ['call'],
  };
  return signs[kind]!.filter((field) => found.includes(field)).length / 2;
}
