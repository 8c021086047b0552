import type { StoreFigures } from './api-store.js';
import { machine, table, thousands } from './report.js';

export interface ApiFigures {
  readonly name: string;
  /** Of the answer's body. */
  readonly bytes: number;
  /** Requests a second of the bare server and of the api, and the median of the ratios of each round. */
  readonly bare: number;
  readonly perSecond: number;
  readonly ratio: number;
  /** At half of the api's load: requests a second, milliseconds of the median, what 99 of 100 stay below, the same of the best and the worst round. */
  readonly half: number;
  readonly median: number;
  readonly p99: number;
  readonly best: number;
  /** What 99 of 100 of the bare server's answers stay below at that load. */
  readonly bareP99: number;
  readonly worst: number;
}

interface About {
  readonly date: string;
  readonly command: string;
  readonly open: number;
  readonly closed: number;
  readonly rounds: number;
  readonly seconds: number;
  readonly connections: number;
}

/** The figures as a page of Markdown. */
export const apiPage = (figures: readonly ApiFigures[], store: StoreFigures, about: About): string =>
  `# Benchmarks of the api

Measured by \`${about.command}\` on ${about.date}, in one run: ${machine()}. Redis, the api, the bare server and the load (autocannon,
${about.connections} connections) share the machine. The cell has ${thousands(about.open)} open recommendations and ${thousands(about.closed)} of the past. Api and bare server take turns of ${about.seconds} s in each of ${about.rounds} rounds, after one that warms up; figures are medians.

The _bare_ server is Fastify with one \`GET\` of ioredis: it gives out the bytes that the api made, prepared under one key, and does nothing else. The api asks Redis
with each request whether the store is whole and where it is in the log, and gives out an answer that it made before only when the store has not moved since. With another query each time it
finds the page among the rows, and puts it together of documents, which are read from Redis, encoded and hashed once until the store moves. _Of bare_ is the median of the ratios of each round, and says more than the figures of a machine that others use as well. The goals are
60 % or more of the bare server's requests a second for a page, and 99 of 100 answers within 5 ms at half of the api's load.

${table(
  [
    'GET /v1/recommendations',
    'bytes',
    'bare, a second',
    'api, a second',
    'of bare',
    'half load',
    'median',
    '99 of 100',
    'best and worst round',
    'bare, 99 of 100',
  ],
  figures.map(rowOf),
)}

## The store

The store on Redis by itself, with recommendations of ${thousands(store.bytes)} bytes.

${table(
  ['what', 'time'],
  [
    [
      `one change of ${thousands(store.documents)} documents`,
      `${thousands(store.large)} ms, ${thousands((1000 * store.documents) / store.large)} documents a second`,
    ],
    ['longest wait of a reader meanwhile', ms(store.waited)],
    ['one change of ten documents', `${ms(store.small)}, 99 of 100 within ${ms(store.small99)}`],
    ['one page of 50 documents', `${ms(store.list)}, 99 of 100 within ${ms(store.list99)}`],
    ['memory of a document in Redis, with its id and their order', `${thousands(store.memory)} bytes`],
  ],
)}
`;

const rowOf = (of: ApiFigures): string[] => [
  of.name,
  thousands(of.bytes),
  thousands(of.bare),
  thousands(of.perSecond),
  `${Math.round(100 * of.ratio)} %`,
  thousands(of.half),
  ms(of.median),
  ms(of.p99),
  `${ms(of.best)}, ${ms(of.worst)}`,
  ms(of.bareP99),
];

const ms = (milliseconds: number): string => `${milliseconds.toFixed(milliseconds < 10 ? 1 : 0)} ms`;
