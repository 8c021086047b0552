import { type ConfigFault, faultLine, loadConfig } from './configuration/load-config.js';
import type { Settings } from './configuration/settings.js';
import { stopOnSignals } from './http/stop-on-signals.js';
import { type Logger, createLogger } from './logging/logger.js';
import { startTracing } from './tracing/tracing.js';

/** A service that answers requests, until it is closed. */
export interface RunningService {
  /** What to say of it once it is up, such as its URL. */
  readonly about: Readonly<Record<string, unknown>>;
  close(): Promise<void>;
}

/**
 * The main of a service on its own: settings from flags, environment and `portolan.yaml`, a log under its name, traces where they are wanted, an orderly end. Ends the process
 * with 2 when the settings are wrong, and with 3 when the service cannot start; what is wrong goes to standard error.
 */
export async function runService(
  name: string,
  start: (settings: Settings, logger: Logger) => Promise<RunningService>,
): Promise<void> {
  const config = loadConfig({ argv: process.argv.slice(2), env: process.env });
  if (!config.ok) {
    process.stderr.write(`${configurationText(config.faults)}\n`);
    process.exit(2);
  }
  try {
    const logger = createLogger({ name, level: config.settings.logLevel });
    const endpoint = config.settings.otlpEndpoint;
    const tracing = await startTracing({ service: `portolan-${name}`, endpoint, env: process.env, logger });
    const { about, close } = await start(config.settings, logger);
    stopOnSignals(() => close().finally(() => tracing.close()), logger);
    logger.info(about, 'up');
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(3);
  }
}

/** Everything that is wrong with a configuration, for people. */
export const configurationText = (faults: readonly ConfigFault[]): string =>
  ['The configuration is not right:', ...faults.map((fault) => `  ${faultLine(fault)}`)].join('\n');
