import { formatInstant, parseInstant } from '@portolan/domain';
import type { Settings } from '@portolan/platform';
import { type EventLog, LogError, openLog, topics } from '@portolan/streams';
import { isData } from '../log/log-source.js';
import { type Finding, ill, look, well } from './finding.js';

/** Which group reads what; the services in one process read with the same. */
const readers = [
  { group: 'optimizer', topic: topics.events },
  { group: 'api', topic: topics.plans },
] as const;

/** Events from so much later than now come from a clock that is wrong. */
const AHEAD = 60_000;

/** Reaches the log, and tells what is in it. */
export async function logFindings(settings: Settings, now: number): Promise<Finding[]> {
  if (settings.log === 'embedded' && !isData(settings.data))
    return [well('log', `embedded in ${settings.data}, where nothing is yet`)];
  const warnings: string[] = [];
  let log: EventLog;
  try {
    log = await openLog(settings, (warning) => warnings.push(warning));
  } catch (error) {
    return [unopened(error)];
  }
  try {
    const found = [await reached(log, settings), ...(await lags(log)), await clock(log, now)];
    return [...found, ...warnings.map(tight)];
  } catch (error) {
    return [ill('log', error)];
  } finally {
    await log.close();
  }
}

const unopened = (error: unknown): Finding =>
  error instanceof LogError && error.code === 'log-in-use'
    ? look('log', error.message, 'Ask the process that runs there: --to http://127.0.0.1:8080, or where it listens.')
    : ill('log', error);

const tight = (warning: string): Finding => look('topics', warning, 'Until then, plans above that are not published.');

async function reached(log: EventLog, { log: kind, kafkaBrokers, data }: Settings): Promise<Finding> {
  const counts: string[] = [];
  for (const [name, topic] of Object.entries(topics)) {
    const ends = await log.ends(topic);
    const records = ends.reduce((sum, end) => sum + end, 0);
    counts.push(`${name} ${records} in ${ends.length}`);
  }
  const place = kind === 'kafka' ? `Kafka at ${kafkaBrokers.join(', ')}` : `embedded in ${data}`;
  return well('log', `${place}; records and partitions: ${counts.join(', ')}`);
}

async function lags(log: EventLog): Promise<Finding[]> {
  return Promise.all(
    readers.map(async ({ group, topic }) => {
      const lag = (await log.lag(group, topic)).reduce((sum, each) => sum + each, 0);
      const found = `${group} is ${lag} records behind ${topic}`;
      return lag === 0
        ? well('lag', found)
        : look('lag', found, `Is the ${group} up? Its /health/ready and /metrics say more.`);
    }),
  );
}

/** The newest event against this machine's clock. */
async function clock(log: EventLog, now: number): Promise<Finding> {
  const ends = await log.ends(topics.events);
  const last = await Promise.all(
    ends.map((end, partition) => (end === 0 ? [] : log.read(topics.events, partition, end - 1, 1))),
  );
  const received = last.flat().flatMap(({ headers }) => parseInstant(headers['ce_recordedtime'] ?? '') ?? []);
  if (received.length === 0) return well('clock', `${formatInstant(now)}; the log has no event yet`);
  const newest = Math.max(...received);
  const found = `${formatInstant(now)}; the newest event came in at ${formatInstant(newest)}`;
  return newest - now > AHEAD
    ? look(
        'clock',
        found,
        'Events from the future hold up the planner’s clock. Is a clock wrong, or is this a scenario?',
      )
    : well('clock', found);
}
