import { createHash, randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { formatInstant } from '@portolan/domain';
import { ProblemError } from '@portolan/platform';
import { type RunMessage, kindOf, messageIn, readRequest, runRecord } from '@portolan/replay';
import { type LogRecord, topics } from '@portolan/streams';
import { API_OPTIONS, type ApiOptions } from '../options.js';
import { type RunView, requestedRun, runAfter } from './view.js';

const AT_ONCE = 16;
const KNOWN = 200;

/** See `requestedRun`. */
const ID = /^(\d{1,4})-(\d{1,15})-([0-9a-f-]{36})$/;

interface Followed {
  /** Everything before was looked at. */
  next: number;
  view: RunView | undefined;
}

/**
 * What-if runs, as `portolan.what-if` tells of them. An id says where the request is, so that any process finds a run without a store;
 * from there on the messages of its key are read once.
 */
@Injectable()
export class WhatIfRuns {
  private readonly followed = new Map<string, Followed>();

  constructor(@Inject(API_OPTIONS) private readonly options: ApiOptions) {}

  /**
   * Resolves when the log has the request. Throws `validation` with everything that is wrong with the scenario.
   * @param idempotencyKey of the client: the same request with the same key is the same run
   */
  async request(scenario: string, idempotencyKey?: string): Promise<RunView> {
    const request = readRequest(scenario);
    if (!request.ok) {
      const detail = request.faults.map(({ message }) => message).join('; ');
      throw new ProblemError('validation', `${detail}.`, { errors: request.faults });
    }
    const key = idempotencyKey === undefined ? randomUUID() : runKeyOf(idempotencyKey);
    const { cell, clock, log } = this.options;
    const message = { kind: 'requested', ...request.value, scenario, cell, at: formatInstant(clock.now()) } as const;
    const [appended] = await log.append(topics.whatIf, [runRecord(key, message)]);
    const { partition, offset, duplicate } = appended!;
    const id = `${partition}-${offset}-${key}`;
    if (!duplicate) return { id, ...request.value, status: 'requested', requestedAt: message.at };
    if ((await this.scenarioAt(partition, offset)) !== scenario) throw reused(idempotencyKey!);
    return this.view(id);
  }

  async view(id: string): Promise<RunView> {
    const [partition, offset, key] = this.placeOf(id);
    const followed = this.followed.get(id) ?? { next: offset, view: undefined };
    for (;;) {
      const records = await this.options.log.read(topics.whatIf, partition, followed.next, AT_ONCE);
      if (followed.next === offset && !isRequest(records[0], offset, key)) throw unknown(id);
      if (records.length === 0) break;
      for (const record of records)
        if (record.key === key)
          followed.view = followed.view ? runAfter(followed.view, messageIn(record)) : requestedRun(record);
      followed.next = records.at(-1)!.offset + 1;
    }
    this.keep(id, followed);
    return followed.view!;
  }

  private async scenarioAt(partition: number, offset: number): Promise<string> {
    const [record] = await this.options.log.read(topics.whatIf, partition, offset, 1);
    return (messageIn(record!) as RunMessage & { kind: 'requested' }).scenario;
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

/** The key of the run that a client asks for with this key, in the form of a UUID (version 8: of one's own making). */
function runKeyOf(idempotencyKey: string): string {
  const hex = createHash('sha256').update(idempotencyKey).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
}

const reused = (key: string): ProblemError =>
  new ProblemError(
    'idempotency-key-reused',
    `Idempotency-Key (${key.slice(0, 100)}) was used for another scenario: make a new one for each.`,
  );

const unknown = (id: string): ProblemError =>
  new ProblemError('not-found', `There is no what-if run ${id.slice(0, 100)}.`);
