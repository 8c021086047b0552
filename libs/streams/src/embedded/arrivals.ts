import { Bell } from '../bell.js';

/** Wakes the readers of a partition when records arrive in it. */
export class Arrivals {
  private readonly bells = new Map<string, Bell>();

  announce(topic: string, partition: number): void {
    this.bell(topic, partition).ring();
  }

  /** Resolves at the next arrival, or when the signal is aborted. */
  next(topic: string, partition: number, signal: AbortSignal): Promise<void> {
    return this.bell(topic, partition).next(signal);
  }

  private bell(topic: string, partition: number): Bell {
    const place = `${topic}/${partition}`;
    const bell = this.bells.get(place) ?? new Bell();
    this.bells.set(place, bell);
    return bell;
  }
}
