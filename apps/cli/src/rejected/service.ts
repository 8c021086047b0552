import { CommandFailure, exitCodes } from '../exit.js';
import { unreachable } from '../send/delivery.js';
import type { ListQuery, RejectionSource } from './source.js';

const PATIENCE = 120_000;

/** The rejections of a running Portolan. */
export function serviceAt(to: string, key: string | undefined): RejectionSource {
  const ask = <T>(method: string, path: string, query: ListQuery = {}) =>
    request<T>(addressOf(to, path, query), method, key);
  return {
    list: async (query) => known(await ask('GET', '', query), to),
    show: (id) => ask('GET', `/${encodeURIComponent(id)}`),
    retry: (id) => ask('POST', `/${encodeURIComponent(id)}/retry`),
    retryAll: async (query) => known(await ask('POST', '/retry', query), to),
    close: async () => {},
  };
}

function addressOf(to: string, path: string, query: ListQuery): URL {
  const base = URL.canParse(to) ? new URL(to) : undefined;
  if (base?.protocol !== 'http:' && base?.protocol !== 'https:')
    throw new CommandFailure(exitCodes.wrongUse, `--to (${to}) must be a URL, such as http://127.0.0.1:8080`);
  const url = new URL(`${base.href.replace(/\/+$/, '')}/v1/rejected${path}`);
  for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, String(value));
  return url;
}

/** What the service answers; `undefined` for what it does not have. */
async function request<T>(url: URL, method: string, key: string | undefined): Promise<T | undefined> {
  const headers = { ...(key !== undefined && { authorization: `Bearer ${key}` }) };
  const response = await fetch(url, { method, headers, signal: AbortSignal.timeout(PATIENCE) }).catch(
    (error: unknown) => {
      throw unreachable(url, error);
    },
  );
  const answer = jsonIn(await response.text());
  if (response.ok && answer) return answer as T;
  if (response.status === 404 && answer?.['code'] === 'not-found') return undefined;
  throw failure(url, response.status, answer);
}

function failure({ origin }: URL, status: number, answer: Record<string, unknown> | undefined): CommandFailure {
  const told = String(answer?.['detail'] ?? `status ${status}`);
  if (status === 401 || status === 403)
    return new CommandFailure(
      exitCodes.environment,
      `${origin} does not let us in: ${told}\nGive a key with --key or PORTOLAN_API_KEY.`,
    );
  if (status === 400 && answer) return new CommandFailure(exitCodes.wrongUse, told);
  return new CommandFailure(exitCodes.environment, `${origin} cannot tell what was rejected: ${told}`);
}

function jsonIn(text: string): Record<string, unknown> | undefined {
  try {
    const json: unknown = JSON.parse(text);
    return typeof json === 'object' && json !== null ? (json as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function known<T>(answer: T | undefined, to: string): T {
  if (answer !== undefined) return answer;
  throw new CommandFailure(
    exitCodes.environment,
    `${to} is no Portolan service that knows what was rejected (404 for /v1/rejected)`,
  );
}
