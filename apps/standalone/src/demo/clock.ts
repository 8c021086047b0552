import type { Millis } from '@portolan/domain';
import type { Clock } from '@portolan/platform';

/** The scenario's time: it stands still until the player moves it, and never goes back. */
export class ScenarioClock implements Clock {
  constructor(private instant: Millis) {}

  now(): Millis {
    return this.instant;
  }

  moveTo(instant: Millis): void {
    this.instant = Math.max(this.instant, instant);
  }
}
