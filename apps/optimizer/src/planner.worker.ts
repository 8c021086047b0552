import { parentPort } from 'node:worker_threads';
import { type Inquiry, LivePlans, type Question } from './live-plans.js';

/** The planning thread. Who asks waits for the answer before the next question (`CellPlanner`). */
const plans = new LivePlans();

parentPort!.on('message', async ({ id, question }: { id: number; question: Question | Inquiry }) => {
  try {
    const answer = 'explain' in question ? await plans.explain(question) : await plans.answer(question);
    parentPort!.postMessage({ id, answer });
  } catch (error) {
    parentPort!.postMessage({ id, failure: error instanceof Error ? error.message : String(error) });
  }
});
