import { PLAN_PUBLISHED, type PlanPublication } from '@portolan/domain';
import { newestOf, publicationIn } from '@portolan/replay';
import { type EventLog, type LogRecord, topics } from '@portolan/streams';

/** The planning steps of all cells, one message each, on `portolan.plans`. */
export class Publications {
  constructor(private readonly log: EventLog) {}

  /** Appends a step as a whole; a step that is there already (same cell and position) is not appended again. */
  async append(publication: PlanPublication): Promise<void> {
    const { cell, position, now, version } = publication;
    const id = `plan/${cell}/${position}`;
    const headers = {
      'content-type': 'application/json',
      ce_specversion: '1.0',
      ce_id: id,
      ce_source: '/optimizer',
      ce_type: PLAN_PUBLISHED,
      ce_subject: String(version),
      ce_time: now,
      ce_partitionkey: cell,
    };
    await this.log.append(topics.plans, [{ key: cell, value: JSON.stringify(publication), headers, dedupe: id }]);
  }

  /** The newest step of a cell; `undefined` when the cell was never planned. @param since see `newestOf` */
  async newest(cell: string, since?: readonly number[]): Promise<PlanPublication | undefined> {
    const found = await newestOf(this.log, topics.plans, cell, since, (record) => publicationIn(record) !== undefined);
    return found && readPublication(found);
  }
}

export const readPublication = (record: LogRecord): PlanPublication =>
  JSON.parse(Buffer.from(record.value).toString('utf8')) as PlanPublication;
