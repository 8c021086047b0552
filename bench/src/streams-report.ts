import { machine, table, thousands } from './report.js';

export interface LogFigures {
  readonly name: string;
  /** Events a second, and how many times those of the bare client. */
  readonly appended: number;
  readonly appendRatio: number;
  readonly read: number;
  readonly readRatio: number;
  /** Milliseconds of one append of one event: median, and what 99 of 100 stay below. */
  readonly latency: number;
  readonly latency99: number;
  readonly latencyRatio: number;
}

interface About {
  readonly date: string;
  readonly command: string;
  readonly count: number;
  readonly rounds: number;
  readonly appends: number;
  readonly size: number;
  readonly bytes: number;
}

/** The figures as a page of Markdown. */
export const streamsPage = (figures: readonly LogFigures[], about: About): string =>
  `# Benchmarks of the log

Measured by \`${about.command}\` on ${about.date}, in one run: ${machine()}. Events of ${about.bytes} bytes with six headers and an id,
${thousands(about.count)} in a round, appended ${about.size} at once, one request after the other, and read by a new consumer group from
the first batch to the last; then ${about.appends} single events, each when the one before is durable. Broker (Kafka 4.1, one node), log and benchmark share
the machine. Everybody takes turns in each of ${about.rounds} rounds, after one that warms up; figures are medians.

The _bare_ client is a producer and a consumer of kafkajs as its documentation has them: it knows no ids, compares nothing with what is in
the topic, gives no positions of records, and commits offsets now and then instead of behind each batch. _Of bare_ is the median of the ratios of
each round, and says more than the figures of a machine that others use as well. The goals are 60 % or more of what the bare client appends and reads.

${table(['log', 'appended a second', 'of bare', 'read a second', 'of bare', 'one append', '99 of 100', 'of bare'], figures.map(rowOf))}
`;

const rowOf = (of: LogFigures): string[] => [
  of.name,
  thousands(of.appended),
  percent(of.appendRatio),
  thousands(of.read),
  percent(of.readRatio),
  `${of.latency.toFixed(2)} ms`,
  `${of.latency99.toFixed(1)} ms`,
  percent(of.latencyRatio),
];

const percent = (ratio: number): string => `${Math.round(100 * ratio)} %`;
