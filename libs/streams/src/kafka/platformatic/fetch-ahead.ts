import type { ClusterMetadata } from '@platformatic/kafka';
import { GROUP } from '../options.js';
import type { FetchAnswer, FetchedPartition } from './answers.js';
import { fetchedOf } from './fetched.js';
import type { QueuedPartition } from './queued-partition.js';
import type { Requests } from './requests.js';

const READ_COMMITTED = 1;
const MOST_BYTES = 16 * 1024 * 1024;
/** From this version of Fetch on, topics are named by their ids. */
const NAMED_BY_ID = 13;

/** Asks a leader once for some of its partitions, waits as long for news, and queues what comes. */
export const fetchAhead = async (
  requests: Requests,
  leader: number,
  partitions: readonly QueuedPartition[],
  { topics, brokers }: ClusterMetadata,
  wait: number,
): Promise<void> => {
  const from = new Map(partitions.map((partition) => [partition, partition.ahead]));
  const idOf = (topic: string) => topics.get(topic)?.id;
  const names = [...new Set(partitions.map(({ topic }) => topic))];
  const asked = (version: number) =>
    names.map((topic) => ({
      topicId: version >= NAMED_BY_ID ? (idOf(topic) ?? '') : topic,
      partitions: partitions.filter((each) => each.topic === topic).map(placeOf),
    }));
  const { responses } = await requests.ask<FetchAnswer>('Fetch', brokers.get(leader), (version) => {
    return [wait, 1, MOST_BYTES, READ_COMMITTED, 0, -1, asked(version), [], ''];
  });
  const answerOf = ({ topic, partition }: QueuedPartition): FetchedPartition | undefined =>
    responses
      .find(({ topicId }) => topicId === topic || topicId === idOf(topic))
      ?.partitions.find(({ partitionIndex }) => partitionIndex === partition);
  for (const [partition, offset] of from) {
    const answer = answerOf(partition);
    if (answer) partition.add(fetchedOf(answer, offset), offset, Number(answer.highWatermark));
  }
};

const placeOf = ({ partition, ahead }: QueuedPartition) => ({
  partition,
  currentLeaderEpoch: -1,
  fetchOffset: BigInt(ahead),
  lastFetchedEpoch: -1,
  partitionMaxBytes: GROUP.bytesPerPartition,
});
