import { basename } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { gzip as gzipCallback } from 'node:zlib';
import { MAPPING_HEADER, encodeMapping } from '@portolan/formats';
import { CommandFailure, exitCodes } from '../exit.js';
import { addressAt, membersOf, notLetIn, unreachable } from '../http.js';
import type { MessageFile } from './message-file.js';
import { type Reading, type SendPart, messagesOf } from './messages.js';
import { type Fault, Gathering, type Outcome, type Receipt, type Refusal } from './outcome.js';

/** Where files go, and how they are read: a mapping is sent along, the service need not know it. */
export interface Destination extends Reading {
  /** Where the service listens, such as `http://127.0.0.1:8080`. */
  readonly to: string;
  readonly cell?: string | undefined;
  readonly key?: string | undefined;
}

const TRIES = 5;
const PATIENCE = 120_000;
const gzip = promisify(gzipCallback);

type Answer = Receipt | { readonly refused: string };

/**
 * Sends a file, in messages of bounded size, and tells what became of its items. Waits and tries again where the service asks for it:
 * sent twice, an event is one. Fails with the environment's code when the service cannot be reached or cannot answer.
 */
export async function deliver(file: MessageFile, destination: Destination): Promise<Outcome> {
  const gathering = new Gathering(file.file);
  for await (const part of messagesOf(file, destination))
    gathering.add('refused' in part ? part : inFile(await deliverPart(file, part, destination), part));
  return gathering.outcome();
}

async function deliverPart(file: MessageFile, part: SendPart, destination: Destination): Promise<Answer> {
  const body = file.gzip ? await gzip(part.body) : part.body;
  for (let attempt = 1; ; attempt += 1) {
    const response = await post({ ...part, body }, file, destination);
    const text = await response.text();
    if (response.ok) return receiptOf(text, destination.to);
    const rejected = receiptIn(text);
    if (rejected) return rejected;
    const problem = problemOf(text);
    if (problem.retriable !== true || attempt === TRIES) return answerTo(response.status, problem, destination.to);
    await pause(waitOf(response, attempt));
  }
}

/** Items and places as they are in the file. */
function inFile(answer: Answer, { before, inFile: moved, place }: SendPart): Answer {
  if ('refused' in answer) return { refused: place + answer.refused };
  if (before.items + before.lines === 0) return answer;
  const fault = <T extends Fault>(of: T): T => {
    const { pointer, message } = moved({ pointer: of.pointer, message: of.reason }, before);
    return { ...of, pointer, reason: message };
  };
  const item = <T extends { readonly index: number }>(of: T): T => ({ ...of, index: of.index + before.items });
  const refusal = (of: Refusal): Refusal => ({
    ...item(fault(of)),
    ...(of.errors && { errors: of.errors.map(fault) }),
  });
  const { accepted, duplicates, rejected } = answer;
  return { accepted: accepted.map(item), duplicates: duplicates.map(item), rejected: rejected.map(refusal) };
}

/** Of a later message of a file, the name says where it begins: places in what is kept of it are counted from there. */
const sourceOf = (file: string, { items, lines }: SendPart['before']): string =>
  encodeURIComponent(`${basename(file)}${items === 0 ? '' : ` from item ${items}, line ${lines + 1}`}`);

async function post(
  { body, format, before }: SendPart,
  { contentType, gzip: isPacked, file }: MessageFile,
  { to, mapping, cell, key }: Destination,
): Promise<Response> {
  const url = addressOf(to, format, cell);
  const headers = {
    'content-type': contentType ?? 'application/octet-stream',
    'x-portolan-source': sourceOf(file, before),
    ...(isPacked && { 'content-encoding': 'gzip' }),
    ...(mapping && { [MAPPING_HEADER]: encodeMapping(mapping) }),
    ...(key !== undefined && { authorization: `Bearer ${key}` }),
  };
  try {
    return await fetch(url, {
      method: 'POST',
      headers,
      body: new Uint8Array(body),
      signal: AbortSignal.timeout(PATIENCE),
    });
  } catch (error) {
    throw unreachable(url, error);
  }
}

function addressOf(to: string, format: string | undefined, cell: string | undefined): URL {
  const url = addressAt(to, '/v1/messages');
  if (format !== undefined) url.searchParams.set('format', format);
  if (cell !== undefined) url.searchParams.set('cell', cell);
  return url;
}

interface Problem {
  readonly title?: string;
  readonly detail?: string;
  readonly retriable?: boolean;
  readonly errors?: readonly { readonly pointer?: string; readonly message?: string; readonly value?: unknown }[];
}

/** What the sender can mend is an outcome of the file; all else is the environment's. */
function answerTo(status: number, problem: Problem, to: string): Answer {
  const told = toldBy(problem, status);
  const shut = notLetIn(to, status, told);
  if (shut) throw shut;
  if (status === 404 || status === 405)
    throw new CommandFailure(
      exitCodes.environment,
      `${to} is no Portolan service that takes messages (${status} for /v1/messages)`,
    );
  if (status >= 500 || status === 429)
    throw new CommandFailure(exitCodes.environment, `${to} cannot take messages now: ${told}`);
  return { refused: told };
}

function toldBy({ title, detail, errors = [] }: Problem, status: number): string {
  const places = errors.slice(0, 20).map(({ pointer, message }) => `${pointer || '/'}: ${message ?? ''}`);
  return [detail ?? title ?? `status ${status}`, ...places].join('; ');
}

const problemOf = (text: string): Problem => membersOf(text) ?? {};

function receiptOf(text: string, to: string): Receipt {
  const receipt = receiptIn(text);
  if (receipt) return receipt;
  throw new CommandFailure(exitCodes.environment, `${to} answered, but not as Portolan does: is --to right?`);
}

/** The lists of an answer; the service gives them also with the problem that none of the items was accepted. */
function receiptIn(text: string): Receipt | undefined {
  const { accepted, duplicates, rejected } = problemOf(text) as Partial<Receipt>;
  return Array.isArray(accepted) && Array.isArray(duplicates) && Array.isArray(rejected)
    ? { accepted, duplicates, rejected }
    : undefined;
}

function waitOf(response: Response, attempt: number): number {
  const asked = Number(response.headers.get('retry-after'));
  return asked > 0 && asked <= 60 ? asked * 1000 : 250 * 2 ** attempt;
}
