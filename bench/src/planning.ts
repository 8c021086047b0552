import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { comparisonOf } from './comparison.js';
import type { Measured } from './measurement.js';
import { optionsFrom } from './options.js';
import { aboutRun, writePage } from './page.js';
import { plotOf } from './plot.js';
import { inProcess } from './processes.js';
import { type Row, pageOf } from './report.js';
import { subjectsOf } from './subjects.js';

// npm run bench:planning [-- --quick --sizes 300,3000 --changes N --seed S --only TEXT --cold-limit SECONDS --solver-limit SECONDS --out
// FOLDER]: each problem in a process of its own, one after the other. Ends with 1 where a figure was wrong.
const args = process.argv.slice(2);
const options = optionsFrom(args);
const about = aboutRun('bench:planning', args);
const rows: Row[] = [];
const folder = mkdtempSync(join(tmpdir(), 'portolan-bench-'));
process.once('exit', () => rmSync(folder, { recursive: true }));
mkdirSync(options.out, { recursive: true });
const subjects = subjectsOf(options);
for (const subject of subjects) {
  console.error(`${rows.length + 1} of ${subjects.length}: ${'missing' in subject ? subject.missing : subject.name} …`);
  rows.push('missing' in subject ? { kind: 'missing', name: subject.missing } : await rowOf(subject.name));
  console.error(JSON.stringify(rows.at(-1)));
  // After every one, so that a run that is stopped leaves what it has.
  await writePage(options.out, 'benchmarks.md', pageOf(rows, about));
  writeFileSync(join(options.out, 'benchmarks.svg'), plotOf(rows));
}
for (const row of rows.filter(isWrong)) {
  console.error(`WRONG: ${JSON.stringify(row)}`);
  process.exitCode = 1;
}

async function rowOf(name: string): Promise<Row> {
  const file = join(folder, 'program');
  const ended = await inProcess<Measured>('./subject-process.ts', [name, file, ...args]);
  if (ended.kind !== 'done') return { kind: 'failed', name, reason: 'reason' in ended ? ended.reason : ended.kind };
  const { value } = ended;
  const others = value.cold.stopped ? {} : await comparisonOf(file, value.comparable, options.solverLimit);
  return { kind: 'measured', ...value, others };
}

function isWrong(row: Row): boolean {
  if (row.kind !== 'measured') return row.kind === 'failed';
  return Object.values(row.others).some(({ kind }) => kind === 'different');
}
