import { Worker } from 'node:worker_threads';
import type { Explanation } from '@portolan/domain';
import type { Answering } from './cell-planner.js';
import type { About, Inquiry, LivePlans, Question, Restoration } from './live-plans.js';
import type { Planned } from './planner.js';

/** A young generation of 8 MB keeps the thread small; searches leave little behind. */
const YOUNG_MB = 8;

/** Beyond the time a plan may take: a thread that says nothing for this long hangs. */
const PATIENCE = 120_000;

/** What the thread is started with. */
export interface PlanningData {
  readonly seconds: number;
  readonly background: boolean;
  /** One number, shared: the question that is to be answered with the best plan so far. */
  readonly cancelled: Int32Array;
}

/** A question, and who of `LivePlans` is to answer it. */
export interface Asked {
  readonly id: number;
  readonly call: keyof Pick<LivePlans, 'answer' | 'explain' | 'snapshot' | 'save' | 'restore' | 'forget'>;
  readonly question: Question | Inquiry | Restoration | About;
}

type Answer = { readonly id: number } & ({ readonly answer: unknown } | { readonly failure: string });

interface Waiting {
  resolve(answer: never): void;
  reject(error: Error): void;
  readonly timer: NodeJS.Timeout;
}

export interface PlanningThreadOptions {
  /** After which the best plan so far is the answer. Default none. */
  readonly seconds?: number;
  /** MB that all plans may take. Default 4096. */
  readonly memory?: number;
  /** Milliseconds after which a question without an answer ends the thread. Default 120 s beyond `seconds`. */
  readonly patience?: number;
  /** Where processors are scarce, the thread gives way to others (on Linux). Default false. */
  readonly background?: boolean;
  readonly script?: URL;
}

/** The planning thread, started when first asked. One that dies or hangs fails its questions, and the next question starts another. */
export class PlanningThread implements Answering {
  private worker: Worker | undefined;
  private readonly waiting = new Map<number, Waiting>();
  private readonly cancelled = new Int32Array(new SharedArrayBuffer(4));
  private asked = 0;
  private closed = false;

  constructor(private readonly options: PlanningThreadOptions = {}) {}

  answer(question: Question, signal?: AbortSignal): Promise<Planned> {
    return this.ask('answer', question, signal);
  }

  explain(inquiry: Inquiry): Promise<readonly Explanation[]> {
    return this.ask('explain', inquiry);
  }

  snapshot(about: About): Promise<Uint8Array | undefined> {
    return this.ask('snapshot', about);
  }

  save(about: About): Promise<Uint8Array | undefined> {
    return this.ask('save', about);
  }

  restore(restoration: Restoration): Promise<boolean> {
    return this.ask('restore', restoration);
  }

  forget(about: About): Promise<void> {
    return this.ask('forget', about);
  }

  private ask<T>(call: Asked['call'], question: Asked['question'], signal?: AbortSignal): Promise<T> {
    // Else a question that closing has failed would start another thread when it is asked again.
    if (this.closed) return Promise.reject(new Error('the planning thread is closed'));
    const id = ++this.asked;
    const { seconds = 0, patience = seconds * 1000 + PATIENCE } = this.options;
    const cancel = () => Atomics.store(this.cancelled, 0, id);
    if (signal?.aborted) cancel();
    signal?.addEventListener('abort', cancel);
    return new Promise<T>((resolve, reject) => {
      const worker = this.thread();
      const timer = setTimeout(
        () => this.lost(worker, new Error(`the planning thread hung: no answer in ${patience / 1000} s`)),
        patience,
      );
      this.waiting.set(id, { resolve, reject, timer });
      worker.postMessage({ id, call, question } satisfies Asked);
    }).finally(() => signal?.removeEventListener('abort', cancel));
  }

  async close(): Promise<void> {
    this.closed = true;
    await this.worker?.terminate();
  }

  private thread(): Worker {
    if (this.worker) return this.worker;
    const script = this.options.script ?? new URL('./planner.worker.js', import.meta.url);
    const { seconds = Infinity, memory = 4096, background = false } = this.options;
    const workerData: PlanningData = { seconds, background, cancelled: this.cancelled };
    const resourceLimits = { maxYoungGenerationSizeMb: YOUNG_MB, maxOldGenerationSizeMb: memory };
    const worker = new Worker(script, { resourceLimits, workerData });
    worker.on('message', (answer: Answer) => this.settle(answer));
    worker.on('error', (error) => this.lost(worker, error));
    worker.on('exit', () => this.lost(worker, new Error('the planning thread ended')));
    return (this.worker = worker);
  }

  private settle(answer: Answer): void {
    const waiting = this.waiting.get(answer.id);
    if (!waiting) return;
    this.waiting.delete(answer.id);
    clearTimeout(waiting.timer);
    if ('answer' in answer) waiting.resolve(answer.answer as never);
    else waiting.reject(new Error(answer.failure));
  }

  private lost(worker: Worker, error: Error): void {
    if (this.worker !== worker) return;
    this.worker = undefined;
    void worker.terminate();
    for (const { reject, timer } of this.waiting.values()) {
      clearTimeout(timer);
      reject(error);
    }
    this.waiting.clear();
  }
}
