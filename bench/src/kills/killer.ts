import { setTimeout as pause } from 'node:timers/promises';
import type { Actor } from './actor.js';

export interface Killing {
  readonly kills: number;
  readonly events: number;
  /** Numbers from 0 up to 1, which is left out. */
  readonly random: () => number;
}

/** Ingest and broker are done with a message within some moments; plans are made and projected afterwards. */
const latestMs = ({ name }: Actor): number => (name === 'ingest' || name === 'broker' ? 80 : 600);
const LONGEST_DOWN_MS = 1_500;

/**
 * Kills actors while events flow, each about as often as the others, in random order, at random moments, some while others are still
 * away. The next one falls whenever another part of the events has been accepted.
 */
export class Killer {
  readonly killed = new Map<string, number>();
  private readonly victims: Actor[];
  private readonly every: number;
  private readonly running = new Map<Actor, Promise<void>>();

  constructor(
    actors: readonly Actor[],
    private readonly killing: Killing,
  ) {
    const decks = Array.from({ length: Math.ceil(killing.kills / actors.length) }, () => this.shuffled(actors));
    this.victims = decks.flat().slice(0, killing.kills);
    this.every = killing.events / (killing.kills + 1);
  }

  /** To be told, before a message is sent, how many events were accepted so far. */
  sending(count: number): void {
    while (this.victims.length > 0 && count >= this.every * (this.killing.kills - this.victims.length + 1)) {
      const victim = this.victims.shift()!;
      const before = this.running.get(victim) ?? Promise.resolve();
      this.running.set(
        victim,
        before.then(() => this.kill(victim)),
      );
    }
  }

  /** Resolves when all that were to be killed were, and are started again. */
  async done(): Promise<void> {
    this.sending(Infinity);
    await Promise.all(this.running.values());
  }

  private async kill(victim: Actor): Promise<void> {
    const { random } = this.killing;
    await pause(random() * latestMs(victim));
    await victim.kill();
    this.killed.set(victim.name, (this.killed.get(victim.name) ?? 0) + 1);
    await pause(random() * LONGEST_DOWN_MS);
    await victim.start();
  }

  private shuffled(actors: readonly Actor[]): Actor[] {
    return actors
      .map((actor) => ({ actor, place: this.killing.random() }))
      .sort((a, b) => a.place - b.place)
      .map(({ actor }) => actor);
  }
}
