import { parentPort } from 'node:worker_threads';
import { LivePlans, type Question } from './live-plans.js';

/** The planning thread. Who asks waits for the answer before the next question (`CellPlanner`). */
const plans = new LivePlans();

parentPort!.on('message', async ({ id, question }: { id: number; question: Question }) => {
  try {
    parentPort!.postMessage({ id, planned: await plans.answer(question) });
  } catch (error) {
    parentPort!.postMessage({ id, failure: error instanceof Error ? error.message : String(error) });
  }
});
