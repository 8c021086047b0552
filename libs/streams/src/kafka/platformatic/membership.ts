import type { Broker } from '@platformatic/kafka';
import { GROUP, type Session } from '../options.js';
import { decodeShare, encodeShare, encodeWish, type Share, share, SHARING, wishOf } from '../sharing.js';
import type { FindCoordinatorAnswer, JoinGroupAnswer, OffsetFetchAnswer, SyncGroupAnswer } from './answers.js';
import { failureOf } from './failure.js';
import type { Requests } from './requests.js';

/** What a member was given, until the group shares anew. Commits in its name are refused afterwards. */
export interface Generation {
  readonly id: number;
  readonly memberId: string;
  readonly share: Share;
}

const GROUP_KEY = 0;
const PROTOCOL = 'consumer';
const LATE_MS = 5_000;

/**
 * A place in a consumer group (Kafka's classic protocol), held by single requests. The client's own consumer joins again while batches are still
 * handled, and commits what belongs to a generation that is over in the name of the next one; here both wait for each other.
 */
export class Membership {
  private memberId = '';
  private owned: Share = {};
  private readonly requests: Requests;
  /** A broker holds back its answer until all members are there, and with it all that comes on the same connection. */
  private readonly joins: Requests;

  constructor(
    open: () => Requests,
    private readonly group: string,
    private readonly topics: readonly string[],
    private readonly instance: string | undefined,
    private readonly session: Session,
  ) {
    this.requests = open();
    this.joins = open();
  }

  /** Waits for the other members, and gives this one's share. */
  async join(): Promise<Generation> {
    const joined = await this.joined();
    const leads = joined.leader === joined.memberId;
    const shares = leads ? await this.shares(joined) : [];
    const args = [this.group, joined.generationId, this.memberId, this.instance ?? null, PROTOCOL, SHARING, shares];
    const { assignment } = await this.wait<SyncGroupAnswer>('SyncGroup', args);
    this.owned = decodeShare(assignment);
    return { id: joined.generationId, memberId: this.memberId, share: this.owned };
  }

  /** Rejects when the group shares anew, or goes on without this member. */
  async beat({ id, memberId }: Generation): Promise<void> {
    await this.ask('Heartbeat', [this.group, id, memberId, this.instance ?? null], this.session.silentAfterMs);
  }

  async commit({ id, memberId }: Generation, topic: string, partition: number, offset: number): Promise<void> {
    const place = { partitionIndex: partition, committedOffset: BigInt(offset), committedLeaderEpoch: -1 };
    const topics = [{ name: topic, partitions: [{ ...place, committedMetadata: null }] }];
    await this.ask('OffsetCommit', [this.group, id, memberId, this.instance ?? null, topics]);
  }

  committed(of: Share): Promise<Map<string, Map<number, number>>> {
    return committedOf(this.requests, this.group, of);
  }

  /** Begins anew, as a member nobody knows. */
  reset(): void {
    this.memberId = '';
    this.owned = {};
  }

  /** A static member says nothing: it keeps its partitions until it is back, or silent for too long. */
  async leave(): Promise<void> {
    try {
      if (this.memberId !== '' && this.instance === undefined)
        await this.ask('LeaveGroup', [this.group, [{ memberId: this.memberId, groupInstanceId: null }]], 3_000);
    } finally {
      await Promise.all([this.requests.close(), this.joins.close()]);
    }
  }

  private async joined(): Promise<JoinGroupAnswer & { readonly memberId: string }> {
    const protocols = [{ name: SHARING, metadata: encodeWish(this.topics, this.owned) }];
    const args = () => [
      this.group,
      this.session.silentAfterMs,
      GROUP.rebalanceMs,
      this.memberId,
      this.instance ?? null,
      PROTOCOL,
      protocols,
      null,
    ];
    try {
      const joined = await this.wait<JoinGroupAnswer>('JoinGroup', args());
      this.memberId = joined.memberId ?? '';
      return { ...joined, memberId: this.memberId };
    } catch (error) {
      // The first answer is the id by which to ask again.
      if (failureOf(error)?.type !== 'MEMBER_ID_REQUIRED') throw error;
      this.memberId = memberIdIn(error);
      return this.joined();
    }
  }

  /** Only the leader is told who the members are and what they want. */
  private async shares({ members }: JoinGroupAnswer) {
    const wishes = members.map(({ memberId, metadata }) => wishOf(memberId, metadata ?? Buffer.alloc(0)));
    const topics = [...new Set(wishes.flatMap((wish) => wish.topics))];
    const found = await this.requests.metadata(topics, true);
    const ids = (topic: string) => [...Array(found.topics.get(topic)?.partitionsCount ?? 0).keys()];
    const shares = share(wishes, new Map(topics.map((topic) => [topic, ids(topic)])));
    return [...shares].map(([memberId, own]) => ({ memberId, assignment: encodeShare(own) }));
  }

  private wait<T>(name: string, args: readonly unknown[]): Promise<T> {
    return askCoordinator(this.joins, this.group, name, args, GROUP.rebalanceMs + LATE_MS);
  }

  private ask<T>(name: string, args: readonly unknown[], patience?: number): Promise<T> {
    return askCoordinator(this.requests, this.group, name, args, patience);
  }
}

/** What a group has committed, by topic and partition. */
export const committedOf = async (
  requests: Requests,
  group: string,
  of: Share,
): Promise<Map<string, Map<number, number>>> => {
  const topics = Object.entries(of).map(([name, partitionIndexes]) => ({ name, partitionIndexes }));
  const asked = [{ groupId: group, memberId: null, memberEpoch: -1, topics }];
  const { groups } = await askCoordinator<OffsetFetchAnswer>(requests, group, 'OffsetFetch', [asked, false]);
  const found = new Map<string, Map<number, number>>();
  for (const { name, partitions } of groups[0]?.topics ?? []) {
    const there = partitions.filter(({ committedOffset }) => committedOffset >= 0n);
    found.set(name, new Map(there.map((each) => [each.partitionIndex, Number(each.committedOffset)])));
  }
  return found;
};

/** Where each group's coordinator was found. It moves when its broker goes. */
const coordinators = new WeakMap<Requests, Map<string, Broker>>();
const MOVED = new Set(['NOT_COORDINATOR', 'COORDINATOR_NOT_AVAILABLE']);

const askCoordinator = async <T>(
  requests: Requests,
  group: string,
  name: string,
  args: readonly unknown[],
  patience?: number,
): Promise<T> => {
  const known = coordinators.get(requests) ?? new Map<string, Broker>();
  coordinators.set(requests, known);
  try {
    const coordinator = known.get(group) ?? (await coordinatorOf(requests, group));
    known.set(group, coordinator);
    return await requests.ask<T>(name, coordinator, () => args, patience);
  } catch (error) {
    const failure = failureOf(error);
    if (!failure || failure.kind === 'unanswered' || MOVED.has(failure.type ?? '')) known.delete(group);
    throw error;
  }
};

const coordinatorOf = async (requests: Requests, group: string): Promise<Broker> => {
  const args = [GROUP_KEY, [group]];
  const { coordinators: found } = await requests.ask<FindCoordinatorAnswer>('FindCoordinator', undefined, () => args);
  return found[0] as Broker;
};

const memberIdIn = (error: unknown): string => {
  const { errors = [] } = error as { errors?: { memberId?: string }[] };
  return errors.find(({ memberId }) => memberId)?.memberId ?? '';
};
