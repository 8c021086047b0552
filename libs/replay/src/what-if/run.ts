import type { CellPlanner } from '@portolan/cells';
import { type Millis, parseInstant } from '@portolan/domain';
import type { Pace } from '../run/pace.js';
import { PacedRun } from '../run/replay.js';
import { CellRun, type ReplayStep, type RunMemory } from '../run/run.js';
import type { Base } from '../scenario/base.js';
import { Draws } from '../scenario/random.js';
import type { Script, Warning } from '../scenario/script.js';
import type { Variant } from '../scenario/variants.js';
import { ChangedLog } from './changed.js';

/** Where variants leave the baseline: a cell in front of an event of the base. */
export interface Fork {
  readonly index: number;
  readonly memory: RunMemory;
  /** Reception of the newest event before. */
  readonly newest: Millis;
}

export interface RunTerms {
  readonly base: Base;
  readonly pace: Pace;
  /** Does the log lack what policies accepted? */
  readonly raw: boolean;
  readonly signal: AbortSignal;
}

/** The baseline's steps, one after the other, and the forks that were asked for, each when it is reached. */
export async function* baseline(
  { base, pace, raw, signal }: RunTerms,
  planner: CellPlanner,
  indexes: readonly number[],
): AsyncGenerator<{ readonly step: ReplayStep } | { readonly fork: Fork }> {
  const paced = new PacedRun(new CellRun(base.cell, { planner, decides: raw, detail: 'brief' }), pace);
  const wanted = new Set(indexes);
  let newest = -Infinity;
  for (const [index, entry] of base.entries.entries()) {
    signal.throwIfAborted();
    if (wanted.has(index)) yield { fork: { index, memory: await paced.run.memory(), newest } };
    for (const step of (await paced.before(entry)) ?? []) yield { step };
    for (const step of (await paced.take(entry)) ?? []) yield { step };
    newest = Math.max(newest, parseInstant(entry.event.recordedtime)!);
  }
  const end = base.entries.length;
  if (wanted.has(end)) yield { fork: { index: end, memory: await paced.run.memory(), newest } };
  for (const step of await paced.end()) yield { step };
}

/** What a variant draws: the same seed and run, the same values. */
export type Drawn = Pick<Variant, 'seed' | 'run'>;

/** The steps of one variant, from where it leaves the baseline, and what is odd about its changes. */
export async function* variantRun(
  { base, pace, signal }: RunTerms,
  planner: CellPlanner,
  { memory, index, newest }: Fork,
  script: Script,
  { seed, run }: Drawn,
): AsyncGenerator<{ readonly step: ReplayStep } | { readonly warning: Warning }> {
  const cell = new CellRun(base.cell, { planner, decides: true, detail: 'brief' }, memory);
  const paced = new PacedRun(cell, pace, newest);
  const state = () => cell.state();
  for await (const changed of new ChangedLog(base, script, new Draws(`${seed}/${run}`), state).from(index)) {
    signal.throwIfAborted();
    if (changed.kind === 'warning') yield changed;
    else if (changed.kind === 'event') {
      for (const step of (await paced.before(changed.entry)) ?? []) yield { step };
      for (const step of (await paced.take(changed.entry)) ?? []) yield { step };
    } else if (pace.kind === 'as-planned') for (const step of await cell.plan(changed.start)) yield { step };
  }
  for (const step of await paced.end()) yield { step };
}
