import { Worker } from 'node:worker_threads';
import type { ProblemDocument } from '@portolan/domain';
import type { Planned, Planner } from './planner.js';
import { planWithInsight } from './planning-step.js';

/** Solves in this thread: for tests, and for machines with one core. */
export const planHere: Planner = { plan: planWithInsight, close: async () => {} };

/** A young generation of 8 MB keeps the thread small; searches leave little behind. */
const resourceLimits = { maxYoungGenerationSizeMb: 8, maxOldGenerationSizeMb: 1024 };

type Answer = { readonly id: number } & ({ readonly planned: Planned } | { readonly failure: string });

/** Solves in a thread of its own, so that this one keeps folding and serving. A thread that dies is replaced; its problem fails, and may be asked again. */
export class WorkerPlanner implements Planner {
  private worker: Worker | undefined;
  private readonly waiting = new Map<number, { resolve(planned: Planned): void; reject(error: Error): void }>();
  private asked = 0;

  plan(problem: ProblemDocument): Promise<Planned> {
    const id = ++this.asked;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      this.thread().postMessage({ id, problem });
    });
  }

  async close(): Promise<void> {
    await this.worker?.terminate();
  }

  private thread(): Worker {
    if (this.worker) return this.worker;
    const worker = new Worker(new URL('./planner.worker.js', import.meta.url), { resourceLimits });
    worker.on('message', (answer: Answer) => this.settle(answer));
    worker.on('error', (error) => this.lost(worker, error));
    worker.on('exit', () => this.lost(worker, new Error('the planning thread ended')));
    return (this.worker = worker);
  }

  private settle(answer: Answer): void {
    const waiting = this.waiting.get(answer.id);
    this.waiting.delete(answer.id);
    if ('planned' in answer) waiting?.resolve(answer.planned);
    else waiting?.reject(new Error(answer.failure));
  }

  private lost(worker: Worker, error: Error): void {
    if (this.worker !== worker) return;
    this.worker = undefined;
    for (const { reject } of this.waiting.values()) reject(error);
    this.waiting.clear();
  }
}
