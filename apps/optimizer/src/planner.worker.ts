import { parentPort } from 'node:worker_threads';
import type { ProblemDocument } from '@portolan/domain';
import { planWithInsight } from './planning-step.js';

/** The planning thread: one problem after another. */
parentPort!.on('message', ({ id, problem }: { id: number; problem: ProblemDocument }) => {
  planWithInsight(problem).then(
    (planned) => parentPort!.postMessage({ id, planned }),
    (error: unknown) =>
      parentPort!.postMessage({ id, failure: error instanceof Error ? error.message : String(error) }),
  );
});
