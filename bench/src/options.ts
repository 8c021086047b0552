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
  /** Where the report goes. */
  readonly out: string;
  /** Small problems only. */
  readonly quick: boolean;
}

/** From the command line. */
export function optionsFrom(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean', default: false },
      sizes: { type: 'string' },
      changes: { type: 'string' },
      seed: { type: 'string', default: '1' },
      'cold-limit': { type: 'string', default: '1200' },
      'solver-limit': { type: 'string', default: '60' },
      out: { type: 'string', default: 'docs' },
    },
  });
  const { quick } = values;
  return {
    quick,
    sizes: (values.sizes ?? (quick ? '300' : '300,3000,20000,100000')).split(',').map(positive),
    changes: positive(values.changes ?? (quick ? '60' : '300')),
    seed: positive(values.seed),
    coldLimit: positive(values['cold-limit']),
    solverLimit: positive(values['solver-limit']),
    out: values.out,
  };
}

function positive(text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new Error(`"${text}" is not a number above 0`);
  return value;
}
