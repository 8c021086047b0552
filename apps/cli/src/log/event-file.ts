import { type Fault, PLAN_PUBLISHED } from '@portolan/domain';
import { type Entry, type Line, lineIn } from '@portolan/replay';
import { CommandFailure, exitCodes } from '../exit.js';
import { found } from '../send/report.js';
import { type MessageFile, messageFile } from '../send/message-file.js';
import type { LogSource } from './log-source.js';
import { linesIn } from './text-lines.js';

/** A log as `portolan export` writes it: one CloudEvent a line, perhaps packed. */
export async function eventFile(path: string): Promise<LogSource> {
  const file = await messageFile(path);
  return { entries: () => entriesIn(file), planned: await tellsOfPlans(file), raw: false, close: async () => {} };
}

async function tellsOfPlans(file: MessageFile): Promise<boolean> {
  for await (const lines of linesIn(file)) if (lines.some((line) => line.includes(PLAN_PUBLISHED))) return true;
  return false;
}

/** Its events, with what a line behind one says of the live optimizer. Fails at the first line that is no event. */
export async function* entriesIn(file: MessageFile): AsyncGenerator<readonly Entry[]> {
  let entries: Entry[] = [];
  let [line, count] = [0, 0];
  for await (const lines of linesIn(file)) {
    for (const text of lines) {
      line++;
      if (text.trim() === '') continue;
      const said = lineIn(text, count);
      if (said.kind === 'fault') throw wrongLine(file.file, line, said.faults);
      if (said.kind === 'planned') noteStep(entries, said);
      else {
        entries.push(said.entry);
        count++;
      }
    }
    // What is said of the last one may come in the next part.
    yield entries.slice(0, -1);
    entries = entries.slice(-1);
  }
  yield entries;
}

function noteStep(entries: Entry[], { cell, step }: Line & { kind: 'planned' }): void {
  const last = entries.at(-1);
  if (last?.event.partitionkey === cell) entries[entries.length - 1] = { ...last, ...step };
}

function wrongLine(file: string, line: number, faults: readonly Fault[]): CommandFailure {
  const all = faults.map(({ pointer, value, message }) => `${pointer || 'the line'}${found(value)} ${message}`);
  return new CommandFailure(exitCodes.rejected, `${file}, line ${line}: ${all.join('; ')}`);
}
