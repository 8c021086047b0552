import { rmSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Millis, parseInstant } from '@portolan/domain';
import { loadMappings } from '@portolan/ingest';
import { planningInThread } from '@portolan/cells';
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
import { openStore, redisPlaces } from '@portolan/store';
import { type EventLog, EventLogTransport, LogError, connectLog, openLog, topics } from '@portolan/streams';
import { ScenarioClock } from './demo/clock.js';
import { type Send, play } from './demo/player.js';
import { type DemoScenario, loadScenario } from './demo/scenario.js';
import { servicesOf } from './services.js';
import { ConfigurationError, type Flags, settingsOf } from './settings.js';

export interface StandaloneOptions extends Flags {
  /** Hours of the scenario per second. Default 0.5: two weeks in about eleven minutes. */
  readonly speed?: number;
  readonly fresh?: boolean;
}

const EXAMPLE = fileURLToPath(new URL('../../../examples/antwerp-hinterland', import.meta.url));

/**
 * Ingest, optimizer and api in this process, on the embedded log and store under one folder, or on Kafka and Redis: several such processes
 * then share the work. Resolves once requests are answered; the process then lives until it is told to stop.
 */
export async function startStandalone(
  options: StandaloneOptions = {},
): Promise<{ readonly url: string; close(): Promise<void> }> {
  const settings = settingsOf(options);
  const mappings = loadMappings(settings.mappings);
  const logger = createLogger({ level: settings.logLevel, name: 'portolan' });
  if (options.demo && options.fresh) forget(settings);
  const tracing = await startTracing({
    service: 'portolan',
    endpoint: settings.otlpEndpoint,
    env: process.env,
    logger,
  });
  const log = await openLogPatiently(settings, (warning) => logger.warn(warning));
  const store = await openStore(settings, (warning) => logger.warn(warning));
  const scenario = options.demo ? await loadScenario(EXAMPLE) : undefined;
  const clock = scenario ? new ScenarioClock((await newestReception(log)) ?? scenario.start) : systemClock;
  const planner = planningInThread({ seconds: settings.planningSeconds, memory: settings.planningMemory });
  const cell = scenario?.cell ?? settings.cell;
  const { bodyLimit, aisSources, aisInterval, historyDays } = settings;
  const saving = { events: settings.snapshotEvents, minutes: settings.snapshotMinutes };
  const parts = { log, store, clock, cell, historyDays, planner, saving, mappings, bodyLimit, aisSources, aisInterval };
  const module = servicesOf(parts);
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

function forget({ log, data }: Settings): void {
  if (log !== 'embedded')
    throw new ConfigurationError(
      '--fresh forgets the embedded log; one that is elsewhere (--kafka) is not ours to empty.',
    );
  rmSync(data, { recursive: true, force: true });
}

/** A process that was just killed may take a moment to be gone: its folder is asked for again for a few seconds. */
async function openLogPatiently(
  settings: Settings,
  onWarning: (warning: string) => void,
  attempts = 20,
): Promise<EventLog> {
  try {
    return await openLog(settings, onWarning);
  } catch (error) {
    if (attempts === 0 || !(error instanceof LogError) || error.code !== 'log-in-use') throw error;
    await pause(250);
    return openLogPatiently(settings, onWarning, attempts - 1);
  }
}

/** When the newest event was received: where the scenario's clock goes on after a restart. */
async function newestReception(log: EventLog): Promise<Millis | undefined> {
  const ends = await log.ends(topics.events);
  const last = await Promise.all(
    ends.map((end, partition) => log.read(topics.events, partition, Math.max(0, end - 500), 500)),
  );
  const received = last.flat().flatMap(({ headers }) => parseInstant(headers['ce_recordedtime'] ?? '') ?? []);
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

function greet(url: string, settings: Settings, scenario: DemoScenario | undefined): void {
  const { host, data, log, store, kafkaBrokers } = settings;
  const open = host === '127.0.0.1' || host === 'localhost' || host === '::1';
  const isHere = log === 'embedded' || store === 'embedded';
  const lines = [
    `Portolan is up at ${url}${scenario ? `, playing "${scenario.name}"` : ''}`,
    `  recommendations  ${url}/v1/recommendations`,
    `  the plan         ${url}/v1/plans/current`,
    `  all resources    ${url}/openapi.json`,
    isHere ? `  data             ${data}` : '',
    log === 'kafka' ? `  log              Kafka at ${kafkaBrokers.join(', ')}` : '',
    store === 'redis' ? `  store            Redis at ${redisPlaces(settings)}` : '',
    open ? '  It is open to everybody on this machine, and to nobody else.' : '',
  ];
  process.stdout.write(`${lines.filter((line) => line !== '').join('\n')}\n`);
}
