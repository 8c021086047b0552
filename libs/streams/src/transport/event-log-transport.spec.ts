import 'reflect-metadata';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Controller, type INestMicroservice, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Ctx, Payload } from '@nestjs/microservices';
import { from, map, type Observable } from 'rxjs';
import { openEmbeddedLog } from '../embedded/embedded-log.js';
import { type BatchContext, type DeliveryFailure, type EventLog, type LogRecord, topics } from '../log.js';
import { numbered, text } from '../testing/event-log-contract.js';
import { until } from '../testing/received.js';
import { EventBatch } from './event-batch.js';
import { type BatchReport, EventLogTransport } from './event-log-transport.js';
import { TRIES } from './one-by-one.js';

const seen: { handler: string; values: string[]; context: BatchContext }[] = [];
const refusals: string[] = [];

/** Values that the handler of events stumbles over. */
const poison = new Set<string>();

const note = (handler: string, batch: readonly LogRecord[], context: BatchContext) =>
  seen.push({ handler, values: batch.map(text), context });

class PlannerDown extends Error {
  readonly code = 'planner-down';
}

@Controller()
class Cells {
  @EventBatch('events', { from: 'beginning', maxBatch: 4 })
  async onEvents(@Payload() batch: readonly LogRecord[], @Ctx() context: BatchContext): Promise<void> {
    const refusal = refusals.shift();
    if (refusal) throw new PlannerDown(refusal);
    const wrong = batch.map(text).find((value) => poison.has(value));
    if (wrong !== undefined) throw new TypeError(`cannot read ${wrong}`);
    note('events', batch, context);
  }

  @EventBatch('plans')
  onPlans(@Payload() batch: readonly LogRecord[], @Ctx() context: BatchContext): Observable<void> {
    return from([1, 2]).pipe(
      map((step) => {
        if (refusals.shift()) throw new PlannerDown('in a stream');
        if (step === 2) note('plans', batch, context);
      }),
    );
  }

  @EventBatch('events', { group: 'audit' })
  onEventsForAudit(@Payload() batch: readonly LogRecord[], @Ctx() context: BatchContext): void {
    note('audit', batch, context);
  }
}

@Module({ controllers: [Cells] })
class CellsModule {}

