import { parseArgs } from 'node:util';

export interface Options {
  /** Shipments of the generated problems. */
  readonly sizes: readonly number[];
  /** Random changes of each problem. */
  readonly changes: number;
  readonly seed: number;
  /** Seconds for a cold solve; then its gap is reported. */
  readonly coldLimit: number;
  /** Seconds for another solver on one problem. */
  readonly solverLimit: number;
  /** Folder of the report. A quick run's is not the one of the published figures. */
  readonly out: string;
  /** Problems whose name has this in it. */
  readonly only: string;
  /** Small problems only. */
  readonly quick: boolean;
}

/** From the command line. Throws where a number is none. */
export function optionsFrom(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean', default: false },
      sizes: { type: 'string' },
      changes: { type: 'string' },
      seed: { type: 'string', default: '1' },
      'cold-limit': { type: 'string', default: '1200' },
      'solver-limit': { type: 'string' },
      only: { type: 'string', default: '' },
      out: { type: 'string' },
    },
  });
  const { quick } = values;
  return {
    quick,
    only: values.only,
    sizes: (values.sizes ?? (quick ? '300' : '300,3000,20000,100000')).split(',').map((size) => whole('sizes', size)),
    changes: whole('changes', values.changes ?? (quick ? '60' : '300')),
    seed: whole('seed', values.seed),
    coldLimit: whole('cold-limit', values['cold-limit']),
    solverLimit: whole('solver-limit', values['solver-limit'] ?? (quick ? '3' : '60')),
    out: values.out ?? (quick ? 'bench/dist' : 'docs'),
  };
}

/** The value of an option that is a whole number above 0. */
export function whole(name: string, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value <= 0) throw new Error(`--${name} (${text}) is not a whole number above 0`);
  return value;
}
