import { type EventLog, type LogRecord, topics } from '@portolan/streams';
import type { SavedCell } from './checkpoint.js';

/** Pieces that lie no farther apart are read at once. */
const NEAR = 16;

interface Range {
  readonly partition: number;
  readonly from: number;
  to: number;
}

const placeOf = ({ partition, offset }: { readonly partition: number; readonly offset: number }) =>
  `${partition}/${offset}`;

/** The pieces of these snapshots in `portolan.snapshots`, by partition and offset; those that are no longer there are missing. */
export async function piecesOf(
  log: EventLog,
  cells: readonly SavedCell[],
): Promise<(saved: SavedCell) => Uint8Array[]> {
  const wanted = new Set(cells.flatMap(({ pieces }) => pieces.map(placeOf)));
  const found = new Map<string, LogRecord>();
  for (const { partition, from, to } of rangesOf(cells)) {
    const records = await log.read(topics.snapshots, partition, from, to - from + 1);
    for (const record of records) if (wanted.has(placeOf(record))) found.set(placeOf(record), record);
  }
  return ({ pieces }) => pieces.flatMap((piece) => found.get(placeOf(piece))?.value ?? []);
}

function rangesOf(cells: readonly SavedCell[]): Range[] {
  const pieces = cells.flatMap((saved) => saved.pieces);
  const ordered = [...pieces].sort((a, b) => a.partition - b.partition || a.offset - b.offset);
  const ranges: Range[] = [];
  for (const { partition, offset } of ordered) {
    const last = ranges.at(-1);
    if (last?.partition === partition && offset - last.to <= NEAR) last.to = offset;
    else ranges.push({ partition, from: offset, to: offset });
  }
  return ranges;
}
