import type { Rejection, RejectionDetail, RejectionFilter, Retried, RetriedAll } from '@portolan/domain';

export interface Page {
  readonly data: readonly Rejection[];
  readonly next?: string;
}

export type ListQuery = RejectionFilter & {
  all?: 'true' | 'false' | undefined;
  cursor?: string | undefined;
  limit?: number | undefined;
};

/** Where rejections are: a running service, or the folder of its data. */
export interface RejectionSource {
  list(query: ListQuery): Promise<Page>;
  /** `undefined` when there is no such rejection. */
  show(id: string): Promise<RejectionDetail | undefined>;
  retry(id: string): Promise<Retried | undefined>;
  retryAll(query: ListQuery): Promise<RetriedAll>;
  close(): Promise<void>;
}
