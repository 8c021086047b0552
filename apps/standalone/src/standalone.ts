import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Millis, parseInstant } from '@portolan/domain';
import { loadMappings } from '@portolan/ingest';
import { planningInThread } from '@portolan/optimizer';
import {
  HealthChecks,
  Metrics,
  type Settings,
  createLogger,
  readerReports,
  startHttp,
  startTracing,
  stopOnSignals,
  systemClock,
  watchLog,
} from '@portolan/platform';
import { openEmbeddedReadModel } from '@portolan/store';
import {
  type EventLog,
  EventLogTransport,
  LogError,
  connectLog,
  openEmbeddedLog,
  topics,
  withTraces,
} from '@portolan/streams';
import { ScenarioClock } from './demo/clock.js';
import { type Send, play } from './demo/player.js';
import { type DemoScenario, loadScenario } from './demo/scenario.js';
import { servicesOf } from './services.js';
import { settingsOf } from './settings.js';

export interface StandaloneOptions {
  readonly data?: string;
  readonly port?: string;
  readonly host?: string;
  /** AIS receivers and aggregators to read from, host:port, separated by commas. */
  readonly aisSources?: string;
  readonly demo?: boolean;
  /** Hours of the scenario per second. Default 0.5: two weeks in about eleven minutes. */
  readonly speed?: number;
  readonly fresh?: boolean;
}

const EXAMPLE = fileURLToPath(new URL('../../../examples/antwerp-hinterland', import.meta.url));

/**
 * Ingest, optimizer and api in this process, on the embedded log and store under one folder. Resolves once requests are
 * answered; the process then lives until it is told to stop.
 */
export async function startStandalone(
  options: StandaloneOptions = {},
): Promise<{ readonly url: string; close(): Promise<void> }> {
  const settings = settingsOf(options);
  const mappings = loadMappings(settings.mappings);
  const logger = createLogger({ level: settings.logLevel, name: 'portolan' });
  if (options.demo && options.fresh) rmSync(settings.data, { recursive: true, force: true });
  const tracing = await startTracing({
    service: 'portolan',
    endpoint: settings.otlpEndpoint,
    env: process.env,
    logger,
  });
  const log = withTraces(await openLogPatiently(join(settings.data, 'log')), 'embedded');
  const store = await openEmbeddedReadModel({ directory: join(settings.data, 'store') });
  const scenario = options.demo ? await loadScenario(EXAMPLE) : undefined;
  const clock = scenario ? new ScenarioClock((await newestReception(log)) ?? scenario.start) : systemClock;
  const planner = planningInThread({ seconds: settings.planningSeconds, memory: settings.planningMemory });
  const cell = scenario?.cell ?? settings.cell;
  const { bodyLimit, aisSources, aisInterval } = settings;
  const module = servicesOf({ log, store, clock, cell, planner, mappings, bodyLimit, aisSources, aisInterval });
  const [health, metrics] = [new HealthChecks(), new Metrics().watchProcess()];
  const { port, host, readyLag } = settings;
  const reports = readerReports({ logger, metrics });
  const reader = new EventLogTransport(log, { group: 'standalone', from: 'committed', ...reports });
  const reach = () => Promise.all([log.ends(topics.events), log.room?.()]);
  watchLog({ health, metrics }, { reach, lags: () => reader.lags(), readyLag });
  const http = await startHttp(module, { port, host, logger, bodyLimit, clock, health, metrics });
  await connectLog(http.app, reader);
  const playback = scenario && play(scenario, clock as ScenarioClock, sendTo(http.url), options.speed ?? 0.5, logger);
  const close = async () => {
    playback?.stop();
    await http.close();
    await planner.close();
    await log.close();
    await store.close();
    await tracing.close();
  };
  stopOnSignals(close, logger);
  greet(http.url, settings, scenario);
  return { url: http.url, close };
}

/** A process that was just killed may take a moment to be gone: its folder is asked for again for a few seconds. */
async function openLogPatiently(directory: string, attempts = 20): Promise<EventLog> {
  try {
    return await openEmbeddedLog({ directory });
  } catch (error) {
    if (attempts === 0 || !(error instanceof LogError) || error.code !== 'log-in-use') throw error;
    await new Promise((resolve) => setTimeout(resolve, 250));
    return openLogPatiently(directory, attempts - 1);
  }
}

/** When the newest event was received: where the scenario's clock goes on after a restart. */
async function newestReception(log: EventLog): Promise<Millis | undefined> {
  const [end = 0] = await log.ends(topics.events);
  const records = await log.read(topics.events, 0, Math.max(0, end - 500), 500);
  const received = records.flatMap(({ headers }) => parseInstant(headers['ce_recordedtime'] ?? '') ?? []);
  return received.length > 0 ? Math.max(...received) : undefined;
}

interface Receipt {
  readonly accepted?: readonly unknown[];
  readonly duplicates?: readonly unknown[];
  readonly rejected?: readonly { readonly pointer?: string; readonly reason?: string }[];
  readonly detail?: string;
}

const sendTo =
  (url: string): Send =>
  async ({ body, contentType, format }) => {
    const target = `${url}/v1/messages?format=${encodeURIComponent(format)}`;
    const response = await fetch(target, { method: 'POST', body, headers: { 'content-type': contentType } });
    const { accepted = [], duplicates = [], rejected = [], detail } = (await response.json()) as Receipt;
    const reasons = rejected.map(({ pointer = '', reason = '' }) => `${pointer} ${reason}`);
    if (!response.ok && reasons.length === 0) reasons.push(`${response.status} ${detail ?? ''}`);
    return { accepted: accepted.length, duplicates: duplicates.length, rejected: reasons };
  };

function greet(url: string, { data, host }: Settings, scenario: DemoScenario | undefined): void {
  const open = host === '127.0.0.1' || host === 'localhost' || host === '::1';
  const lines = [
    `Portolan is up at ${url}${scenario ? `, playing "${scenario.name}"` : ''}`,
    `  recommendations  ${url}/v1/recommendations`,
    `  the plan         ${url}/v1/plans/current`,
    `  all resources    ${url}/openapi.json`,
    `  data             ${data}`,
    open ? '  It is open to everybody on this machine, and to nobody else.' : '',
  ];
  process.stdout.write(`${lines.filter((line) => line !== '').join('\n')}\n`);
}
