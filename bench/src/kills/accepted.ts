import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { CellStory } from './scenario.js';

interface Line {
  readonly partition: number;
  readonly headers: Readonly<Record<string, string>>;
}

export interface Accepted {
  /** Events of senders, and those that the services made themselves. */
  readonly sent: number;
  readonly own: number;
  /** What is missing, doubled, or elsewhere than it was sent; none when all is well. */
  readonly faults: readonly string[];
}

/** Services say so themselves; nobody else in the stories has these sources. */
const OWN_SOURCES = ['/optimizer', '/policy', '/api'];

/** Is every event that ingest accepted in the log once, in the order in which its sender said it? */
export async function acceptedIn(folder: string, stories: readonly CellStory[]): Promise<Accepted> {
  const found = new Map<number, string[]>(stories.map(({ partition }) => [partition, []]));
  let own = 0;
  for await (const line of createInterface({ input: createReadStream(join(folder, 'events.jsonl')) })) {
    const { partition, headers } = JSON.parse(line) as Line;
    if (OWN_SOURCES.includes(headers.ce_source!)) own += 1;
    else found.get(partition)!.push(`${headers.ce_source} ${headers.ce_id}`);
  }
  const faults = stories.flatMap((story) => faultsIn(story, found.get(story.partition)!));
  return { sent: [...found.values()].reduce((sum, ids) => sum + ids.length, 0), own, faults };
}

function faultsIn({ cell, messages, last }: CellStory, found: readonly string[]): string[] {
  const sent = [...messages, last].flatMap(({ ids }) => ids);
  const at = sent.findIndex((id, index) => found[index] !== id);
  const faults = at < 0 ? [] : [`${cell}: event ${at} is ${found[at] ?? 'missing'}, and was sent as ${sent[at]}`];
  if (found.length !== sent.length) faults.push(`${cell}: ${found.length} events in the log, ${sent.length} sent`);
  return faults;
}
