import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Millis, parseInstant } from '@portolan/domain';
import { z } from 'zod';

const instant = z.string().refine((text) => parseInstant(text) !== undefined, 'must be an RFC 3339 instant');

const description = z.strictObject({
  name: z.string(),
  cell: z.string(),
  start: instant,
  end: instant,
  initial: z.array(z.string()),
  log: z.string(),
  policy: z.unknown().optional(),
});

const entry = z.object({
  at: instant,
  format: z.string(),
  body: z.union([z.string(), z.record(z.string(), z.unknown()), z.array(z.unknown())]),
});

/** One message of a scenario, as somebody would send it. */
export interface Message {
  readonly at: Millis;
  readonly format: string;
  readonly body: string;
  readonly contentType: string;
}

export interface DemoScenario {
  readonly name: string;
  readonly cell: string;
  readonly start: Millis;
  readonly end: Millis;
  /** What is known at the start: network, services, orders and lots. */
  readonly initial: readonly Message[];
  /** What happens then, in order of reception. */
  readonly log: readonly Message[];
}

/** Reads a scenario folder; throws with file and line where it is not one, since it ships with the program. */
export async function loadScenario(folder: string): Promise<DemoScenario> {
  const about = description.parse(JSON.parse(await readFile(join(folder, 'data', 'scenario.json'), 'utf8')));
  const data = join(folder, 'data');
  const start = parseInstant(about.start)!;
  const initial = await Promise.all(about.initial.map((file) => initialMessage(join(data, file), file, start)));
  const lines = (await readFile(join(data, about.log), 'utf8')).split('\n').filter((line) => line !== '');
  const log = lines.map((line, index) => logMessage(line, `${about.log}:${index + 1}`));
  return { name: about.name, cell: about.cell, start, end: parseInstant(about.end)!, initial, log };
}

async function initialMessage(path: string, file: string, at: Millis): Promise<Message> {
  const text = await readFile(path, 'utf8');
  if (file.endsWith('.csv')) return { at, format: 'csv', contentType: 'text/csv', body: text };
  const events = text.split('\n').filter((line) => line !== '');
  return {
    at,
    format: 'cloudevents',
    contentType: 'application/cloudevents-batch+json',
    body: `[${events.join(',')}]`,
  };
}

function logMessage(line: string, place: string): Message {
  const parsed = entry.safeParse(JSON.parse(line));
  if (!parsed.success) throw new Error(`${place}: ${z.prettifyError(parsed.error)}`);
  const { at, format, body } = parsed.data;
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return { at: parseInstant(at)!, format, body: text, contentType: contentTypeOf(format, Array.isArray(body)) };
}

function contentTypeOf(format: string, batch: boolean): string {
  if (format.startsWith('csv')) return 'text/csv';
  if (format !== 'cloudevents') return 'application/json';
  return batch ? 'application/cloudevents-batch+json' : 'application/cloudevents+json';
}
