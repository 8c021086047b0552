import type { RecordsBatch } from '@platformatic/kafka';

/** What we use of brokers' answers; the client has types of them, but does not give them away. */
export interface FetchAnswer {
  readonly responses: readonly { readonly topicId: string; readonly partitions: readonly FetchedPartition[] }[];
}

export interface FetchedPartition {
  readonly partitionIndex: number;
  readonly highWatermark: bigint;
  readonly abortedTransactions: readonly { readonly producerId: bigint; readonly firstOffset: bigint }[] | null;
  readonly records?: readonly RecordsBatch[];
}

export interface DescribeConfigsAnswer {
  readonly results: readonly {
    readonly configs: readonly { readonly name: string; readonly value: string | null }[];
  }[];
}

export interface ListOffsetsAnswer {
  readonly topics: readonly { readonly partitions: readonly { partitionIndex: number; offset: bigint }[] }[];
}

export interface MetadataAnswer {
  readonly topics: readonly DescribedTopic[];
}

export interface DescribedTopic {
  readonly partitions: readonly { readonly leaderId: number }[];
}

export interface FindCoordinatorAnswer {
  readonly coordinators: readonly { readonly host: string; readonly port: number }[];
}

export interface JoinGroupAnswer {
  readonly generationId: number;
  readonly leader: string;
  readonly memberId: string | null;
  /** For the leader only. */
  readonly members: readonly { readonly memberId: string; readonly metadata: Buffer | null }[];
}

export interface SyncGroupAnswer {
  readonly assignment: Buffer;
}

export interface OffsetFetchAnswer {
  readonly groups: readonly {
    readonly topics: readonly {
      readonly name: string;
      readonly partitions: readonly { readonly partitionIndex: number; readonly committedOffset: bigint }[];
    }[];
  }[];
}
