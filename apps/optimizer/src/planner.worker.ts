import { parentPort } from 'node:worker_threads';
import { LivePlans, type Question } from './live-plans.js';

/** The planning thread: one question after another. */
const plans = new LivePlans();
let last: Promise<void> = Promise.resolve();

parentPort!.on('message', ({ id, question }: { id: number; question: Question }) => {
  last = last.then(() => answer(id, question));
});

async function answer(id: number, question: Question): Promise<void> {
  try {
    parentPort!.postMessage({ id, planned: await plans.answer(question) });
  } catch (error) {
    parentPort!.postMessage({ id, failure: error instanceof Error ? error.message : String(error) });
  }
}
