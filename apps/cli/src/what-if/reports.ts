import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type Base,
  type Comparison,
  type KeptRuns,
  type RunResult,
  type ScenarioDocument,
  comparisonSchema,
  csvFiles,
  htmlReport,
} from '@portolan/replay';
import { CommandFailure, exitCodes } from '../exit.js';

/** Writes a comparison as JSON, as CSV tables, and as a page. */
export async function writeReports(folder: string, comparison: Comparison): Promise<void> {
  const files = {
    'comparison.json': `${JSON.stringify(comparison, null, 2)}\n`,
    ...csvFiles(comparison),
    'report.html': htmlReport(comparison),
  };
  await within(folder, async () => {
    await mkdir(folder, { recursive: true });
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  });
}

/** Finished runs, in a folder whose name says of which scenario and log they are, and of which kind of comparison; discarded when all are done, or when cancelled. */
export async function openRuns(
  folder: string,
  of: { readonly document: ScenarioDocument; readonly base: Base },
): Promise<KeptRuns & { discard(): Promise<void> }> {
  const wasThere = existsSync(folder);
  const runs = join(folder, `.runs-${digestOf(of)}`);
  const known = new Map<number, RunResult>();
  await within(folder, async () => {
    await mkdir(runs, { recursive: true });
    for (const name of await readdir(runs))
      if (name.endsWith('.json'))
        known.set(parseInt(name, 10), JSON.parse(await readFile(join(runs, name), 'utf8')) as RunResult);
  });
  return {
    get: (index) => known.get(index),
    put: async (index, result) => {
      if (known.has(index)) return;
      // Half a file is none.
      await writeFile(join(runs, `${index}.part`), JSON.stringify(result));
      await rename(join(runs, `${index}.part`), join(runs, `${index}.json`));
    },
    discard: async () => {
      await rm(runs, { recursive: true, force: true });
      if (!wasThere) await rmdir(folder).catch(() => {});
    },
  };
}

function digestOf({ document, base }: { readonly document: ScenarioDocument; readonly base: Base }): string {
  const hash = createHash('sha256').update(JSON.stringify([comparisonSchema(), document]));
  for (const { event, planned } of base.entries)
    hash.update(`${event.source} ${event.id} ${JSON.stringify(planned ?? '')}\n`);
  return hash.digest('hex').slice(0, 16);
}

async function within<T>(folder: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new CommandFailure(exitCodes.environment, `cannot write into ${folder}: ${(error as Error).message}`);
  }
}
