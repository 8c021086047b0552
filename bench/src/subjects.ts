import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { ProblemDocument } from '@portolan/domain';
import { syntheticHinterland } from '@portolan/synthetic';
import { type LinerSize, linerNetwork } from './liner-network.js';
import type { Options } from './options.js';

/** A problem to measure, made when it is needed. */
export interface Subject {
  readonly name: string;
  readonly document: () => ProblemDocument;
  /** What it is known to cost. */
  readonly known?: number;
}

/** Not ours: read where they are, never copied. */
const golden = fileURLToPath(new URL('../../../shared/problems/', import.meta.url));

const linerSizes: readonly (LinerSize & { readonly small?: true })[] = [
  { ports: 10, services: 5, demands: 22, small: true },
  { ports: 20, services: 10, demands: 40, small: true },
  { ports: 40, services: 30, demands: 365, small: true },
  { ports: 45, services: 60, demands: 700 },
  { ports: 50, services: 80, demands: 1800 },
  { ports: 110, services: 150, demands: 4000 },
];

/** Everything that is measured, in the order of the report; what is not here by its name only. */
export function subjectsOf(
  { quick, sizes, seed, only }: Options,
  folder = golden,
): (Subject | { readonly missing: string })[] {
  const liners = linerSizes.filter(({ small }) => small || !quick);
  const all = [
    ...goldenProblems(folder, quick),
    ...liners.map((size) => ({
      name: `liner network, ${size.demands}`,
      document: () => linerNetwork(size, seed),
    })),
    ...sizes.map((shipments) => ({
      name: `hinterland, ${shipments}`,
      document: () => syntheticHinterland({ shipments, seed }).problem,
    })),
  ];
  return all.filter((each) => ('missing' in each ? each.missing : each.name).includes(only));
}

function goldenProblems(folder: string, quick: boolean): (Subject | { readonly missing: string })[] {
  if (!existsSync(`${folder}optima.json`)) return [{ missing: 'golden problems' }];
  const read = (name: string): unknown => JSON.parse(readFileSync(`${folder}${name}.json`, 'utf8'));
  const optima = Object.entries(read('optima') as Record<string, { objective: number }>);
  return optima
    .filter(([name]) => !quick || name.startsWith('linerlib'))
    .map(([name, { objective }]) => ({ name, known: objective, document: () => read(name) as ProblemDocument }));
}
