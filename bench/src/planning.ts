import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ProblemDocument, parseProblem } from '@portolan/domain';
import { syntheticHinterland } from '@portolan/synthetic';
import { arcFlow } from './arc-flow.js';
import { type LinerSize, linerNetwork } from './liner-network.js';
import { type Measured, type Subject, measure } from './measurement.js';
import { optionsFrom } from './options.js';
import { pageOf, plotOf } from './report.js';

/** Not ours: read where they are, never copied. */
const golden = fileURLToPath(new URL('../../../shared/problems', import.meta.url));
const linerSizes: readonly (LinerSize & { quick?: true })[] = [
  { ports: 20, services: 10, demands: 40, quick: true },
  { ports: 40, services: 30, demands: 400, quick: true },
  { ports: 45, services: 60, demands: 750 },
  { ports: 50, services: 80, demands: 1800 },
  { ports: 110, services: 150, demands: 4000 },
];

const options = optionsFrom(process.argv.slice(2));
const measured: Measured[] = [];
const report = {
  date: new Date().toISOString().slice(0, 10),
  command: ['npm run bench:planning', ...(process.argv.length > 2 ? ['--', ...process.argv.slice(2)] : [])].join(' '),
};
for (const subject of subjects()) {
  console.error(`${subject.name} …`);
  measured.push(await measure(subject, options));
  console.error(JSON.stringify(measured.at(-1)));
  // After every one, so that a run that is stopped leaves what it has.
  writeFileSync(join(options.out, 'benchmarks.md'), pageOf(measured, report));
  writeFileSync(join(options.out, 'benchmarks.svg'), plotOf(measured));
}

function* subjects(): Iterable<Subject> {
  yield* goldenProblems();
  for (const size of linerSizes) {
    if (options.quick && !size.quick) continue;
    const document = linerNetwork(size, options.seed);
    yield { name: `liner network, ${size.demands}`, document, whole: () => arcFlowOf(document) };
  }
  for (const shipments of options.sizes) {
    const { problem } = syntheticHinterland({ shipments, seed: options.seed });
    yield { name: `hinterland, ${shipments}`, document: problem };
  }
}

function* goldenProblems(): Iterable<Subject> {
  if (!existsSync(golden)) return console.error('the golden problems are not here: left out');
  const optima = JSON.parse(readFileSync(join(golden, 'optima.json'), 'utf8')) as Record<string, unknown>;
  for (const name of ['linerlib-baltic', 'linerlib-waf']) {
    const document = JSON.parse(readFileSync(join(golden, `${name}.json`), 'utf8')) as ProblemDocument;
    const known = optimumOf(optima, name);
    yield { name, document, whole: () => arcFlowOf(document), ...(known !== undefined && { known }) };
  }
}

function optimumOf(optima: Record<string, unknown>, name: string): number | undefined {
  const entry = optima[name] ?? optima[`${name}.json`];
  if (typeof entry === 'number') return entry;
  const { objective } = (entry ?? {}) as { objective?: number };
  return objective;
}

function arcFlowOf(document: ProblemDocument) {
  const parsed = parseProblem(document);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors.slice(0, 3)));
  return arcFlow(parsed.problem);
}
