import { setTimeout as pause } from 'node:timers/promises';
import { Controller, Inject } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import { planningInThread } from '@portolan/cells';
import type { Fault } from '@portolan/domain';
import { LOGGER, type Logger } from '@portolan/platform';
import { type Answer, type RunMessage, answerTo, isEnd, kindOf, messageIn, runRecord } from '@portolan/replay';
import {
  type BatchContext,
  EventBatch,
  type EventLog,
  type LogRecord,
  Turns,
  isTooLarge,
  topics,
} from '@portolan/streams';
import { OPTIMIZER_OPTIONS, type OptimizerOptions } from '../options.js';

/** Milliseconds between two looks whether a run was cancelled, and between two reports of progress. */
const [EVERY, REPORTS] = [500, 2000];

const TOO_LARGE: Fault = {
  pointer: '',
  message:
    'The comparison is too large for one record of the log. Compare fewer variants at once, or have the limit raised: the log of the optimizer says how.',
};

const inBackground = () => planningInThread({ background: true });

/** A run that somebody else has ended, or that another process has taken over. */
class Ended extends Error {}

/**
 * Answers what-if requests, one at a time, in a planning thread of its own: live plans go on beside. A request is handled once its answer
 * is in the log, so that a run that dies is taken up again, here or elsewhere.
 */
@Controller()
export class WhatIfController {
  private readonly log: EventLog;
  private readonly turns = new Turns();

  constructor(
    @Inject(OPTIMIZER_OPTIONS) private readonly options: OptimizerOptions,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.log = options.log;
  }

  @EventBatch(topics.whatIf, { group: 'what-if', from: 'committed', maxBatch: 1 })
  async onMessages(@Payload() batch: readonly LogRecord[], @Ctx() { signal }: BatchContext): Promise<void> {
    for (const record of batch)
      if (kindOf(record) === 'requested') await this.turns.take(() => this.answer(record, signal));
  }

  private async answer(record: LogRecord, lost: AbortSignal): Promise<void> {
    const ends = new RunEnds(this.log, record);
    if (lost.aborted || (await ends.isEnded())) return;
    const over = new AbortController();
    const stop = AbortSignal.any([lost, over.signal]);
    void ends.watch(over);
    try {
      const answer = await this.compute(record, stop);
      await this.tellEnd(record, answer);
    } catch (error) {
      if (!stop.aborted) throw error;
      this.logger.info({ run: record.key }, 'a what-if run was ended early');
    } finally {
      over.abort(new Ended());
    }
  }

  private async compute(record: LogRecord, signal: AbortSignal): Promise<Answer> {
    const request = messageIn(record) as RunMessage & { kind: 'requested' };
    const planner = (this.options.whatIfPlanner ?? inBackground)();
    let told = -Infinity;
    const onProgress = (progress: (RunMessage & { kind: 'progress' })['progress']) => {
      if (performance.now() - told < REPORTS) return;
      told = performance.now();
      // Who asks next time is told more.
      this.tell(record, { kind: 'progress', progress }).catch(() => {});
    };
    try {
      return await answerTo(request, { log: this.log, planners: [planner], signal, onProgress });
    } finally {
      await planner.close();
    }
  }

  /** A comparison that the log does not take is a failure of the run: to compute it again would change nothing. */
  private async tellEnd(record: LogRecord, answer: Answer): Promise<void> {
    try {
      await this.tell(record, 'comparison' in answer ? { kind: 'finished', ...answer } : { kind: 'failed', ...answer });
    } catch (error) {
      if (!isTooLarge(error)) throw error;
      this.logger.error({ run: record.key, err: error }, 'a comparison is too large for the log');
      await this.tell(record, { kind: 'failed', errors: [TOO_LARGE] });
    }
  }

  private async tell({ key }: LogRecord, message: RunMessage): Promise<void> {
    await this.log.append(topics.whatIf, [runRecord(key, message)]);
  }
}

/** Whether the log has the end of a run: its answer, or that it was cancelled. */
class RunEnds {
  private next: number;

  constructor(
    private readonly log: EventLog,
    private readonly request: LogRecord,
  ) {
    this.next = request.offset + 1;
  }

  async isEnded(): Promise<boolean> {
    for (;;) {
      const records = await this.log.read(topics.whatIf, this.request.partition, this.next, 16);
      if (records.length === 0) return false;
      this.next = records.at(-1)!.offset + 1;
      if (records.some((each) => each.key === this.request.key && isEnd(kindOf(each)))) return true;
    }
  }

  /** Aborts once it has. A log that cannot be asked ends nothing. */
  async watch(over: AbortController): Promise<void> {
    while (!over.signal.aborted) {
      await pause(EVERY, undefined, { signal: over.signal }).catch(() => {});
      if (await this.isEnded().catch(() => false)) over.abort(new Ended());
    }
  }
}
