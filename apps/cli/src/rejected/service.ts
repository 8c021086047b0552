import { CommandFailure, exitCodes } from '../exit.js';
import { addressAt, membersOf, notLetIn, unreachable } from '../http.js';
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
  const url = addressAt(to, `/v1/rejected${path}`);
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
  const answer = membersOf(await response.text());
  if (response.ok && answer) return answer as T;
  if (response.status === 404 && answer?.['code'] === 'not-found') return undefined;
  throw failure(url, response.status, answer);
}

function failure({ origin }: URL, status: number, answer: Record<string, unknown> | undefined): CommandFailure {
  const told = String(answer?.['detail'] ?? `status ${status}`);
  const shut = notLetIn(origin, status, told);
  if (shut) return shut;
  if (status === 400 && answer) return new CommandFailure(exitCodes.wrongUse, told);
  return new CommandFailure(exitCodes.environment, `${origin} cannot tell what was rejected: ${told}`);
}

function known<T>(answer: T | undefined, to: string): T {
  if (answer !== undefined) return answer;
  throw new CommandFailure(
    exitCodes.environment,
    `${to} is no Portolan service that knows what was rejected (404 for /v1/rejected)`,
  );
}
