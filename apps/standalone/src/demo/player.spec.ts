import { HOUR } from '@portolan/domain';
import { ScenarioClock } from './clock.js';
import { type Send, play } from './player.js';
import type { DemoScenario, Message } from './scenario.js';

const start = Date.UTC(2026, 2, 2, 6);
const message = (hours: number): Message => ({
  at: start + hours * HOUR,
  format: 'cloudevents',
  body: `${hours}`,
  contentType: 'application/json',
});
const scenario: DemoScenario = {
  name: 'test',
  cell: 'test',
  start,
  end: start + 3 * HOUR,
  initial: [{ ...message(0), body: 'network' }],
  log: [message(1), message(2), message(3)],
};
const silent = { info() {}, warn() {}, error() {} } as unknown as Parameters<typeof play>[4];

function recorder(clock: ScenarioClock): { send: Send; sent: string[] } {
  const sent: string[] = [];
  const send: Send = async ({ body }) => {
    sent.push(`${body}@${(clock.now() - start) / HOUR}`);
    return { accepted: 1, duplicates: 0, rejected: [] };
  };
  return { send, sent };
}

describe('the player', () => {
  it('sends what is known at the start, then each message when the clock has reached it', async () => {
    const clock = new ScenarioClock(start);
    const { send, sent } = recorder(clock);
    await play(scenario, clock, send, 1000, silent).finished;
    expect(sent).toEqual(['network@0', '1@1', '2@2', '3@3']);
  });

  it('goes on where the log ends, sending again what came at that very moment', async () => {
    const clock = new ScenarioClock(start + 2 * HOUR);
    const { send, sent } = recorder(clock);
    await play(scenario, clock, send, 1000, silent).finished;
    expect(sent).toEqual(['network@2', '2@2', '3@3']);
  });

  it('stops when told to, without sending the rest', async () => {
    const clock = new ScenarioClock(start);
    const { send, sent } = recorder(clock);
    const playback = play(scenario, clock, send, 0.0001, silent);
    setTimeout(() => playback.stop(), 20);
    await playback.finished;
    expect(sent).toEqual(['network@0']);
  });
});
