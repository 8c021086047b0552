import type { Database } from 'lmdb';
import type { StoredRecord } from './stored-record.js';

/** Topic, partition and offset; behind those of a block, how many records it has. */
export type RecordKey = number[];

/** The offset behind a record or block. */
export const behind = ([, , first, count = 1]: RecordKey): number => first! + count;

/** What a block holds at most. Who wants a single record of it has to read all. */
const [MOST_RECORDS, MOST_CHARACTERS] = [100, 64 * 1024];

/** Records that were appended together, one after the other in a partition, and are kept as one: that is read in half the time. */
class Block {
  private readonly texts: string[] = [];
  private length = 0;

  constructor(readonly first: number) {}

  get count(): number {
    return this.texts.length;
  }

  takes(text: string): boolean {
    return this.count < MOST_RECORDS && this.length + text.length <= MOST_CHARACTERS;
  }

  add(text: string): void {
    this.texts.push(text);
    this.length += text.length;
  }

  get stored(): string {
    return this.count === 1 ? this.texts[0]! : `[${this.texts.join(',')}]`;
  }
}

/** The end of a partition, where records are appended in one transaction. */
export class Tail {
  private block: Block | undefined;

  constructor(
    private readonly records: Database<StoredRecord, RecordKey>,
    private readonly topic: number,
    private readonly partition: number,
    private end: number,
  ) {}

  /** @param inBlock may it be in one with others? */
  append(stored: StoredRecord, inBlock: boolean): number {
    const offset = this.end;
    this.end += 1;
    if (typeof stored === 'string' && inBlock) {
      if (!this.block?.takes(stored)) this.flush();
      this.block ??= new Block(offset);
      this.block.add(stored);
    } else {
      this.flush();
      this.records.putSync([this.topic, this.partition, offset], stored);
    }
    return offset;
  }

  flush(): void {
    const { block, topic, partition } = this;
    if (!block) return;
    const key = [topic, partition, block.first];
    this.records.putSync(block.count === 1 ? key : [...key, block.count], block.stored);
    this.block = undefined;
  }
}
