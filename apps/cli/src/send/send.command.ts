import { standardNamed, standards } from '@portolan/formats';
import { type Command, InvalidArgumentError } from 'commander';
import { CommandFailure, exitCodes } from '../exit.js';
import { addressAt } from '../http.js';
import { forPeople, print } from '../output.js';
import { type Destination, deliver } from './delivery.js';
import { dryRunOf } from './dry-run.command.js';
import { mappingNamed } from './mapping-file.js';
import { type MessageFile, messageFile } from './message-file.js';
import { type Outcome, anyRejected } from './outcome.js';
import { Progress } from './progress.js';
import { json, table } from './report.js';

interface SendOptions {
  format?: string;
  mapping?: string;
  to: string;
  cell?: string;
  key?: string;
  dryRun?: boolean;
  json?: boolean;
  partSize?: number;
}

const examples = `
Formats: ${standards.map(({ name, title }) => `${name} (${title})`).join(', ')}; without --format the contents tell.

Examples:
  $ portolan send orders.csv lots.csv
  $ portolan send dossiers.xlsx --mapping dossiers.yaml   (portolan map proposes one)
  $ portolan send --dry-run events.json        the events it would become, and why parts are rejected
  $ curl -s https://carrier.example/v2/events | portolan send - --format dcsa
  $ portolan send orders.csv --to https://portolan.example --json | jq .rejected`;

export function registerSend(program: Command): void {
  program
    .command('send')
    .description('send messages of any known format, and tell what became of each item')
    .argument('<files...>', 'files, or - for standard input; .gz is unpacked; large ones go in parts')
    .option('--format <format>', 'what the files are, when they do not tell', knownFormat)
    .option('--mapping <file>', 'how tables are read: a mapping file, or the name of one that the service has')
    .option('--to <url>', 'where the service listens', process.env.PORTOLAN_URL ?? 'http://127.0.0.1:8080')
    .option('--cell <name>', "the planning cell, when it is not the service's own")
    .option('--key <key>', 'API key (default: the environment variable PORTOLAN_API_KEY)')
    .option('--dry-run', 'only read the files and show the events they would become; send nothing')
    .option('--part-size <MB>', 'size at which a large file is cut into a further message (default 4)', megabytes)
    .option('--json', 'the result as JSON, also when standard output is no terminal')
    .addHelpText('after', examples)
    .action(send);
}

/** Sends the files one after the other; what the last one said of an order counts. */
async function send(files: readonly string[], options: SendOptions): Promise<void> {
  addressAt(options.to, '');
  const messages = await Promise.all([...new Set(files)].map(messageFile));
  const people = forPeople(options);
  const { partSize, to, cell, key = process.env.PORTOLAN_API_KEY } = options;
  const reading = { ...(await mappingNamed(options)), bytes: partSize === undefined ? undefined : partSize * 1e6 };
  const wrong = options.dryRun
    ? await dryRunOf(messages, reading, people)
    : await sendAll(messages, { ...reading, to, cell, key }, people);
  if (wrong) throw new CommandFailure(exitCodes.rejected, 'not everything was accepted');
}

async function sendAll(messages: readonly MessageFile[], destination: Destination, people: boolean): Promise<boolean> {
  const progress = new Progress(messages.length);
  const outcomes: Outcome[] = [];
  try {
    for (const message of messages) {
      progress.at(outcomes.length, message.file);
      outcomes.push(await deliver(message, destination));
    }
  } finally {
    progress.end();
    if (outcomes.length > 0) await print(people ? table(outcomes) : json(outcomes));
  }
  return anyRejected(outcomes);
}

function megabytes(text: string): number {
  const value = Number(text);
  if (!(value >= 0.001 && value <= 256)) throw new InvalidArgumentError('must be a number of megabytes up to 256.');
  return value;
}

function knownFormat(name: string): string {
  if (standardNamed(name)) return name;
  const names = standards.flatMap((standard) => [standard.name, ...standard.aliases]);
  throw new InvalidArgumentError(`must be one of ${names.join(', ')}.`);
}
