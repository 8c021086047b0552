import { createRequire } from 'node:module';
import { type Settings, faultLine, loadConfig, systemClock } from '@portolan/platform';
import type { Command } from 'commander';
import { CommandFailure, exitCodes } from '../exit.js';
import { forPeople, print, printable } from '../output.js';
import { type Finding, ill, well } from './finding.js';
import { logFindings } from './log.js';
import { disk, machine, versions } from './machine.js';
import { service } from './service.js';
import { storeFindings } from './store.js';

const { version } = createRequire(import.meta.url)('../../package.json') as { version: string };

interface DoctorOptions {
  to: string;
  data?: string;
  json?: boolean;
}

const examples = `
Looks at versions, settings, machine, disk, log (topics, lag), clock, store, and whether a service answers. Where PORTOLAN_LOG is kafka and
PORTOLAN_STORE redis it goes to these. Topics that are not there are made, as a service would. Ends with 3 where something does not work.

Examples:
  $ portolan doctor
  $ PORTOLAN_LOG=kafka PORTOLAN_KAFKA_BROKERS=broker:9092 portolan doctor
  $ portolan doctor --to http://tower.example:8080 --json`;

export function registerDoctor(program: Command): void {
  program
    .command('doctor')
    .description('what works here and what does not: versions, settings, log, store, clock, disk')
    .option('--to <url>', 'a service to ask', 'http://127.0.0.1:8080')
    .option('--data <dir>', 'the folder of data, where the settings name another')
    .option('--json', 'JSON, also when standard output is a terminal')
    .addHelpText('after', examples)
    .action(doctor);
}

async function doctor(options: DoctorOptions): Promise<void> {
  const findings = [versions(version), machine(), ...(await configured(options)), await service(options.to)];
  const isIll = findings.some(({ state }) => state === 'ill');
  await print(forPeople(options) ? sheet(findings) : `${JSON.stringify({ well: !isIll, findings })}\n`);
  if (isIll) throw new CommandFailure(exitCodes.environment, 'Something does not work; see above.');
}

/** All that needs settings. */
async function configured({ data }: DoctorOptions): Promise<Finding[]> {
  const config = loadConfig({ env: process.env, ...(data !== undefined && { argv: ['--data', data] }) });
  if (!config.ok) return config.faults.map((fault) => ill('settings', faultLine(fault)));
  const { settings } = config;
  const [log, store] = await Promise.all([logFindings(settings, systemClock.now()), storeFindings(settings)]);
  return [well('settings', placesOf(settings)), await disk(settings.data), ...log, ...store];
}

const placesOf = ({ log, store, cell, data }: Settings): string =>
  `log ${log}, store ${store}, cell ${cell}, data ${data}`;

const signs = { well: 'ok  ', look: 'look', ill: 'ILL ' } as const;

/** For people: a line for each finding, and what to do below it. */
export const sheet = (findings: readonly Finding[]): string =>
  findings
    .map(({ check, state, found, advice }) => {
      const line = `${signs[state]}  ${check.padEnd(9)} ${printable(found)}\n`;
      return advice === undefined ? line : `${line}${' '.repeat(16)}${advice}\n`;
    })
    .join('');
