import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type PortolanEvent } from '@portolan/domain';
import { decodeEvent } from '@portolan/formats';
import {
  HealthChecks,
  Metrics,
  type RunningHttp,
  createLogger,
  readerReports,
  startHttp,
  watchLog,
} from '@portolan/platform';
import { type ReadModel, openEmbeddedReadModel } from '@portolan/store';
import { type EventLog, EventLogTransport, connectLog, openEmbeddedLog, topics } from '@portolan/streams';
import { ApiModule } from '../api.module.js';
import { CELL, NOW } from './publications.js';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly json: Readonly<Record<string, unknown>>;
}

export interface Parts {
  openLog(): Promise<EventLog>;
  openStore(): Promise<ReadModel>;
  readonly cell: string;
  readonly historyDays: number;
}

/** The api on a real port, at a clock that is set by hand; by default with the embedded log and store in a folder of its own. */
export class Service {
  readonly clock = { time: NOW, now: () => this.clock.time };
  log!: EventLog;
  store!: ReadModel;
  private http!: RunningHttp;
  private readonly directory = mkdtempSync(join(tmpdir(), 'portolan-api-'));

  private readonly parts: Parts;

  private constructor(parts: Partial<Parts>) {
    this.parts = {
      openLog: () => openEmbeddedLog({ directory: this.place('log') }),
      openStore: () => openEmbeddedReadModel({ directory: this.place('store') }),
      cell: CELL,
      historyDays: 90,
      ...parts,
    };
  }

  static async start(parts: Partial<Parts> = {}): Promise<Service> {
    const service = new Service(parts);
    await service.start();
    return service;
  }

  async start(): Promise<void> {
    this.log = await this.parts.openLog();
    this.store = await this.parts.openStore();
    const { log, store, clock } = this;
    const { cell, historyDays } = this.parts;
    const logger = createLogger({ level: 'silent' });
    const [health, metrics] = [new HealthChecks(), new Metrics().watchProcess()];
    const reader = new EventLogTransport(log, {
      group: 'api',
      from: 'committed',
      ...readerReports({ logger, metrics }),
    });
    watchLog({ health, metrics }, { reach: () => log.ends(topics.events), lags: () => reader.lags(), readyLag: 0 });
    this.http = await startHttp(ApiModule.register({ log, store, clock, cell, historyDays }), {
      port: 0,
      host: '127.0.0.1',
      logger,
      health,
      metrics,
    });
    await connectLog(this.http.app, reader);
  }

  /** Where its log or its store is. */
  place(part: 'log' | 'store'): string {
    return join(this.directory, part);
  }

  async stop(): Promise<void> {
    await this.http.close();
    await this.log.close();
    await this.store.close();
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  async dispose(): Promise<void> {
    await this.stop();
    rmSync(this.directory, { recursive: true, force: true });
  }

  /** Waits until all that is published has been projected. */
  async settled(): Promise<void> {
    const ends = await this.log.ends(topics.plans);
    for (const [partition, end] of ends.entries())
      while ((await this.store.positions([`${topics.plans}/${partition}`]))[0]! < end - 1) await pause(5);
    while ((await this.get('/health/ready')).status !== 200) await pause(5);
  }

  async get(path: string, headers: Record<string, string> = {}): Promise<Answer> {
    return answerOf(await fetch(this.http.url + path, { headers }));
  }

  /** The status. */
  async delete(path: string): Promise<number> {
    return (await fetch(this.http.url + path, { method: 'DELETE' })).status;
  }

  async text(path: string): Promise<string> {
    return (await fetch(this.http.url + path)).text();
  }

  async post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const all = { 'content-type': 'application/json', ...headers };
    return answerOf(await fetch(this.http.url + path, { method: 'POST', body: text, headers: all }));
  }

  /** What people decided, as the log has it. */
  async events(): Promise<readonly PortolanEvent[]> {
    const records = await this.log.read(topics.events, 0, 0, 1000);
    return records.flatMap((record) => {
      const event = decodeEvent(record);
      return event.ok ? [event.value] : [];
    });
  }
}

async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text();
  const json = text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
  return { status: response.status, headers: response.headers, json };
}
