import { type Command, InvalidArgumentError } from 'commander';

interface UpOptions {
  data?: string;
  port?: string;
  host?: string;
  kafka?: string;
  redis?: string;
  aisSources?: string;
  demo?: boolean;
  speed?: number;
  fresh?: boolean;
}

const examples = `
Examples:
  $ portolan up                      an empty control tower on port 8080, data in .portolan
  $ portolan up --demo               the example scenario, two weeks in about eleven minutes
  $ portolan up --demo --fresh       the same from the beginning
  $ portolan up --data /var/lib/portolan --port 9000
  $ portolan up --kafka broker:9092 --redis redis://redis:6379    on Kafka and Redis; start as many as you need
  $ portolan up --ais-sources 192.0.2.7:4001    reads AIS from a receiver, too`;

export function registerUp(program: Command): void {
  program
    .command('up')
    .description('run all services in one process, on the embedded log and store or on Kafka and Redis')
    .option('--data <dir>', 'where the log and the store live (default .portolan, with --demo .portolan/demo)')
    .option('--port <port>', 'port to listen on (default 8080)')
    .option('--host <host>', 'address to listen on (default 127.0.0.1)')
    .option('--kafka <brokers>', 'the log is in Kafka: its brokers, host:port, with commas')
    .option('--redis <url>', 'the store is in Redis: redis://[user:password@]host:port')
    .option('--ais-sources <list>', 'AIS receivers and aggregators to read from over TCP, host:port, with commas')
    .option('--demo', 'load the example scenario and keep time moving')
    .option('--speed <hours>', 'with --demo: hours of the scenario per second', hours)
    .option('--fresh', 'with --demo: forget what was played before')
    .addHelpText('after', examples)
    .action(up);
}

async function up(options: UpOptions): Promise<void> {
  // The one place where the command line imports an app: docs/adr/0003-one-process.md.
  const { startStandalone } = await import('@portolan/standalone');
  await startStandalone(options);
}

function hours(text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new InvalidArgumentError('must be a number of hours above 0.');
  return value;
}
