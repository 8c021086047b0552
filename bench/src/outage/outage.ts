import { setTimeout as pause } from 'node:timers/promises';
import { partitionOf, topics } from '@portolan/streams';
import { until } from '../patience.js';
import { PlanWatch } from '../kills/plans.js';
import type { Stage } from '../kills/stage.js';

export interface Outage {
  /** `killed`: the broker is gone, and started again; `silent`: it takes connections and requests, and does not answer. */
  readonly kind: 'killed' | 'silent';
  readonly seconds: number;
}

export interface OutageReport {
  readonly accepted: number;
  /** Requests that were told to come again, all with `Retry-After`. */
  readonly refused: number;
  /** Seconds from the beginning of the outage to the first of them, and the longest that a sender waited for any answer. */
  readonly firstRefusal: number;
  readonly longestAnswer: number;
  /** Seconds from the broker's return to the first message that was accepted, and to the first plan that knows all. */
  readonly acceptedAgain: number;
  readonly plannedAgain: number;
  /** Accepted events that are not in the log, and events that are in it more than once. */
  readonly lost: readonly string[];
  readonly doubled: readonly string[];
}

const CELL = 'outage';
const EVERY_MS = 200;
const BEFORE_MS = 3_000;
const AFTER_MS = 3_000;

interface Answer {
  readonly sent: number;
  readonly answered: number;
  readonly status: number;
  readonly retryAfter: string | null;
}

/** Sends an event every 200 ms, each again until it is accepted, while the broker goes away and comes back. */
export async function suffer(stage: Stage, outage: Outage): Promise<OutageReport> {
  const [answers, accepted]: [Answer[], string[]] = [[], []];
  const over = new AbortController();
  const sending = send(stage, answers, accepted, over.signal);
  const suffering = async () => {
    await pause(BEFORE_MS);
    const began = Date.now();
    await takeAway(stage, outage);
    const back = Date.now();
    const isAccepted = () => answers.some(({ status, sent }) => status === 202 && sent > back);
    await until(isAccepted, { seconds: 120, what: 'a message that is accepted again', everyMs: 50 });
    await pause(AFTER_MS);
    over.abort();
    return { began, back };
  };
  const [{ began, back }] = await Promise.all([suffering(), sending]);
  const log = await stage.log();
  try {
    const partition = partitionOf(CELL, stage.partitions);
    await new PlanWatch(log).settled({ cell: CELL, partition });
    const plannedAgain = seconds(Date.now() - back);
    const end = (await log.ends(topics.events))[partition]!;
    const found: string[] = [];
    while (found.length < end)
      found.push(
        ...(await log.read(topics.events, partition, found.length, 1000)).map(({ headers }) => headers.ce_id!),
      );
    return {
      ...figuresOf(answers, began, back),
      accepted: accepted.length,
      plannedAgain,
      ...faultsOf(accepted, found),
    };
  } finally {
    await log.close();
  }
}

async function takeAway({ broker }: Stage, { kind, seconds: length }: Outage): Promise<void> {
  if (kind === 'killed') await broker.kill();
  else broker.signal('SIGSTOP');
  await pause(length * 1000);
  if (kind === 'killed') await broker.start();
  else broker.signal('SIGCONT');
}

async function send({ ingest }: Stage, answers: Answer[], accepted: string[], over: AbortSignal): Promise<void> {
  for (let number = 0; !over.aborted; await pause(EVERY_MS)) {
    const sent = Date.now();
    const { status, headers } = await ingest.request(`/v1/events?cell=${CELL}`, {
      method: 'POST',
      headers: { 'content-type': 'application/cloudevents+json' },
      body: JSON.stringify(tick(number)),
    });
    answers.push({ sent, answered: Date.now(), status, retryAfter: headers.get('retry-after') });
    if (status === 202) accepted.push(`tick-${number++}`);
    else if (status !== 503) throw new Error(`ingest answered ${status}`);
  }
}

const tick = (number: number) => {
  const now = new Date(Date.UTC(2026, 0, 1) + number * 1000).toISOString();
  const type = 'org.portolan.clock.ticked';
  return { specversion: '1.0', id: `tick-${number}`, source: '/clock', type, time: now, data: { now } };
};

function figuresOf(answers: readonly Answer[], began: number, back: number) {
  const refused = answers.filter(({ status }) => status === 503);
  const blank = refused.find(({ retryAfter }) => !/^\d+$/.test(retryAfter ?? ''));
  if (blank) throw new Error(`a 503 had no Retry-After (${blank.retryAfter})`);
  if (refused.length === 0) throw new Error('the outage was not noticed: nobody was told to come again');
  return {
    refused: refused.length,
    firstRefusal: seconds(refused[0]!.answered - began),
    longestAnswer: seconds(Math.max(...answers.map((each) => each.answered - each.sent))),
    acceptedAgain: seconds(answers.find(({ status, sent }) => status === 202 && sent > back)!.answered - back),
  };
}

function faultsOf(accepted: readonly string[], found: readonly string[]) {
  const counts = new Map<string, number>();
  for (const id of found) counts.set(id, (counts.get(id) ?? 0) + 1);
  return {
    lost: accepted.filter((id) => !counts.has(id)),
    doubled: [...counts].filter(([, count]) => count > 1).map(([id]) => id),
  };
}

const seconds = (milliseconds: number): number => Math.round(milliseconds / 100) / 10;
