import { writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { mappingKinds, proposeMapping, standardNamed } from '@portolan/formats';
import { type Command, InvalidArgumentError } from 'commander';
import { CommandFailure, exitCodes } from '../exit.js';
import { bytesOf, messageFile } from '../send/message-file.js';

interface MapOptions {
  kind?: string;
  name?: string;
  sheet?: string;
  out?: string;
  force?: boolean;
}

const examples = `
Kinds: ${mappingKinds.join(', ')}; without --kind the columns tell.

Examples:
  $ portolan map dossiers.csv                              a mapping to look at
  $ portolan map dossiers.xlsx --sheet Orders --out dossiers.yaml
  $ portolan map gate.csv --kind equipment.moved --out gate.yaml
  $ portolan send dossiers.xlsx --mapping dossiers.yaml --dry-run

What is uncertain is marked with "# ?". docs/formats-tables.md tells what a mapping can say.`;

export function registerMap(program: Command): void {
  program
    .command('map')
    .description('propose a mapping file for a table (CSV, TSV, XLSX) from its headers and cells')
    .argument('<file>', 'a table, or - for standard input')
    .option('--kind <kind>', 'what its rows are', knownKind)
    .option('--name <name>', "what the mapping is called (default: the file's name)")
    .option('--sheet <sheet>', 'of a workbook: name or number of the sheet (default: the largest)')
    .option('--out <file>', 'write it there instead of standard output')
    .option('--force', 'write over a file that is there')
    .addHelpText('after', examples)
    .action(map);
}

async function map(file: string, { kind, name = nameFrom(file), sheet, out, force }: MapOptions): Promise<void> {
  const body = await bytesOf(await messageFile(file));
  const number = /^\d+$/.test(sheet ?? '') ? Number(sheet) : sheet;
  const proposal = proposeMapping(body, { kind, name, sheet: number });
  if (!proposal.ok)
    throw new CommandFailure(exitCodes.rejected, proposal.faults.map(({ message }) => `${file} ${message}`).join('\n'));
  if (out === undefined) process.stdout.write(proposal.value);
  else await write(out, proposal.value, force === true);
}

async function write(out: string, text: string, force: boolean): Promise<void> {
  try {
    await writeFile(out, text, { flag: force ? 'w' : 'wx' });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const why = code === 'EEXIST' ? 'it is there already; --force writes over it' : message;
    throw new CommandFailure(exitCodes.wrongUse, `cannot write ${out}: ${why}`);
  }
  const doubts = text.split('\n').filter((line) => line.includes('# ?')).length;
  process.stderr.write(
    `${out}: ${doubts === 0 ? 'nothing uncertain' : `${doubts} lines marked with "# ?" to look at`}\n`,
  );
}

/** `Dossiers März.xlsx` is `dossiers-marz`. */
function nameFrom(file: string): string {
  const plain = basename(file)
    .replace(/(\.[a-z0-9]{1,5}){1,2}$/i, '')
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9._-]+/g, '-')
    .replaceAll(/^[^a-z0-9]+|-+$/g, '')
    .slice(0, 60);
  return plain === '' || standardNamed(plain) ? 'table' : plain;
}

function knownKind(kind: string): string {
  const short = kind.replace(/^org\.portolan\./, '');
  if (mappingKinds.includes(short)) return short;
  throw new InvalidArgumentError(`must be one of ${mappingKinds.join(', ')}.`);
}
