import { type Settings, configurationText, loadConfig } from '@portolan/platform';

/** What is wrong with the configuration, for people. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}

/**
 * The settings of this process: flags before environment before file before defaults.
 * @throws ConfigurationError that names everything wrong with them
 */
export function settingsOf({
  data,
  port,
  host,
  aisSources,
  demo,
}: {
  readonly data?: string;
  readonly port?: string;
  readonly host?: string;
  readonly aisSources?: string;
  readonly demo?: boolean;
}): Settings {
  const flags = Object.entries({ data, port, host, 'ais-sources': aisSources }).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name}`, value],
  );
  const env = demo ? { PORTOLAN_DATA: '.portolan/demo', ...process.env } : process.env;
  const config = loadConfig({ argv: flags, env });
  if (config.ok) return config.settings;
  throw new ConfigurationError(configurationText(config.faults));
}
