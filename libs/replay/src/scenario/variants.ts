import type { Fault } from '@portolan/domain';
import {
  type ChangeDocument,
  type ChangeKind,
  type ScenarioDocument,
  type VariantDocument,
  changeKinds,
} from './document.js';

type Single<T> = { [K in keyof T]: Exclude<T[K], readonly unknown[]> };
type MultiplyOf<T> = T extends { multiply?: infer M } ? Omit<T, 'multiply'> & { multiply?: Single<NonNullable<M>> } : T;

/** A change with one value for each of its fields, and its place in the scenario. */
export type Change = {
  [K in ChangeKind]: {
    readonly kind: K;
    /** JSON Pointer in the scenario. */
    readonly pointer: string;
    readonly change: MultiplyOf<Single<NonNullable<ChangeDocument[K]>>>;
  };
}[ChangeKind];

export type ChangeOf<K extends ChangeKind> = Change & { kind: K };

/** One thing to compare with the baseline: a variant of the scenario with one choice of its values, and one draw of what is random. */
export interface Variant {
  /** The variant's name, with what was chosen of its lists: `ladder, value 80`. */
  readonly name: string;
  readonly choices: Readonly<Record<string, number | string>>;
  /** Which of its `runs`, from 1. */
  readonly run: number;
  readonly runs: number;
  readonly seed: number;
  readonly changes: readonly Change[];
}

const MOST_VARIANTS = 2000;
const RUNS = 20;

/** All variants of a scenario, lists and runs multiplied out, or why there are too many. */
export function variantsOf({ variants }: ScenarioDocument): { variants: Variant[] } | { faults: Fault[] } {
  const faults: Fault[] = [];
  const all = variants.flatMap((variant, index) => {
    const pointer = `/variants/${index}`;
    const grid = gridOf(variant, pointer);
    const { runs = isRandom(variant) ? RUNS : 1, seed = 1 } = variant;
    if (grid.size * runs > MOST_VARIANTS) {
      const message = `has ${grid.size} combinations of values, ${runs} runs each: more than the ${MOST_VARIANTS} that a scenario may have`;
      faults.push({ pointer, message });
      return [];
    }
    return [...grid.choices()].flatMap((choice) =>
      Array.from({ length: runs }, (_, run): Variant => ({ ...choice, run: run + 1, runs, seed })),
    );
  });
  if (all.length > MOST_VARIANTS)
    faults.push({ pointer: '/variants', message: `are ${all.length} in all; a scenario has at most ${MOST_VARIANTS}` });
  return faults.length > 0 ? { faults } : { variants: all };
}

const isRandom = (variant: VariantDocument): boolean => JSON.stringify(variant.changes).includes('"distribution"');

/** A list among the values of a change. */
interface Axis {
  readonly change: number;
  readonly path: readonly string[];
  readonly values: readonly unknown[];
}

function gridOf({ name, changes }: VariantDocument, pointer: string) {
  const axes = changes.flatMap((change, index) => axesIn(change, index));
  const size = axes.reduce((product, { values }) => product * values.length, 1);
  function* choices(): Generator<Pick<Variant, 'name' | 'choices' | 'changes'>> {
    for (let number = 0; number < size; number++) yield choiceOf(number);
  }
  function choiceOf(number: number) {
    const chosen = changes.map((change) => structuredClone(change));
    const told: [string, number | string][] = [];
    let rest = number;
    for (const { change, path, values } of axes.toReversed()) {
      const value = values[rest % values.length];
      rest = Math.floor(rest / values.length);
      put(chosen[change]!, path, value);
      told.unshift([labelOf(axes, changes, { change, path, values }), textOf(value)]);
    }
    return {
      name: [name, ...told.map(([label, value]) => `${label} ${value}`)].join(', '),
      choices: Object.fromEntries(told),
      changes: chosen.map((change, index) => placed(change, `${pointer}/changes/${index}`)),
    };
  }
  return { size, choices };
}

const GRIDS = new Set([
  'location',
  'from',
  'to',
  'transport',
  'by',
  'service',
  'factor',
  'capacity',
  'reeferPlugs',
  'value',
]);

function axesIn(change: ChangeDocument, index: number): Axis[] {
  const kind = kindOf(change);
  const fields = Object.entries(change[kind] as Record<string, unknown>);
  const own = fields.flatMap(([field, value]) =>
    GRIDS.has(field) && Array.isArray(value)
      ? [{ change: index, path: [kind, field], values: value as unknown[] }]
      : [],
  );
  const factors = Object.entries(change.modify?.multiply ?? {}).flatMap(([field, value]) =>
    Array.isArray(value) ? [{ change: index, path: [kind, 'multiply', field], values: value as unknown[] }] : [],
  );
  return [...own, ...factors];
}

/** A parameter by its name, all else by the field; with the number of the change where that is not enough. */
function labelOf(axes: readonly Axis[], changes: readonly ChangeDocument[], axis: Axis): string {
  const field = axis.path.at(-1)!;
  const label = field === 'value' ? changes[axis.change]!.set!.parameter : field;
  const alike = axes.filter(({ path, change }) => path.at(-1) === field && change !== axis.change && field !== 'value');
  return alike.length > 0 ? `${label} of change ${axis.change + 1}` : label;
}

const textOf = (value: unknown): number | string =>
  typeof value === 'number' || typeof value === 'string' ? value : JSON.stringify(value);

function put(target: object, path: readonly string[], value: unknown): void {
  const inner = path.slice(0, -1).reduce((at, key) => (at as Record<string, object>)[key]!, target);
  (inner as Record<string, unknown>)[path.at(-1)!] = value;
}

const kindOf = (change: ChangeDocument): ChangeKind => changeKinds.find((kind) => change[kind] !== undefined)!;

function placed(change: ChangeDocument, pointer: string): Change {
  const kind = kindOf(change);
  return { kind, pointer: `${pointer}/${kind}`, change: change[kind] } as unknown as Change;
}
