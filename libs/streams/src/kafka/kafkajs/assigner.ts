import type { Assigner, PartitionAssigner } from 'kafkajs';
import { encodeShare, encodeWish, type Share, share, SHARING, wishOf } from '../sharing.js';

/** kafkajs' own assigner gives members partitions of topics they never asked for when the members of a group differ in their topics. */
export const assignerFor =
  (owned: () => Share): PartitionAssigner =>
  ({ cluster }): Assigner => ({
    name: SHARING,
    version: 0,
    protocol: ({ topics }) => ({ name: SHARING, metadata: encodeWish(topics, owned()) }),
    assign: async ({ members }) => {
      const wishes = members.map(({ memberId, memberMetadata }) => wishOf(memberId, memberMetadata));
      const topics = [...new Set(wishes.flatMap((wish) => wish.topics))];
      await cluster.addMultipleTargetTopics(topics);
      const partitionsOf = (topic: string) =>
        cluster.findTopicPartitionMetadata(topic).map((found) => found.partitionId);
      const shares = share(wishes, new Map(topics.map((topic) => [topic, partitionsOf(topic)])));
      return [...shares].map(([memberId, own]) => ({ memberId, memberAssignment: encodeShare(own) }));
    },
  });
