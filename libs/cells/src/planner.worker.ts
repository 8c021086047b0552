import { parentPort, workerData } from 'node:worker_threads';
import { type Inquiry, LivePlans, type Question } from './live-plans.js';
import type { PlanningData } from './planning-thread.js';

/** The planning thread. Who asks waits for the answer before the next question (`CellPlanner`). */
const { seconds, cancelled } = workerData as PlanningData;
const plans = new LivePlans(seconds);

parentPort!.on('message', async ({ id, question }: { id: number; question: Question | Inquiry }) => {
  try {
    const isCancelled = () => Atomics.load(cancelled, 0) === id;
    const answer = 'explain' in question ? await plans.explain(question) : await plans.answer(question, isCancelled);
    parentPort!.postMessage({ id, answer });
  } catch (error) {
    parentPort!.postMessage({ id, failure: error instanceof Error ? error.message : String(error) });
  }
});
