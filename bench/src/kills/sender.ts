import { setTimeout as pause } from 'node:timers/promises';
import type { CellStory, Message } from './scenario.js';
import type { Service } from './service.js';

interface Receipt {
  readonly accepted: readonly { readonly id: string }[];
  readonly duplicates: readonly { readonly id: string }[];
  readonly rejected: readonly { readonly pointer: string; readonly reason: string }[];
}

/** What the senders were told, all together. */
export class Tally {
  accepted = 0;
  /** Events that were there already: their message was sent again since its answer was lost. */
  duplicates = 0;
  /** Requests without an answer, and those that were told to come again. */
  unanswered = 0;
  refused = 0;
}

const AGAIN_MS = 200;
const LONGEST_MS = 2_000;
const PATIENCE_MS = 300_000;

/**
 * Sends a message as a client should: again when there is no answer, or one that says to come again, and as it was. Resolves when ingest
 * has accepted all of it; after five minutes it fails.
 */
export async function sendUntilAccepted(
  ingest: Service,
  { cell }: Pick<CellStory, 'cell'>,
  message: Message,
  tally: Tally,
): Promise<void> {
  const end = Date.now() + PATIENCE_MS;
  for (let wait = AGAIN_MS; ; wait = Math.min(2 * wait, LONGEST_MS)) {
    const answer = await ingest
      .request(`/v1/events?cell=${cell}`, {
        method: 'POST',
        headers: { 'content-type': 'application/cloudevents-batch+json' },
        body: message.body,
      })
      .then(async (response) => ({ status: response.status, text: await response.text() }))
      .catch(() => undefined);
    if (answer?.status === 202) return taken(JSON.parse(answer.text) as Receipt, message, tally);
    if (!answer) tally.unanswered += 1;
    else if (answer.status === 503 || answer.status === 429) tally.refused += 1;
    else throw new Error(`ingest answered ${answer.status} to a message of ${cell}: ${answer.text.slice(0, 500)}`);
    if (Date.now() > end)
      throw new Error(`ingest has not accepted a message of ${cell} within ${PATIENCE_MS / 1000} s: ${toldBy(answer)}`);
    await pause(wait);
  }
}

const toldBy = (answer: { readonly status: number; readonly text: string } | undefined): string =>
  answer ? `it says ${answer.status} ${answer.text.slice(0, 300)}` : 'it does not answer';

function taken({ accepted, duplicates, rejected }: Receipt, { ids }: Message, tally: Tally): void {
  const [first] = rejected;
  if (first) throw new Error(`an event was rejected: ${first.pointer} ${first.reason}`);
  const there = accepted.length + duplicates.length;
  if (there !== ids.length) throw new Error(`ingest accepted ${there} events of a message of ${ids.length}`);
  tally.accepted += accepted.length;
  tally.duplicates += duplicates.length;
}
