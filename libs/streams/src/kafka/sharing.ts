import { AssignerProtocol } from 'kafkajs';

const { MemberAssignment, MemberMetadata } = AssignerProtocol;
const NO_DATA = Buffer.alloc(0);

/** The name by which members of a group agree on how to share. Both clients say it, so a group may have members of both. */
export const SHARING = 'portolan-sharing';

export interface Wish {
  readonly memberId: string;
  readonly topics: readonly string[];
  /** What it has until now. */
  readonly owned?: Share;
}

/** Partitions by topic. */
export type Share = Readonly<Record<string, readonly number[]>>;

/**
 * Shares each topic's partitions evenly among the members that subscribed to it; who has a partition keeps it where that is still even. Has a share
 * for every member, also for those that get none.
 */
export const share = (
  wishes: readonly Wish[],
  partitions: ReadonlyMap<string, readonly number[]>,
): ReadonlyMap<string, Share> => {
  const ordered = [...wishes].sort((a, b) => (a.memberId < b.memberId ? -1 : 1));
  const shares = new Map<string, Record<string, number[]>>(ordered.map(({ memberId }) => [memberId, {}]));
  for (const [topic, ids] of partitions) {
    const readers = ordered.filter((wish) => wish.topics.includes(topic));
    for (const [memberId, own] of shareOf(topic, ids, readers)) shares.get(memberId)![topic] = own;
  }
  return shares;
};

/** One topic's partitions, in ascending order, by member; members without any are left out. */
const shareOf = (topic: string, ids: readonly number[], readers: readonly Wish[]): Map<string, number[]> => {
  const free = new Set([...ids].sort((a, b) => a - b));
  // Who has most keeps most, so that as few as possible move.
  const ownedBy = ({ owned }: Wish) => (owned?.[topic] ?? []).filter((id) => free.has(id));
  const byOwned = [...readers].sort((a, b) => ownedBy(b).length - ownedBy(a).length);
  const quota = (place: number) =>
    Math.floor(ids.length / readers.length) + (place < ids.length % readers.length ? 1 : 0);
  const kept = byOwned.map((reader, place) => {
    const own = ownedBy(reader).slice(0, quota(place));
    own.forEach((id) => free.delete(id));
    return [reader.memberId, own] as const;
  });
  const rest = [...free];
  const full = kept.map(([memberId, own], place) => {
    const all = [...own, ...rest.splice(0, quota(place) - own.length)];
    return [memberId, all.sort((a, b) => a - b)] as const;
  });
  return new Map(full.filter(([, own]) => own.length > 0));
};

/**
 * The topics a member wants, and what it has, as it tells the group (ConsumerProtocolSubscription of Kafka, version 0; what it has is user data, and none
 * of members of before).
 */
export const encodeWish = (topics: readonly string[], owned: Share): Buffer =>
  MemberMetadata.encode({ version: 0, topics: [...topics], userData: Buffer.from(JSON.stringify(owned)) });

export const wishOf = (memberId: string, metadata: Buffer): Wish => {
  const { topics = [], userData } = MemberMetadata.decode(metadata) ?? {};
  return { memberId, topics, owned: ownedIn(userData) };
};

const ownedIn = (userData: Buffer | undefined): Share => {
  try {
    return JSON.parse(userData?.toString('utf8') ?? '{}') as Share;
  } catch {
    return {};
  }
};

/** A member's share, as the group tells it (ConsumerProtocolAssignment of Kafka, version 0). */
export const encodeShare = (assignment: Share): Buffer =>
  MemberAssignment.encode({ version: 0, assignment: mutable(assignment), userData: NO_DATA });

export const decodeShare = (bytes: Buffer): Share =>
  bytes.byteLength === 0 ? {} : (MemberAssignment.decode(bytes)?.assignment ?? {});

const mutable = (share: Share): Record<string, number[]> =>
  Object.fromEntries(Object.entries(share).map(([topic, ids]) => [topic, [...ids]]));
