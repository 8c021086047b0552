import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { CellPlanner, planningHere } from '@portolan/cells';
import type { PortolanEvent } from '@portolan/domain';
import { encodeEvent } from '@portolan/formats';
import { createLogger } from '@portolan/platform';
import { type RunMessage, kindOf, messageIn, runRecord } from '@portolan/replay';
import { type BatchContext, type EventLog, LogError, type LogRecord, openEmbeddedLog, topics } from '@portolan/streams';
import { WhatIfController } from './what-if.controller.js';

const at = (hour: number) => `2026-03-02T${String(hour).padStart(2, '0')}:00:00Z`;
const event = (hour: number, type: string, data: object): PortolanEvent =>
  ({
    specversion: '1.0',
    id: `${type}/${JSON.stringify(data).slice(0, 40)}`,
    source: '/test',
    type: `org.portolan.${type}`,
    time: at(hour),
    recordedtime: at(hour),
    partitionkey: 'c',
    data,
  }) as unknown as PortolanEvent;

const events = [
  event(0, 'parameters.changed', { unservedPenalty: 2000 }),
  event(0, 'location.changed', { id: 'QUAY' }),
  event(0, 'location.changed', { id: 'INLAND' }),
  event(0, 'service.scheduled', {
    id: 'BARGE',
    mode: 'barge',
    calls: [
      { location: 'QUAY', departs: at(20) },
      { location: 'INLAND', arrives: at(23) },
    ],
    legs: [{ capacity: 6, cost: 40 }],
  }),
  event(1, 'order.placed', { id: 'O', from: 'QUAY', to: 'INLAND', quantity: 4, available: at(1) }),
];

const scenario = (change: object) =>
  JSON.stringify({ format: 'portolan.scenario/1', name: 'less', variants: [{ name: 'less', changes: [change] }] });
const half = scenario({ capacity: { service: 'BARGE', factor: 0.5 } });

describe('what-if runs of the optimizer', () => {
  let directory: string;
  let log: EventLog;
  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'portolan-what-if-'));
    log = await openEmbeddedLog({ directory });
    await log.append(topics.events, events.map(encodeEvent));
  });
  afterEach(async () => {
    await log.close();
    rmSync(directory, { recursive: true });
  });

  const worker = (whatIfPlanner: () => CellPlanner = planningHere) =>
    new WhatIfController({ log, planner: planningHere(), whatIfPlanner }, createLogger({ level: 'silent' }));
  const context = (signal = new AbortController().signal): BatchContext => ({
    fresh: true,
    attempt: 1,
    end: 0,
    signal,
    goOnAt() {},
  });
  const request = async (text: string, key = 'run') => {
    await log.append(topics.whatIf, [runRecord(key, { kind: 'requested', scenario: text, cell: 'c', at: at(2) })]);
    return log.read(topics.whatIf, 0, (await log.ends(topics.whatIf))[0]! - 1, 1);
  };
  const messages = async () => {
    const records = await log.read(topics.whatIf, 0, 0, 100);
    return records.map(messageIn).filter(({ kind }) => kind !== 'progress');
  };
  const last = async <K extends RunMessage['kind']>(_: K) => (await messages()).at(-1) as RunMessage & { kind: K };

  it('are answered in the log; the live plan and its log stay as they are', async () => {
    await worker().onMessages(await request(half), context());
    const { kind, comparison } = await last('finished');
    expect(kind).toBe('finished');
    expect(comparison.baseline.totals.planned).toBe(160);
    expect(comparison.variants[0]!.difference).toMatchObject({ planned: 120 + 2000 - 160, unserved: 1 });
    expect([await log.ends(topics.plans), await log.ends(topics.events)]).toEqual([[0], [events.length]]);
  });

  it('fail with everything that does not fit the log', async () => {
    const wrong = scenario({ capacity: { service: 'BARGES', factor: 0.5 } });
    await worker().onMessages(await request(wrong), context());
    expect((await last('failed')).errors).toEqual([
      expect.objectContaining({ message: expect.stringMatching(/BARGES\) is no service of the log/) as string }),
    ]);
  });

  it('fail once, and say why, when the log does not take a comparison of that size', async () => {
    const append = log.append.bind(log);
    const refused: string[] = [];
    log.append = async (topic, records) => {
      if (kindOf(records[0] as LogRecord) !== 'finished') return append(topic, records);
      refused.push(topic);
      throw new LogError('log-record-too-large', 'portolan.what-if takes 1048588 bytes at most', false);
    };
    await worker().onMessages(await request(half), context());
    expect(refused).toEqual([topics.whatIf]);
    expect((await last('failed')).errors).toEqual([
      { pointer: '', message: expect.stringMatching(/too large.*fewer variants/) as string },
    ]);
  });

  it('that died are taken up again, and those that were answered are not', async () => {
    const batch = await request(half);
    const died = () => {
      throw new Error('killed');
    };
    await expect(worker(died).onMessages(batch, context())).rejects.toThrow('killed');
    expect(await messages()).toHaveLength(1);
    await worker().onMessages(batch, context());
    await worker(died).onMessages(batch, context());
    expect((await messages()).map(({ kind }) => kind)).toEqual(['requested', 'finished']);
  });

  it('end when they are cancelled, before they begin and while they go on', async () => {
    const before = await request(half, 'one');
    await log.append(topics.whatIf, [runRecord('one', { kind: 'cancelled' })]);
    await worker().onMessages(before, context());
    const batch = await request(half, 'two');
    const planner = planningHere();
    const endless = new CellPlanner({
      ...(planner as unknown as { answering: ConstructorParameters<typeof CellPlanner>[0] }).answering,
      answer: async () => {
        await log.append(topics.whatIf, [runRecord('two', { kind: 'cancelled' })]);
        await pause(1500);
        return planner.plan('c', { format: 'portolan.problem/1', name: 'c', locations: [], services: [], demands: [] });
      },
    });
    await worker(() => endless).onMessages(batch, context());
    expect((await messages()).map(({ kind }) => kind)).toEqual(['requested', 'cancelled', 'requested', 'cancelled']);
  });

  it('that another process has taken over are left to it', async () => {
    const batch = await request(half);
    await worker().onMessages(batch, context(AbortSignal.abort()));
    expect((await messages()).map(({ kind }) => kind)).toEqual(['requested']);
  });
});
