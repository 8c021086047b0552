import { Inject, Injectable } from '@nestjs/common';
import { parseInstant } from '@portolan/domain';
import { type Place, cursorOf, placeOf } from '@portolan/platform';
import { kindOf, messageIn } from '@portolan/replay';
import { type LogRecord, Turns, topics } from '@portolan/streams';
import { DEFAULT_LIMIT } from '../http/parameters.js';
import { API_OPTIONS, type ApiOptions } from '../options.js';
import type { Listed } from '../recommendations/recommendations.js';
import type { RunQuery } from './query.js';
import { type RunRow, requestedRun, runAfter } from './view.js';

const AT_ONCE = 64;

/** What was read of a partition. */
interface Followed {
  /** Everything before was looked at. */
  next: number;
  /** By key of the run. */
  readonly runs: Map<string, Known>;
}

interface Known {
  readonly offset: number;
  readonly row: RunRow;
}

/** All runs that `portolan.what-if` still has. Each message is looked at once, and what runs have come to is passed over. */
@Injectable()
export class RunList {
  private readonly partitions: Followed[] = [];
  private readonly turns = new Turns();

  constructor(@Inject(API_OPTIONS) private readonly options: ApiOptions) {}

  /** The newest first. */
  async page(query: RunQuery): Promise<Listed<RunRow>> {
    const { status, limit = DEFAULT_LIMIT } = query;
    const start = placeOf(query, 3);
    const found = (await this.turns.take(() => this.runs()))
      .filter(({ row }) => status === undefined || status.includes(row.status))
      .filter((run) => start === undefined || isBehind(placeIn(run), start))
      .sort((a, b) => (isBehind(placeIn(a), placeIn(b)) ? 1 : -1));
    const shown = found.slice(0, limit);
    const next = found.length > limit && { next: cursorOf(placeIn(shown.at(-1)!), query) };
    return { data: shown.map(({ row }) => row), ...next };
  }

  private async runs(): Promise<Known[]> {
    const ends = await this.options.log.ends(topics.whatIf);
    await Promise.all(ends.map((end, partition) => this.follow(partition, end)));
    return this.partitions.flatMap(({ runs }) => [...runs.values()]);
  }

  private async follow(partition: number, end: number): Promise<void> {
    const followed = (this.partitions[partition] ??= { next: 0, runs: new Map() });
    const { runs } = followed;
    while (followed.next < end) {
      const records = await this.options.log.read(topics.whatIf, partition, followed.next, AT_ONCE);
      if (records.length === 0) break;
      for (const record of records) note(runs, record);
      followed.next = records.at(-1)!.offset + 1;
    }
    const [first] = await this.options.log.read(topics.whatIf, partition, 0, 1);
    for (const [key, { offset }] of runs) if (offset < (first?.offset ?? 0)) runs.delete(key);
  }
}

/** Two processes may have taken one request at the same moment: the first counts. */
function note(runs: Map<string, Known>, record: LogRecord): void {
  const { key, offset } = record;
  const known = runs.get(key);
  if (known) runs.set(key, { ...known, row: rowAfter(known.row, record) });
  else if (kindOf(record) === 'requested') runs.set(key, { offset, row: requestedRun(record) });
}

function rowAfter(row: RunRow, record: LogRecord): RunRow {
  const kind = kindOf(record);
  if (kind === undefined || kind === 'requested') return row;
  return kind === 'finished' || kind === 'failed' ? { ...row, status: kind } : runAfter(row, messageIn(record));
}

const placeIn = ({ offset, row }: Known): Place => [parseInstant(row.requestedAt)!, offset, row.id];

/** Is the first further back, where the newest come first? */
function isBehind(one: Place, other: Place): boolean {
  const differs = one.findIndex((part, index) => part !== other[index]);
  return differs >= 0 && one[differs]! < other[differs]!;
}
