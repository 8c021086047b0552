import { machine, table, thousands } from '../report.js';

export interface ServiceFigures {
  readonly name: string;
  /** Events a second, the median of all rounds. */
  readonly rate: number;
  /** Median of the ratios of each round to what it is compared with. */
  readonly ratio: number;
  readonly goal: string;
}

export interface About {
  readonly date: string;
  readonly command: string;
  readonly count: number;
  readonly rounds: number;
  readonly message: number;
  readonly senders: number;
  readonly bytes: number;
}

/** The figures as a page of Markdown. */
export const servicesPage = (figures: readonly ServiceFigures[], about: About): string =>
  `# Benchmarks of the services

Measured by \`${about.command}\` on ${about.date}, in one run: ${machine()}. ${thousands(about.count)} events in a round: the history of a
synthetic hinterland of 1 000 shipments, most of them positions of barges, ${about.bytes} bytes of data each and about ten attributes as headers.
Broker (Kafka 4.1, one node), services and benchmark share the machine. Everybody takes turns in each of ${about.rounds} rounds, after one that warms up.

- **Taking in**: ${about.senders} senders post batches of ${about.message} CloudEvents as JSON to ingest, a process of its own; it keeps the bytes in the inbox, reads and
  checks every event, appends it unless it is there already, and answers with its id. The _bare_ producer is kafkajs with \`acks\` of all, which appends the
  same records, keys, headers and ids, ${about.message} at once, one request after the other, and does nothing else.
- **Folding**: the optimizer's reading, without planning: records are decoded, checked and folded into the states of 6 cells. The _bare_ consumer is kafkajs, which
  counts records in \`eachBatch\`. The embedded log is compared with the same bare consumer.

${table(
  ['what', 'events a second', 'of bare', 'goal'],
  figures.map(({ name, rate, ratio, goal }) => [name, thousands(rate), `${Math.round(100 * ratio)} %`, goal]),
)}

ADRs [18](adr/0018-states-share.md), [19](adr/0019-young-generation.md) and [20](adr/0020-records-as-json.md) say where the time went, and what was tried.
`;
