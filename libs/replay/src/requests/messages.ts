import type { Fault } from '@portolan/domain';
import type { LogRecord, NewRecord } from '@portolan/streams';
import type { Comparison } from '../comparison/document.js';
import type { Progress } from '../what-if/what-if.js';

/** What `portolan.what-if` says of a run, in this order: asked for, how far, and one of the others, which ends it. */
export type RunMessage =
  | {
      readonly kind: 'requested';
      /** `portolan.scenario/1`, YAML or JSON. */
      readonly scenario: string;
      /** Of the scenario. */
      readonly name?: string;
      /** Where the scenario names none. */
      readonly cell: string;
      readonly at: string;
    }
  | { readonly kind: 'progress'; readonly progress: Progress }
  | { readonly kind: 'finished'; readonly comparison: Comparison }
  | { readonly kind: 'failed'; readonly errors: readonly Fault[] }
  | { readonly kind: 'cancelled' };

const TYPE = 'org.portolan.what-if.';

/** A message as a record. Messages of a run have its key, and so their order. What ends a run is there once. */
export function runRecord(key: string, message: RunMessage): NewRecord {
  const { kind } = message;
  const headers = {
    'content-type': 'application/json',
    ce_specversion: '1.0',
    ce_source: '/what-if',
    ce_type: `${TYPE}${kind}`,
  };
  return {
    key,
    value: JSON.stringify(message),
    headers: { ...headers, ce_id: `${key}/${kind}` },
    ...(kind !== 'progress' && { dedupe: `what-if/${key}/${kind}` }),
  };
}

/** What kind of message a record is, by its headers alone; `undefined` for what others write. */
export function kindOf({ headers }: LogRecord): RunMessage['kind'] | undefined {
  const type = headers['ce_type'] ?? '';
  return type.startsWith(TYPE) ? (type.slice(TYPE.length) as RunMessage['kind']) : undefined;
}

export const messageIn = (record: LogRecord): RunMessage =>
  JSON.parse(Buffer.from(record.value).toString('utf8')) as RunMessage;

/** Does it end a run? */
export const isEnd = (kind: RunMessage['kind'] | undefined): boolean =>
  kind === 'finished' || kind === 'failed' || kind === 'cancelled';
