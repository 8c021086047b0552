import { readFile } from 'node:fs/promises';
import { type Mapping, encodeMapping, parseMapping } from '@portolan/formats';
import { CommandFailure, exitCodes } from '../exit.js';
import { unreadable } from '../json-file.js';
import type { Reading } from './messages.js';

/** Headers of a request have 16 KiB together. */
const LONGEST = 12_000;

/** How tables are read: by a format or mapping that the service knows by its name, or by a mapping that is sent along. */
export async function mappingNamed({
  format,
  mapping,
  dryRun,
}: {
  format?: string;
  mapping?: string;
  dryRun?: boolean;
}): Promise<Pick<Reading, 'format' | 'mapping'>> {
  if (mapping === undefined) return { format, mapping: undefined };
  if (format !== undefined) throw new CommandFailure(exitCodes.wrongUse, '--mapping and --format exclude each other');
  if (dryRun || /[/\\]|\.(ya?ml|json)$/i.test(mapping)) return { format: undefined, mapping: await mappingIn(mapping) };
  return { format: mapping, mapping: undefined };
}

async function mappingIn(file: string): Promise<Mapping> {
  const parsed = parseMapping(await textOf(file));
  if (!parsed.ok) {
    const faults = parsed.faults.map(({ pointer, message }) => `  ${pointer || '/'} ${message}`);
    throw new CommandFailure(exitCodes.rejected, `${file} is wrong:\n${faults.join('\n')}`);
  }
  const { length } = encodeMapping(parsed.value);
  if (length > LONGEST)
    throw new CommandFailure(
      exitCodes.wrongUse,
      `${file} is too long to be sent along (${length} characters, at most ${LONGEST}): put it into the service's folder of mappings (PORTOLAN_MAPPINGS) and give its name`,
    );
  return parsed.value;
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw unreadable(file, error);
  }
}
