import { mkdirSync } from 'node:fs';
import type { ReadModel } from '@portolan/store';
import { type EventLog, topics } from '@portolan/streams';
import { until } from '../patience.js';
import type { Killer } from './killer.js';
import { writeEvidence } from './evidence.js';
import { PlanWatch } from './plans.js';
import type { CellStory } from './scenario.js';
import { sendUntilAccepted, Tally } from './sender.js';
import type { Stage } from './stage.js';

export interface RunReport {
  readonly tally: Tally;
  readonly seconds: number;
  /** By actor: how often it was killed. */
  readonly killed: Readonly<Record<string, number>>;
  /** Times a service ended by itself, as it could not start, and was started again. */
  readonly ended: number;
}

/**
 * Tells the stories to the services of a stage, one sender a cell, each message when a plan knows the one before; then, with everything up
 * again, their ends. Writes what is in log and store then into the folder.
 */
export async function run(
  stage: Stage,
  stories: readonly CellStory[],
  folder: string,
  killer: Killer | undefined,
  progress: (accepted: number) => void,
): Promise<RunReport> {
  const began = Date.now();
  const [log, tally] = [await stage.log(), new Tally()];
  try {
    const watch = new PlanWatch(log);
    const tell = async (story: CellStory) => {
      for (const message of story.messages) {
        killer?.sending(tally.accepted + tally.duplicates);
        await sendUntilAccepted(stage.ingest, story, message, tally);
        progress(tally.accepted + tally.duplicates);
        await watch.settled(story);
      }
    };
    await Promise.all(stories.map(tell));
    await killer?.done();
    // So that the last plans are made from nothing: shadow prices may differ when there is more than one set of them.
    await stage.optimizer.kill();
    await withoutSnapshots(log, stage.partitions);
    await stage.optimizer.start();
    await stage.ready();
    for (const story of stories) await sendUntilAccepted(stage.ingest, story, story.last, tally);
    for (const story of stories) await watch.settled(story);
    await collect(stage, stories, folder, log);
  } finally {
    await log.close();
  }
  const killed = Object.fromEntries(killer?.killed ?? []);
  const ended = stage.services.reduce((sum, service) => sum + service.ended, 0);
  return { tally, seconds: (Date.now() - began) / 1000, killed, ended };
}

/** A checkpoint that is none: who gains a partition folds it from its first event. */
async function withoutSnapshots(log: EventLog, partitions: number): Promise<void> {
  await log.append(
    topics.checkpoints,
    Array.from({ length: partitions }, (_, partition) => ({ key: `${partition}`, value: 'null' })),
  );
}

async function collect(stage: Stage, stories: readonly CellStory[], folder: string, log: EventLog): Promise<void> {
  const store = await stage.store();
  try {
    await projected(stories, log, store);
    mkdirSync(folder, { recursive: true });
    await writeEvidence(folder, stories, log, store);
  } finally {
    await store.close();
  }
}

const PROJECTED_S = 120;

/** Resolves when the store knows all plans of the log. */
async function projected(stories: readonly CellStory[], log: EventLog, store: ReadModel): Promise<void> {
  const ends = await log.ends(topics.plans);
  const isKnown = async ({ partition }: CellStory) =>
    (await store.positions([`${topics.plans}/${partition}`]))[0] === ends[partition]! - 1;
  const areKnown = async () => (await Promise.all(stories.map(isKnown))).every(Boolean);
  await until(areKnown, { seconds: PROJECTED_S, what: 'a store that knows all plans' });
}
