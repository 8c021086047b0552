import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { collections } from '@portolan/api';
import type { ReadModel } from '@portolan/store';
import { type EventLog, type LogRecord, topics } from '@portolan/streams';
import type { CellStory } from './scenario.js';
import { withoutCircumstances, withoutPrices } from './circumstances.js';

/** What a run has left behind, as files of one JSON document a line. */
export const evidenceFiles = ['events.jsonl', 'plans.jsonl', 'last-plans.jsonl', 'store.jsonl'] as const;

const AT_ONCE = 500;

/**
 * Writes all events, planning steps and documents of the store into a folder, without what depends on the machine's clock, and but for the last
 * planning step of each cell, which is made from nothing, without what is told of prices.
 */
export async function writeEvidence(
  folder: string,
  stories: readonly CellStory[],
  log: EventLog,
  store: ReadModel,
): Promise<void> {
  const partitions = stories.map(({ partition }) => partition).sort((a, b) => a - b);
  const write = (name: (typeof evidenceFiles)[number], lines: AsyncIterable<string>) =>
    pipeline(Readable.from(lines), createWriteStream(join(folder, name)));
  await write('events.jsonl', linesOf(log, topics.events, partitions));
  await write('plans.jsonl', linesOf(log, topics.plans, partitions, withoutPrices));
  await write('last-plans.jsonl', lastOf(log, topics.plans, partitions));
  await write('store.jsonl', documentsOf(store, partitions));
}

async function* linesOf(
  log: EventLog,
  topic: string,
  partitions: readonly number[],
  text: (document: unknown) => string = withoutCircumstances,
): AsyncIterable<string> {
  const ends = await log.ends(topic);
  for (const partition of partitions)
    for (let from = 0; from < ends[partition]!;) {
      const records = await log.read(topic, partition, from, AT_ONCE);
      if (records.length === 0)
        throw new Error(`${topic}/${partition} has nothing at ${from}, and ends at ${ends[partition]}`);
      for (const record of records) yield text(documentOf(record));
      from = records.at(-1)!.offset + 1;
    }
}

async function* lastOf(log: EventLog, topic: string, partitions: readonly number[]): AsyncIterable<string> {
  const ends = await log.ends(topic);
  for (const partition of partitions) {
    const [record] = await log.read(topic, partition, ends[partition]! - 1, 1);
    yield withoutCircumstances(documentOf(record!));
  }
}

/** All that a reader of the log sees of a record, but for the moment the log took it. */
const documentOf = ({ timestamp: _when, value, json: _known, ...record }: LogRecord): object => ({
  ...record,
  value: JSON.parse(Buffer.from(value).toString('utf8')) as unknown,
});

async function* documentsOf(store: ReadModel, partitions: readonly number[]): AsyncIterable<string> {
  for (const partition of partitions) {
    const scope = `${topics.plans}/${partition}`;
    yield withoutCircumstances({ scope, position: (await store.positions([scope]))[0] });
  }
  for (const collection of Object.values(collections))
    for (let after: string | undefined; ;) {
      const page = await store.list(collection, { limit: AT_ONCE, ...(after !== undefined && { after }) });
      // The position is that of the batch it was written with, and steps may be written one by one or together.
      for (const { id, document } of page.items) yield withoutPrices({ collection, id, document });
      if (page.next === undefined) break;
      after = page.next;
    }
}
