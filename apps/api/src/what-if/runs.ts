import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { formatInstant } from '@portolan/domain';
import { ProblemError } from '@portolan/platform';
import { kindOf, messageIn, requestFaults, runRecord } from '@portolan/replay';
import { type LogRecord, topics } from '@portolan/streams';
import { API_OPTIONS, type ApiOptions } from '../options.js';
import type { RunView } from './view.js';

const AT_ONCE = 16;
const KNOWN = 200;

/** Where a run's request is, and its key: `partition-offset-key`. */
const ID = /^(\d{1,4})-(\d{1,15})-([0-9a-f-]{36})$/;

interface Followed {
  /** Everything before was looked at. */
  next: number;
  view: RunView;
}

/**
 * What-if runs, as `portolan.what-if` tells of them. An id says where the request is, so that any process finds a run without a store;
 * from there on the messages of its key are read once.
 */
@Injectable()
export class WhatIfRuns {
  private readonly followed = new Map<string, Followed>();

  constructor(@Inject(API_OPTIONS) private readonly options: ApiOptions) {}

  /** Resolves, with the run's id, when the log has the request. Throws `validation` with everything that is wrong with the scenario. */
  async request(scenario: string): Promise<RunView> {
    const errors = requestFaults(scenario);
    if (errors.length > 0)
      throw new ProblemError('validation', `${errors.map(({ message }) => message).join('; ')}.`, { errors });
    const key = randomUUID();
    const { cell, clock } = this.options;
    const at = formatInstant(clock.now());
    const [appended] = await this.options.log.append(topics.whatIf, [
      runRecord(key, { kind: 'requested', scenario, cell, at }),
    ]);
    return { id: `${appended!.partition}-${appended!.offset}-${key}`, status: 'requested', requestedAt: at };
  }

  async view(id: string): Promise<RunView> {
    const [partition, offset, key] = this.placeOf(id);
    const followed = this.followed.get(id) ?? { next: offset, view: { id, status: 'requested', requestedAt: '' } };
    for (;;) {
      const records = await this.options.log.read(topics.whatIf, partition, followed.next, AT_ONCE);
      if (followed.next === offset && !isRequest(records[0], offset, key)) throw unknown(id);
      if (records.length === 0) break;
      for (const record of records) if (record.key === key) followed.view = seen(followed.view, record);
      followed.next = records.at(-1)!.offset + 1;
    }
    this.keep(id, followed);
    return followed.view;
  }

  /** Ends a run that goes on, and forgets what one has come to. */
  async cancel(id: string): Promise<void> {
    await this.view(id);
    const [, , key] = this.placeOf(id);
    await this.options.log.append(topics.whatIf, [runRecord(key, { kind: 'cancelled' })]);
    this.followed.delete(id);
  }

  private placeOf(id: string): [partition: number, offset: number, key: string] {
    const [, partition, offset, key] = ID.exec(id) ?? [];
    if (key === undefined) throw unknown(id);
    return [Number(partition), Number(offset), key];
  }

  private keep(id: string, followed: Followed): void {
    this.followed.delete(id);
    this.followed.set(id, followed);
    if (this.followed.size > KNOWN) this.followed.delete(this.followed.keys().next().value!);
  }
}

const isRequest = (record: LogRecord | undefined, offset: number, key: string): boolean =>
  record?.offset === offset && record.key === key && kindOf(record) === 'requested';

function seen(view: RunView, record: LogRecord): RunView {
  const message = messageIn(record);
  switch (message.kind) {
    case 'requested':
      return { ...view, requestedAt: message.at };
    case 'progress':
      return { ...view, status: 'running', progress: message.progress };
    case 'finished':
      return { ...view, status: 'finished', comparison: message.comparison };
    case 'failed':
      return { ...view, status: 'failed', errors: [...message.errors] };
    case 'cancelled':
      return { id: view.id, status: 'cancelled', requestedAt: view.requestedAt };
  }
}

const unknown = (id: string): ProblemError =>
  new ProblemError('not-found', `There is no what-if run ${id.slice(0, 100)}.`);
