import { brokenBy } from '../../libs/formats/src/testing/fuzz/laws.js';
import { mutated } from '../../libs/formats/src/testing/fuzz/mutate.js';
import { type Subject, samplesOf } from '../../libs/formats/src/testing/fuzz/seeds.js';
import { type Point, slopeOf } from './slope.js';

export interface Run {
  readonly seed: number;
  /** Number of the first input, and how many. */
  readonly from: number;
  readonly count: number;
}

export interface Failure {
  readonly index: number;
  readonly broken: string;
  readonly bytes: Buffer;
}

export interface Outcome {
  readonly inputs: number;
  readonly failures: readonly Failure[];
  /** MB of heap that 100 000 inputs leave behind; `undefined` for a run too short to tell. */
  readonly growth: number | undefined;
}

/** A reader that breaks a law often breaks it everywhere: these suffice. */
const ENOUGH = 5;
const NOTES = 20;
/** Fewer inputs between two looks at the heap tell of the garbage collector, not of the readers. */
const LEAST_BETWEEN = 500;

/** Reads spoilt messages of one kind; tells how far it is after every twentieth. */
export function fuzzed(subject: Subject, { seed, from, count }: Run, tell: (line: string) => void): Outcome {
  const samples = samplesOf(subject);
  const failures: Failure[] = [];
  const heap: Point[] = [];
  const between = Math.max(LEAST_BETWEEN, Math.ceil(count / NOTES));
  let index = from;
  for (; index < from + count && failures.length < ENOUGH; index += 1) {
    const bytes = mutated(samples, subject.shape, seed, index);
    const broken = brokenBy(bytes, subject.read);
    if (broken !== undefined) failures.push({ index, broken, bytes });
    if ((index + 1 - from) % between > 0) continue;
    heap.push({ x: index, y: heapMegabytes() });
    tell(`${subject.name}: ${index + 1 - from} inputs, ${heap.at(-1)!.y.toFixed(1)} MB`);
  }
  return { inputs: index - from, failures, growth: growthOf(heap) };
}

function heapMegabytes(): number {
  globalThis.gc!();
  return process.memoryUsage().heapUsed / 1e6;
}

/** The first fifth fills tables and compiles. */
function growthOf(heap: readonly Point[]): number | undefined {
  const late = heap.slice(Math.floor(heap.length / 5));
  return late.length < 5 ? undefined : 100_000 * slopeOf(late);
}
