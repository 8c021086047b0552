import { setTimeout as pause } from 'node:timers/promises';
import { encodeEvent } from '@portolan/formats';
import { type EventLog, topics } from '@portolan/streams';
import type { CellStory } from './cells.js';

const BATCH = 500;

/** Appends the events of all cells, one of each cell after every interval, until it is stopped. */
export class Flow {
  private stopped = false;
  private running: Promise<void> | undefined;

  constructor(
    private readonly log: EventLog,
    private readonly stories: readonly CellStory[],
    private readonly intervalMs: number,
  ) {}

  /** Appends what leads to the cells' problems. */
  async open(): Promise<void> {
    for (const { opening } of this.stories) {
      for (let from = 0; from < opening.length; from += BATCH)
        await this.log.append(topics.events, opening.slice(from, from + BATCH).map(encodeEvent));
    }
  }

  start(): void {
    this.running = this.run();
    // Whoever stops it hears of it.
    this.running.catch(() => {});
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.running;
  }

  private async run(): Promise<void> {
    for (let round = 0; !this.stopped; round++) {
      const began = performance.now();
      const events = this.stories.flatMap(({ events: own }) => own[round] ?? []);
      if (events.length < this.stories.length) throw new Error(`the cells have no more than ${round} events`);
      await this.log.append(topics.events, events.map(encodeEvent));
      await pause(Math.max(0, this.intervalMs - (performance.now() - began)));
    }
  }
}
