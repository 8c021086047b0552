import { setTimeout as pause } from 'node:timers/promises';
import autocannon from 'autocannon';
import { quantile } from './statistics.js';

/** What a server did under a load. */
export interface Load {
  readonly perSecond: number;
  /** Milliseconds from request to answer, from the shortest to the longest. */
  readonly times: readonly number[];
}

interface LoadOptions {
  /** Asked one after the other, from the first again. */
  readonly paths: readonly string[];
  readonly connections: number;
  readonly seconds: number;
}

export const p99 = ({ times }: Load): number => quantile(times, 0.99);

/** As much as is answered. Throws when an answer is not 200. */
export const load = async (url: string, options: LoadOptions): Promise<Load> => {
  const times: number[] = [];
  const perSecond = await fire(url, options, (time) => times.push(time));
  return { perSecond, times: times.sort((a, b) => a - b) };
};

/**
 * So many requests a second, and no more. autocannon asks what a connection may ask in a second as fast as it can, and then waits: so that the load
 * is even, each pair of connections has its second begin at another moment.
 */
export const loadAt = async (url: string, rate: number, options: LoadOptions): Promise<Load> => {
  const times: number[] = [];
  const pairs = Math.max(1, Math.floor(options.connections / 2));
  const share = { ...options, connections: 2, overallRate: Math.round(rate / pairs) };
  const pathsOf = (pair: number) => options.paths.filter((_, j) => options.paths.length < pairs || j % pairs === pair);
  const rates = await Promise.all(
    Array.from({ length: pairs }, async (_, i) => {
      await pause((1000 * i) / pairs);
      return fire(url, { ...share, paths: pathsOf(i) }, (time) => times.push(time));
    }),
  );
  return { perSecond: rates.reduce((sum, each) => sum + each, 0), times: times.sort((a, b) => a - b) };
};

/** Gives the requests a second. */
const fire = async (
  url: string,
  { paths, seconds, ...options }: LoadOptions & { readonly overallRate?: number },
  onTime: (milliseconds: number) => void,
): Promise<number> => {
  const requests = paths.map((path) => ({ method: 'GET' as const, path }));
  const result = await new Promise<autocannon.Result>((resolve, reject) => {
    const running = autocannon({ url, duration: seconds, requests, ...options }, (error: unknown, found) =>
      error ? reject(error as Error) : resolve(found),
    );
    running.on('response', (_client, _status, _bytes, milliseconds) => onTime(milliseconds));
  });
  const failed = result.non2xx + result.errors + result.timeouts;
  if (failed > 0) throw new Error(`${failed} requests to ${url}${paths[0]} failed.`);
  return result.requests.average;
};
