import { type Settings, configurationText, loadConfig } from '@portolan/platform';

/** What is wrong with the configuration, for people. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}

/** What a command line says of the settings. */
export interface Flags {
  readonly data?: string;
  readonly port?: string;
  readonly host?: string;
  /** Brokers of Kafka, host:port, separated by commas: the log is there. */
  readonly kafka?: string;
  /** URL of Redis: the store is there. */
  readonly redis?: string;
  /** AIS receivers and aggregators to read from, host:port, separated by commas. */
  readonly aisSources?: string;
  readonly demo?: boolean;
}

/**
 * The settings of this process: flags before environment before file before defaults.
 * @throws ConfigurationError that names everything wrong with them
 */
export function settingsOf({ data, port, host, kafka, redis, aisSources, demo }: Flags): Settings {
  const given = {
    data,
    port,
    host,
    'ais-sources': aisSources,
    ...(kafka !== undefined && { log: 'kafka', 'kafka-brokers': kafka }),
    ...(redis !== undefined && { store: 'redis', 'redis-url': redis }),
  };
  const flags = Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [`--${name}`, value]));
  const env = demo ? { PORTOLAN_DATA: '.portolan/demo', ...process.env } : process.env;
  const config = loadConfig({ argv: flags, env });
  if (config.ok) return config.settings;
  throw new ConfigurationError(configurationText(config.faults));
}
