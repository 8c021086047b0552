import type { CellPlanner } from '@portolan/cells';
import { type Fault, type Parsed, parseDuration, parseInstant } from '@portolan/domain';
import type { EventLog } from '@portolan/streams';
import type { Comparison } from '../comparison/document.js';
import { entriesOf } from '../log/live.js';
import { paceFor } from '../run/pace.js';
import { baseOf } from '../scenario/base.js';
import { compile } from '../scenario/compile.js';
import { type Scenario, parseScenario } from '../scenario/parse.js';
import { variantsOf } from '../scenario/variants.js';
import { type Progress, whatIf } from '../what-if/what-if.js';

export interface Request {
  readonly scenario: string;
  /** Where the scenario names none. */
  readonly cell: string;
}

export interface Means {
  readonly log: EventLog;
  readonly planners: readonly CellPlanner[];
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
}

export type Answer = { readonly comparison: Comparison } | { readonly errors: readonly Fault[] };

/** Answers a scenario about the live log, or tells everything that is wrong with it. Appends nothing. */
export async function answerTo({ scenario: text, cell: otherwise }: Request, means: Means): Promise<Answer> {
  const parsed = parseScenario(text);
  if (!parsed.ok) return { errors: parsed.faults };
  const { document, placed } = parsed.value;
  const { until, every, cell = otherwise } = document.base ?? {};
  const span = { cell, ...(until !== undefined && { until: parseInstant(until)! }) };
  const base = await baseOf(entriesOf(means.log, cell), span);
  if (typeof base === 'string') return { errors: [placed({ pointer: '/base', message: base })] };
  const expanded = variantsOf(document);
  if ('faults' in expanded) return { errors: expanded.faults.map(placed) };
  const compiled = compile(expanded.variants, base);
  if ('faults' in compiled) return { errors: compiled.faults.map(placed) };
  const pace = paceFor(true, every === undefined ? undefined : parseDuration(every)!);
  const { variants } = expanded;
  return { comparison: await whatIf({ ...means, ...compiled, name: document.name, base, pace, raw: false, variants }) };
}

/** What a scenario asks, or what is wrong with it as far as it can be told without the log; one that is about another log is not for a service. */
export function readRequest(text: string): Parsed<{ readonly name: string }> {
  const parsed = parseScenario(text);
  if (!parsed.ok) return parsed;
  const { document, placed } = parsed.value;
  const expanded = variantsOf(document);
  const faults = [...aboutLive(parsed.value), ...('faults' in expanded ? expanded.faults.map(placed) : [])];
  return faults.length > 0 ? { ok: false, faults } : { ok: true, value: { name: document.name } };
}

function aboutLive({ document, placed }: Scenario): Fault[] {
  const { log = 'live' } = document.base ?? {};
  return log === 'live'
    ? []
    : [placed({ pointer: '/base/log', value: log, message: `(${log}) must be live: a service knows no other log` })];
}
