import { AssignerProtocol, type Assigner, type Assignment, type GroupMember, type PartitionAssigner } from 'kafkajs';

const { MemberAssignment, MemberMetadata } = AssignerProtocol;
const NAME = 'portolan-sharing';
const NO_DATA = Buffer.alloc(0);

/**
 * Shares each topic's partitions among the members that subscribed to it; kafkajs' own assigner gives members
 * partitions of topics they never asked for when the members of a group differ in their topics.
 */
export const sharing: PartitionAssigner = ({ cluster }): Assigner => ({
  name: NAME,
  version: 0,
  protocol: ({ topics }) => ({
    name: NAME,
    metadata: MemberMetadata.encode({ version: 0, topics, userData: NO_DATA }),
  }),
  assign: async ({ members }) => {
    const wishes = members.map(wishOf);
    const topics = [...new Set(wishes.flatMap((wish) => wish.topics))];
    await cluster.addMultipleTargetTopics(topics);
    const partitionsOf = (topic: string) => cluster.findTopicPartitionMetadata(topic).map((found) => found.partitionId);
    const shares = share(wishes, new Map(topics.map((topic) => [topic, partitionsOf(topic)])));
    return [...shares].map(([memberId, assignment]) => ({
      memberId,
      memberAssignment: MemberAssignment.encode({ version: 0, assignment, userData: NO_DATA }),
    }));
  },
});

export interface Wish {
  readonly memberId: string;
  readonly topics: readonly string[];
}

/** Partitions by topic for every member, also for those that get none. */
export const share = (
  wishes: readonly Wish[],
  partitions: ReadonlyMap<string, readonly number[]>,
): ReadonlyMap<string, Assignment> => {
  const ordered = [...wishes].sort((a, b) => (a.memberId < b.memberId ? -1 : 1));
  const shares = new Map<string, Assignment>(ordered.map(({ memberId }) => [memberId, {}]));
  for (const [topic, ids] of partitions) {
    const readers = ordered.filter((wish) => wish.topics.includes(topic));
    for (const [i, id] of [...ids].sort((a, b) => a - b).entries()) {
      const own = shares.get(readers[i % readers.length]?.memberId ?? '') ?? {};
      own[topic] = [...(own[topic] ?? []), id];
    }
  }
  return shares;
};

const wishOf = ({ memberId, memberMetadata }: GroupMember): Wish => ({
  memberId,
  topics: MemberMetadata.decode(memberMetadata)?.topics ?? [],
});
