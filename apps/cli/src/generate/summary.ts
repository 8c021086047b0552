interface Written {
  readonly path: string;
  readonly bytes: number;
}

/** What was made. */
export interface Summary {
  readonly shipments: number;
  readonly seed: number;
  readonly locations: number;
  /** Sailings and trains, and their legs. */
  readonly runs: number;
  readonly legs: number;
  /** Relations with trucks on demand. */
  readonly trucks: number;
  readonly lots: number;
  /** TEU of all demands. */
  readonly quantity: number;
  readonly files: { readonly problem: Written; readonly events: Written & { readonly events: number } };
}

/** For people. */
export function table({ files, seed, ...counts }: Summary): string {
  const rows = [
    ...Object.entries(counts).map(([name, count]) => [name, String(count)]),
    ['seed', String(seed)],
    ['problem', `${files.problem.path}, ${megabytes(files.problem.bytes)}`],
    ['events', `${files.events.path}, ${megabytes(files.events.bytes)}, ${files.events.events} events`],
  ];
  return rows.map(([name, value]) => `${name!.padEnd(10)} ${value}\n`).join('');
}

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;
