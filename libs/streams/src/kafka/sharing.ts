import { AssignerProtocol } from 'kafkajs';

const { MemberAssignment, MemberMetadata } = AssignerProtocol;
const NO_DATA = Buffer.alloc(0);

/** The name by which members of a group agree on how to share. Both clients say it, so a group may have members of both. */
export const SHARING = 'portolan-sharing';

export interface Wish {
  readonly memberId: string;
  readonly topics: readonly string[];
}

/** Partitions by topic. */
export type Share = Record<string, number[]>;

/** Shares each topic's partitions among the members that subscribed to it. Has a share for every member, also for those that get none. */
export const share = (
  wishes: readonly Wish[],
  partitions: ReadonlyMap<string, readonly number[]>,
): ReadonlyMap<string, Share> => {
  const ordered = [...wishes].sort((a, b) => (a.memberId < b.memberId ? -1 : 1));
  const shares = new Map<string, Share>(ordered.map(({ memberId }) => [memberId, {}]));
  for (const [topic, ids] of partitions) {
    const readers = ordered.filter((wish) => wish.topics.includes(topic));
    for (const [i, id] of [...ids].sort((a, b) => a - b).entries()) {
      const own = shares.get(readers[i % readers.length]?.memberId ?? '') ?? {};
      own[topic] = [...(own[topic] ?? []), id];
    }
  }
  return shares;
};

/** The topics a member wants, as it tells the group (ConsumerProtocolSubscription of Kafka, version 0). */
export const encodeWish = (topics: readonly string[]): Buffer =>
  MemberMetadata.encode({ version: 0, topics: [...topics], userData: NO_DATA });

export const wishOf = (memberId: string, metadata: Buffer): Wish => ({
  memberId,
  topics: MemberMetadata.decode(metadata)?.topics ?? [],
});

/** A member's share, as the group tells it (ConsumerProtocolAssignment of Kafka, version 0). */
export const encodeShare = (assignment: Share): Buffer =>
  MemberAssignment.encode({ version: 0, assignment, userData: NO_DATA });

export const decodeShare = (bytes: Buffer): Share =>
  bytes.byteLength === 0 ? {} : (MemberAssignment.decode(bytes)?.assignment ?? {});
