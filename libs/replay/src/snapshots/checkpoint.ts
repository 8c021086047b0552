import { z } from 'zod';

const offset = z.int().min(0);

/** Where the snapshot of a cell is in `portolan.snapshots`. */
const savedCell = z.strictObject({
  cell: z.string(),
  /** Of the newest event that the snapshot knows. */
  position: z.int().min(-1),
  /** Which of its two places the snapshot has taken: the other one is free for the next. */
  place: z.union([z.literal(0), z.literal(1)]),
  pieces: z.array(z.strictObject({ partition: offset, offset })),
  /** SHA-256 of all pieces, base64url. */
  digest: z.string(),
});

/**
 * What of a partition of `portolan.events` is in snapshots: one record on `portolan.checkpoints`, which counts as a whole or not at all.
 * Every cell that has events before `next` is among `cells`.
 */
const checkpoint = z.strictObject({
  format: z.literal('portolan.checkpoint/1'),
  partition: offset,
  /** Events from this offset on have still to be folded. */
  next: offset,
  /** The newest event handled when it was made, by which the log is known again. */
  last: z.strictObject({ offset, id: z.string() }),
  cells: z.array(savedCell),
});

export type SavedCell = Readonly<z.infer<typeof savedCell>>;
export type Checkpoint = Readonly<z.infer<typeof checkpoint>>;

/** The checkpoint in a record's value; `undefined` where it is of another format. */
export function checkpointIn(text: string): Checkpoint | undefined {
  try {
    return checkpoint.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
