import { createHash } from 'node:crypto';
import { type Appended, type EventLog, topics } from '@portolan/streams';
import { newestOf } from '../log/newest.js';
import { type CellSnapshot, snapshotOf, snapshotPieces } from './cell-snapshot.js';
import { type Checkpoint, type SavedCell, checkpointIn } from './checkpoint.js';
import { piecesOf } from './piece-reader.js';

/** Bytes of a piece before the log compresses it: small, so that nothing else waits long for it. */
const PIECE = 512 * 1024;

/** What is known of a partition without reading its events. */
export interface Restored {
  readonly checkpoint: Checkpoint;
  readonly snapshots: ReadonlyMap<string, CellSnapshot>;
  /** Why cells have to be folded from the first event. */
  readonly faults: readonly string[];
}

/** Snapshots of cells on `portolan.snapshots`, and which of them go together on `portolan.checkpoints` (docs/adr/0014-snapshots-in-the-log.md). */
export class Snapshots {
  constructor(
    private readonly log: EventLog,
    private readonly pieceSize = PIECE,
  ) {}

  /** Appends a snapshot at the place that the one before, if any, has not taken: until a checkpoint names it, nobody looks at it. */
  async save(snapshot: CellSnapshot, before: SavedCell | undefined): Promise<SavedCell> {
    const { cell, position } = snapshot.state;
    const place = before?.place === 0 ? 1 : 0;
    const digest = createHash('sha256');
    const pieces: Pick<Appended, 'partition' | 'offset'>[] = [];
    for (const value of snapshotPieces(snapshot, this.pieceSize)) {
      digest.update(value);
      const key = `${place}/${pieces.length}/${cell}`;
      const headers = { 'content-type': 'application/octet-stream', ce_partitionkey: cell };
      const [{ partition, offset }] = (await this.log.append(topics.snapshots, [{ key, value, headers }])) as [
        Appended,
      ];
      pieces.push({ partition, offset });
    }
    return { cell, position, place, pieces, digest: digest.digest('base64url') };
  }

  async append(checkpoint: Checkpoint): Promise<void> {
    const key = String(checkpoint.partition);
    const headers = { 'content-type': 'application/json' };
    await this.log.append(topics.checkpoints, [{ key, value: JSON.stringify(checkpoint), headers }]);
  }

  /** What the newest checkpoint of a partition of the events says; `undefined` where there is none that counts. */
  async restore(partition: number): Promise<Restored | undefined> {
    const record = await newestOf(this.log, topics.checkpoints, String(partition));
    const checkpoint = record && checkpointIn(Buffer.from(record.value).toString('utf8'));
    if (!checkpoint || checkpoint.partition !== partition) return undefined;
    if (!(await this.knows(checkpoint))) {
      const { offset, id } = checkpoint.last;
      const fault = `${topics.events}/${partition} has another event than ${id} at ${offset}: it is not the log of the snapshots`;
      return { checkpoint: { ...checkpoint, next: 0, cells: [] }, snapshots: new Map(), faults: [fault] };
    }
    return this.read(checkpoint);
  }

  private async read(checkpoint: Checkpoint): Promise<Restored> {
    const pieces = await piecesOf(this.log, checkpoint.cells);
    const snapshots = new Map<string, CellSnapshot>();
    const faults: string[] = [];
    for (const saved of checkpoint.cells) {
      const snapshot = wholeSnapshot(saved, pieces(saved));
      if (typeof snapshot === 'string') faults.push(`${saved.cell}: ${snapshot}`);
      else snapshots.set(saved.cell, snapshot);
    }
    const cells = checkpoint.cells.filter(({ cell }) => snapshots.has(cell));
    const next = faults.length > 0 ? 0 : checkpoint.next;
    return { checkpoint: { ...checkpoint, next, cells }, snapshots, faults };
  }

  /** Is the log still the one that the snapshots were made from? Where the event is no longer kept, nobody can tell. */
  private async knows({ partition, last }: Checkpoint): Promise<boolean> {
    const [record] = await this.log.read(topics.events, partition, last.offset, 1);
    return record !== undefined && (record.offset > last.offset || record.headers['ce_id'] === last.id);
  }
}

/** The snapshot, or what is wrong with it. */
function wholeSnapshot({ cell, position, digest, pieces: places }: SavedCell, pieces: readonly Uint8Array[]) {
  if (pieces.length < places.length) return `${places.length - pieces.length} of ${places.length} pieces are missing`;
  const found = createHash('sha256');
  for (const piece of pieces) found.update(piece);
  if (found.digest('base64url') !== digest) return 'its pieces are not those that were written';
  const snapshot = snapshotOf(pieces);
  if (!snapshot) return 'it was made by another version';
  const { state } = snapshot;
  return state.cell === cell && state.position === position ? snapshot : 'it is of another cell or position';
}
