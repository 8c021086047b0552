import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { bombNames, bombOf, fullSize } from '../../libs/formats/src/testing/fuzz/bombs.js';
import { brokenBy } from '../../libs/formats/src/testing/fuzz/laws.js';
import { type Subject, subjects } from '../../libs/formats/src/testing/fuzz/seeds.js';
import { shrunk } from '../../libs/formats/src/testing/fuzz/shrink.js';
import type { Blast } from './bomb-process.js';
import { type Failure, type Run, fuzzed } from './fuzz-run.js';
import { whole } from './options.js';
import { inProcess } from './processes.js';

// npm run fuzz [-- --count N --seed S --from N --only KIND,… --out FOLDER]: spoilt messages for every reader, and the bombs at full size
// (unless --only, or as `bombs`). Ends with 1 where a law is broken; what breaks it is in the folder, as it was and shortened.
const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
    from: { type: 'string', default: '1' },
    only: { type: 'string' },
    out: { type: 'string', default: 'fuzz-failures' },
  },
});
/** MB that 100 000 inputs may leave behind: less is the noise of the heap. */
const MOST_GROWTH = 5;
const MOST_MEMORY = 100;
const run: Run = {
  seed: whole('seed', values.seed),
  from: whole('from', values.from),
  count: whole('count', values.count),
};
if (!globalThis.gc) throw new Error('run with --expose-gc: the heap is only comparable after garbage collection');
const BOMBS = 'bombs';
const names = [...subjects.map(({ name }) => name), BOMBS];
const only = values.only?.split(',') ?? names;
const unknown = only.filter((name) => !names.includes(name));
if (unknown.length > 0) throw new Error(`--only (${unknown.join(', ')}) has those of ${names.join(', ')}`);
for (const subject of subjects) if (only.includes(subject.name)) fuzz(subject);
if (only.includes(BOMBS)) for (const name of bombNames) await blow(name);

function fuzz(subject: Subject): void {
  const { inputs, failures, growth } = fuzzed(subject, run, console.error);
  failures.forEach((failure) => report(subject, failure));
  const grows = growth !== undefined && growth > MOST_GROWTH;
  if (grows) process.exitCode = 1;
  const heap = growth === undefined ? 'too few to tell its growth' : `${growth.toFixed(2)} MB per 100 000`;
  console.log(`${subject.name}: ${inputs} inputs, ${failures.length} failures; heap ${grows ? 'GROWS ' : ''}${heap}`);
}

function report({ name, read }: Subject, { index, broken, bytes }: Failure): void {
  process.exitCode = 1;
  mkdirSync(values.out, { recursive: true });
  const file = join(values.out, `${name}-${run.seed}-${index}`);
  // The first line says which law it is; what it found there may change on the way.
  const law = (text: string) => text.slice(0, 30);
  const short = shrunk(bytes, (each) => law(brokenBy(each, read) ?? '') === law(broken));
  writeFileSync(`${file}.bin`, bytes);
  writeFileSync(`${file}-short.bin`, short);
  console.error(`${name}, number ${index}: ${broken}\n${file}.bin, ${short.length} bytes of it in ${file}-short.bin`);
  console.error(`again: npm run fuzz -- --only ${name} --seed ${run.seed} --from ${index} --count 1`);
}

/** In a process of its own, so that its peak of memory is its own. */
async function blow(name: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'portolan-bomb-'));
  const file = join(folder, 'body');
  writeFileSync(file, bombOf(name, fullSize).body);
  const ended = await inProcess<Blast>('./bomb-process.ts', [name, file]);
  rmSync(folder, { recursive: true });
  const blast = ended.kind === 'done' ? ended.value : undefined;
  const wrong = !blast || blast.refused === '' || blast.milliseconds > 1000 || blast.megabytes > MOST_MEMORY;
  if (wrong) process.exitCode = 1;
  const figures = blast
    ? `${blast.milliseconds.toFixed(0)} ms, ${blast.megabytes.toFixed(0)} MB more: ${blast.refused || 'NOT REFUSED'}`
    : JSON.stringify(ended);
  console.log(`${wrong ? 'WRONG: ' : ''}${name}: ${figures}`);
}
