import { print, printable } from '../output.js';
import { linesOf } from './dry-report.js';
import { type DryItem, dryRun } from './dry-run.js';
import type { MessageFile } from './message-file.js';
import type { Reading } from './messages.js';

interface Counts {
  accepted: number;
  duplicates: number;
  rejected: number;
}

/** Items written at once. */
const AT_ONCE = 500;

/** Shows what the files would become, item by item while they are read. Tells whether anything was rejected. */
export async function dryRunOf(files: readonly MessageFile[], reading: Reading, people: boolean): Promise<boolean> {
  const counts = { accepted: 0, duplicates: 0, rejected: 0 };
  const show = people ? linesFor : jsonFor;
  if (!people) await print('{"files":[');
  for (const [place, file] of files.entries()) {
    if (!people && place > 0) await print(',');
    await show(file, reading, counts);
  }
  if (people)
    await print(
      `\n${counts.accepted} accepted, ${counts.duplicates} duplicate, ${counts.rejected} rejected; nothing was sent\n`,
    );
  else await print(`],${JSON.stringify(counts).slice(1)}\n`);
  return counts.rejected > 0;
}

async function linesFor(file: MessageFile, reading: Reading, counts: Counts): Promise<void> {
  await print(`${printable(file.file)}\n`);
  for await (const items of batches(file, reading, counts)) {
    const lines = items.flatMap((item) =>
      'refused' in item ? [`${'rejected'.padEnd(20)} ${printable(item.refused)}`] : linesOf(item),
    );
    await print(lines.map((line) => `  ${line}\n`).join(''));
  }
}

/** One item a line inside of one JSON document, so that it can be read in either way. */
async function jsonFor(file: MessageFile, reading: Reading, counts: Counts): Promise<void> {
  await print(`{"file":${JSON.stringify(file.file)},"items":[`);
  let separator = '\n';
  const refused: string[] = [];
  for await (const items of batches(file, reading, counts)) {
    for (const item of items) if ('refused' in item) refused.push(item.refused);
    const texts = items.filter((item) => !('refused' in item)).map((item) => JSON.stringify(item));
    if (texts.length === 0) continue;
    await print(separator + texts.join(',\n'));
    separator = ',\n';
  }
  await print(refused.length === 0 ? ']}' : `],"refused":${JSON.stringify(refused.join('\n'))}}`);
}

async function* batches(file: MessageFile, reading: Reading, counts: Counts) {
  let batch: (DryItem | { readonly refused: string })[] = [];
  for await (const item of dryRun(file, reading, Date.now())) {
    count(counts, item);
    batch.push(item);
    if (batch.length < AT_ONCE) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

function count(counts: Counts, item: DryItem | { readonly refused: string }): void {
  if ('refused' in item || item.rejected) counts.rejected += 1;
  else
    for (const { duplicate } of item.events ?? []) {
      if (duplicate) counts.duplicates += 1;
      else counts.accepted += 1;
    }
}
