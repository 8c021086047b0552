import { unzipSync, zipSync } from 'fflate';
import { MOST_MILLISECONDS, processorTimeOf } from './processor-time.js';
import { type Subject, samplesOf, subjects } from './seeds.js';

/** What patterns with a choice inside a repeat go over again and again: a run, and then something that does not fit. */
const runs: readonly string[] = ['a', '1', ' ', '-', '1.', 'a:', '/a', 'A ', '0T', '?'].map(
  (piece) => `${piece.repeat(50_000 / piece.length)}\u0001`,
);
/** Words and numbers of a message, which runs take the place of. */
const words = /[\w.]+/g;
/** Of a long sample, so many places, evenly. */
const PLACES = 30;

function* endless(text: string): Iterable<string> {
  const places = [...text.matchAll(words)];
  const step = Math.max(1, Math.floor(places.length / PLACES));
  for (let at = 0; at < places.length; at += step) {
    const { index, 0: word } = places[at]!;
    yield text.slice(0, index) + runs[at % runs.length]! + text.slice(index + word.length);
  }
}

function* messagesOf({ shape }: Subject, sample: Buffer): Iterable<Uint8Array> {
  if (shape !== 'workbook') {
    for (const text of endless(sample.toString())) yield Buffer.from(text);
    return;
  }
  const parts = unzipSync(sample);
  for (const [name, bytes] of Object.entries(parts))
    for (const text of endless(Buffer.from(bytes).toString()))
      yield zipSync({ ...parts, [name]: new Uint8Array(Buffer.from(text)) }, { level: 0 });
}

describe('a message with an endless word', () => {
  it.each(subjects.map((subject) => [subject.name, subject] as const))(
    'of %s, anywhere, is read soon',
    (_, subject) => {
      const slow: string[] = [];
      for (const sample of samplesOf(subject))
        for (const body of messagesOf(subject, sample)) {
          const { milliseconds } = processorTimeOf(() => subject.read(body));
          if (milliseconds > MOST_MILLISECONDS) slow.push(Buffer.from(body).toString().slice(0, 500));
        }
      expect(slow).toEqual([]);
    },
  );
});
