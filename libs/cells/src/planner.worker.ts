import { constants, platform, setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { LivePlans, type Question } from './live-plans.js';
import type { Asked, PlanningData } from './planning-thread.js';

/** The planning thread. Who asks waits for the answer before the next question (`CellPlanner`). */
const { seconds, background, cancelled } = workerData as PlanningData;
// Elsewhere than on Linux this would be the priority of the whole process.
if (background && platform() === 'linux') setPriority(constants.priority.PRIORITY_LOW);
const plans = new LivePlans(seconds);

parentPort!.on('message', async ({ id, call, question }: Asked) => {
  try {
    const isCancelled = () => Atomics.load(cancelled, 0) === id;
    const answer =
      call === 'answer' ? await plans.answer(question as Question, isCancelled) : await plans[call](question as never);
    parentPort!.postMessage({ id, answer });
  } catch (error) {
    parentPort!.postMessage({ id, failure: error instanceof Error ? error.message : String(error) });
  }
});
