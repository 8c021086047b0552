import 'reflect-metadata';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { ProblemFilter } from '@portolan/platform';
import { type EventLog, type LogRecord, openEmbeddedLog } from '@portolan/streams';
import { IngestModule } from '../ingest.module.js';
import type { IngestOptions } from '../settings.js';

export interface Service {
  readonly url: string;
  readonly log: EventLog;
  get(path: string): Promise<Answer>;
  post(path: string, body: Body, headers?: Record<string, string>): Promise<Answer>;
  records(topic: string): Promise<readonly LogRecord[]>;
  close(): Promise<void>;
}

export type Body = string | Uint8Array<ArrayBuffer>;

export interface Answer {
  readonly status: number;
  readonly type: string | null;
  readonly json: Record<string, unknown>;
}

const silent = { debug() {}, info() {}, warn() {}, error() {} } as unknown as ConstructorParameters<
  typeof ProblemFilter
>[0];
export const NOW = Date.UTC(2026, 2, 2, 8);

/** Ingest on a real port, with the embedded log in a folder of its own, at a clock that stands still. */
export async function startService(options: Partial<IngestOptions> = {}): Promise<Service> {
  const directory = mkdtempSync(join(tmpdir(), 'portolan-ingest-'));
  const log = options.log ?? (await openEmbeddedLog({ directory }));
  const clock = { now: () => NOW };
  const module = IngestModule.register({ clock, cell: 'antwerp', ...options, log });
  const app = await NestFactory.create<NestFastifyApplication>(module, new FastifyAdapter(), { logger: false });
  app.useGlobalFilters(new ProblemFilter(silent));
  await app.listen(0, '127.0.0.1');
  const url = await app.getUrl();
  return {
    url,
    log,
    get: async (path) => answerOf(await fetch(url + path)),
    post: async (path, body, headers = {}) => answerOf(await fetch(url + path, { method: 'POST', body, headers })),
    records: (topic) => log.read(topic, 0, 0, 10_000),
    close: async () => {
      await app.close();
      await log.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

async function answerOf(response: Response): Promise<Answer> {
  const json = (await response.json()) as Record<string, unknown>;
  return { status: response.status, type: response.headers.get('content-type'), json };
}
