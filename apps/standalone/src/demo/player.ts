import { HOUR, type Millis, formatInstant } from '@portolan/domain';
import type { Logger } from '@portolan/platform';
import type { ScenarioClock } from './clock.js';
import type { DemoScenario, Message } from './scenario.js';

/** Sends one message as a user would; resolves when the log has it. */
export type Send = (message: Message) => Promise<{ accepted: number; duplicates: number; rejected: readonly string[] }>;

export interface Playback {
  /** Resolves when the scenario has been played to its end, or was stopped. */
  readonly finished: Promise<void>;
  stop(): void;
}

/**
 * Plays a scenario at a visible pace: what is known at the start at once, then message after message as the scenario's clock
 * reaches it. Started again on the same data, it goes on where the log ends: what was sent before is a duplicate.
 * @param hoursPerSecond of the scenario, per second of real time
 */
export function play(
  scenario: DemoScenario,
  clock: ScenarioClock,
  send: Send,
  hoursPerSecond: number,
  logger: Logger,
): Playback {
  const stopping = new AbortController();
  const finished = run(stopping.signal).catch((error: unknown) => logger.error({ err: error }, 'the demo stopped'));
  return { finished, stop: () => stopping.abort() };

  async function run(signal: AbortSignal): Promise<void> {
    for (const message of scenario.initial) await deliver(message);
    logger.info({ now: formatInstant(clock.now()), hoursPerSecond }, `${scenario.name}: the clock starts`);
    for (const message of scenario.log.filter(({ at }) => at >= clock.now())) {
      await waitUntil(message.at, signal);
      if (signal.aborted) return;
      await deliver(message);
    }
    logger.info({ now: formatInstant(clock.now()) }, `${scenario.name} is over; start it again with --fresh`);
  }

  async function waitUntil(at: Millis, signal: AbortSignal): Promise<void> {
    const millis = ((at - clock.now()) / HOUR / hoursPerSecond) * 1000;
    if (millis > 0) await pause(millis, signal);
    if (!signal.aborted) clock.moveTo(at);
  }

  async function deliver(message: Message): Promise<void> {
    const { rejected } = await send(message);
    for (const reason of rejected)
      logger.warn({ format: message.format, reason }, 'a message of the demo was rejected');
  }
}

const pause = (millis: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, millis);
    signal.addEventListener('abort', done);
  });