describe('the transport from the log to Nest', () => {
  let directory: string;
  let log: EventLog;
  let app: INestMicroservice;
  let failures: DeliveryFailure[];

  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'portolan-transport-'));
    log = await openEmbeddedLog({ directory });
    failures = [];
    seen.length = refusals.length = 0;
    poison.clear();
  });

  afterEach(async () => {
    await app.close();
    await log.close();
    rmSync(directory, { recursive: true });
  });

  const start = async () => {
    const onFailure = (failure: DeliveryFailure) => failures.push(failure);
    const strategy = new EventLogTransport(log, { group: 'optimizer', from: 'committed', onFailure });
    app = await NestFactory.createMicroservice(CellsModule, { strategy, logger: false });
    await app.listen();
  };
  const of = (handler: string) => seen.filter((each) => each.handler === handler);
  const valuesOf = (handler: string) => of(handler).flatMap(({ values }) => values);

  it('hands whole batches and their context to the handler of the topic', async () => {
    await log.append('events', numbered('cell', 6));
    await start();
    await until(() => valuesOf('events').length === 6, 5_000);
    await log.append('plans', numbered('cell', 1));
    await until(() => valuesOf('plans').length === 1, 5_000);
    expect(of('events').map(({ values }) => values)).toEqual([
      ['0', '1', '2', '3'],
      ['4', '5'],
    ]);
    expect(of('events').map(({ context }) => [context.fresh, context.end])).toEqual([
      [true, 6],
      [false, 6],
    ]);
  });

  it('gives a batch again when its handler throws, and reports the original error', async () => {
    refusals.push('no memory', 'no time');
    await log.append('events', numbered('cell', 2));
    await start();
    await until(() => valuesOf('events').length === 2, 5_000);
    expect(failures.map(({ attempt }) => attempt)).toEqual([1, 2]);
    expect(failures.map(({ error }) => error)).toEqual([new PlannerDown('no memory'), new PlannerDown('no time')]);
    expect(failures[0]?.error).toBeInstanceOf(PlannerDown);
    expect(of('events')[0]?.context.attempt).toBe(3);
  });

  it('goes on without a record that its handler stumbles over, and keeps it with place and reason', async () => {
    poison.add('1').add('2');
    await log.append('events', numbered('cell', 6));
    await start();
    await until(() => valuesOf('events').length === 4, 20_000);
    expect(of('events').map(({ values }) => values)).toEqual([['0'], ['3'], ['4', '5']]);
    expect(of('events').map(({ context }) => context.fresh)).toEqual([true, false, false]);
    expect(failures.map(({ attempt }) => attempt)).toEqual([1, 2, 3, 4]);
    await until(async () => (await log.lag('optimizer', 'events'))[0] === 0, 5_000);
    const rejected = await log.read(topics.rejected, 0, 0, 10);
    expect(rejected.map((record) => [record.key, JSON.parse(text(record)) as object])).toEqual(
      [1, 2].map((offset) => [
        'cell',
        {
          pointer: '',
          faults: [{ pointer: '', message: `could not be handled: cannot read ${offset}` }],
          record: { topic: 'events', partition: 0, offset },
          reader: 'optimizer',
          tries: TRIES + 1,
          received: expect.any(String) as string,
        },
      ]),
    );
  }, 30_000);

  it('rejects nothing while something else is away, however long', async () => {
    refusals.push(...Array.from({ length: TRIES + 2 }, () => 'away'));
    await log.append('events', numbered('cell', 2));
    await start();
    await until(() => valuesOf('events').length === 2, 30_000);
    expect(failures).toHaveLength(TRIES + 2);
    expect(await log.ends(topics.rejected)).toEqual([0]);
  }, 40_000);

  it('takes an error in a stream that a handler gives as the failure it is', async () => {
    await start();
    refusals.push('x');
    await log.append('plans', numbered('cell', 1));
    await until(() => valuesOf('plans').length === 1, 5_000);
    expect(failures).toMatchObject([{ error: new PlannerDown('in a stream'), attempt: 1 }]);
  });

  it('lets a handler with a group of its own read the same topic', async () => {
    await log.append('events', numbered('cell', 3));
    await start();
    await until(() => valuesOf('audit').length === 3 && valuesOf('events').length === 3, 5_000);
    await until(async () => (await log.lag('audit', 'events'))[0] === 0, 5_000);
    expect(valuesOf('audit')).toEqual(['0', '1', '2']);
  });

  it('tells how far behind its handlers are, and of every batch', async () => {
    const reports: BatchReport[] = [];
    const strategy = new EventLogTransport(log, {
      group: 'g',
      from: 'committed',
      onFailure: () => {},
      onBatch: (batch) => reports.push(batch),
    });
    expect(await strategy.lags()).toBeUndefined();
    refusals.push('no memory');
    await log.append('events', numbered('cell', 6));
    app = await NestFactory.createMicroservice(CellsModule, { strategy, logger: false });
    await app.listen();
    expect(await strategy.lags()).toContainEqual({ group: 'g', topic: 'events', partition: 0, records: 6 });
    await until(async () => (await strategy.lags())!.every(({ records }) => records === 0), 5_000);
    expect((await strategy.lags())!.map(({ group, topic }) => `${group} ${topic}`).sort()).toEqual([
      'audit events',
      'g events',
      'g plans',
    ]);
    const own = reports.filter(({ group, topic }) => group === 'g' && topic === 'events');
    expect(own.map(({ records, first, failed }) => [records, first, failed])).toEqual([
      [4, true, true],
      [4, true, false],
      [2, false, false],
    ]);
  });

  it('stops reading when the application closes, and leaves the log open', async () => {
    await start();
    await app.close();
    await log.append('events', numbered('cell', 1));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(seen).toEqual([]);
  });

  it('refuses two handlers of one group for one topic', async () => {
    await start();
    const transport = new EventLogTransport(log, { group: 'optimizer', from: 'committed' });
    transport.addHandler('events', async () => {});
    expect(() => transport.addHandler('events', async () => {}, true, { from: 'beginning' })).toThrow(
      'Two handlers of group optimizer read events.',
    );
  });
});
