import { MAPPING_HEADER, type Mapping, encodeMapping } from '@portolan/formats';
import { setTimeout as pause } from 'node:timers/promises';
import { CommandFailure, exitCodes } from '../exit.js';
import type { MessageFile } from './message-file.js';
import { type Outcome, refusedWhole } from './outcome.js';

export interface Destination {
  /** Where the service listens, such as `http://127.0.0.1:8080`. */
  readonly to: string;
  readonly format?: string | undefined;
  /** Sent along: the service need not know it. */
  readonly mapping?: Mapping | undefined;
  readonly cell?: string | undefined;
  readonly key?: string | undefined;
}

const TRIES = 5;
const PATIENCE = 120_000;

/**
 * Sends a file and tells what became of its items. Waits and tries again where the service asks for it: sent twice, an event is
 * one. Fails with the environment's code when the service cannot be reached or cannot answer.
 */
export async function deliver(message: MessageFile, destination: Destination): Promise<Outcome> {
  for (let attempt = 1; ; attempt += 1) {
    const response = await post(message, destination);
    const text = await response.text();
    if (response.ok) return { file: message.file, ...receiptOf(text, destination.to) };
    const rejected = receiptIn(text);
    if (rejected) return { file: message.file, ...rejected };
    const problem = problemOf(text);
    if (problem.retriable !== true || attempt === TRIES)
      return outcomeOf(message.file, response.status, problem, destination.to);
    await pause(waitOf(response, attempt));
  }
}

async function post(
  { body, contentType, gzip }: MessageFile,
  { to, format, mapping, cell, key }: Destination,
): Promise<Response> {
  const url = addressOf(to, format, cell);
  const headers = {
    'content-type': contentType ?? 'application/octet-stream',
    ...(gzip && { 'content-encoding': 'gzip' }),
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
    throw new CommandFailure(
      exitCodes.environment,
      `cannot reach ${url.origin}: ${causeOf(error)}\nIs the service up? \`portolan up\` starts it; --to names another address; --dry-run needs none.`,
    );
  }
}

export function addressOf(to: string, format?: string, cell?: string): URL {
  const base = URL.canParse(to) ? new URL(to) : undefined;
  if (base?.protocol !== 'http:' && base?.protocol !== 'https:')
    throw new CommandFailure(exitCodes.wrongUse, `--to (${to}) must be a URL, such as http://127.0.0.1:8080`);
  const url = new URL(`${base.href.replace(/\/+$/, '')}/v1/messages`);
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
function outcomeOf(file: string, status: number, problem: Problem, to: string): Outcome {
  const told = toldBy(problem, status);
  if (status === 401 || status === 403)
    throw new CommandFailure(
      exitCodes.environment,
      `${to} does not let us in: ${told}\nGive a key with --key or PORTOLAN_API_KEY.`,
    );
  if (status === 404 || status === 405)
    throw new CommandFailure(
      exitCodes.environment,
      `${to} is no Portolan service that takes messages (${status} for /v1/messages)`,
    );
  if (status >= 500 || status === 429)
    throw new CommandFailure(exitCodes.environment, `${to} cannot take messages now: ${told}`);
  return refusedWhole(file, told);
}

function toldBy({ title, detail, errors = [] }: Problem, status: number): string {
  const places = errors.slice(0, 20).map(({ pointer, message }) => `${pointer || '/'}: ${message ?? ''}`);
  return [detail ?? title ?? `status ${status}`, ...places].join('; ');
}

/** An answer's members, where it is a JSON object. */
function problemOf(text: string): Problem {
  try {
    const json = JSON.parse(text) as unknown;
    return typeof json === 'object' && json !== null ? json : {};
  } catch {
    return {};
  }
}

function receiptOf(text: string, to: string): Omit<Outcome, 'file'> {
  const receipt = receiptIn(text);
  if (receipt) return receipt;
  throw new CommandFailure(exitCodes.environment, `${to} answered, but not as Portolan does: is --to right?`);
}

/** The lists of an answer; the service gives them also with the problem that none of the items was accepted. */
function receiptIn(text: string): Omit<Outcome, 'file'> | undefined {
  const { accepted, duplicates, rejected } = problemOf(text) as Partial<Outcome>;
  return Array.isArray(accepted) && Array.isArray(duplicates) && Array.isArray(rejected)
    ? { accepted, duplicates, rejected }
    : undefined;
}

function waitOf(response: Response, attempt: number): number {
  const asked = Number(response.headers.get('retry-after'));
  return asked > 0 && asked <= 60 ? asked * 1000 : 250 * 2 ** attempt;
}

function causeOf(error: unknown): string {
  const { cause, message } = error as Error & { cause?: { code?: string; message?: string } };
  return cause?.code ?? cause?.message ?? message;
}
