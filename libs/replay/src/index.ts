export type { Entries, Entry, Span, Start } from './log/entry.js';
export { entriesOf } from './log/live.js';
export { type Line, lineIn, linesOf } from './log/lines.js';
export type { Pace } from './run/pace.js';
export { type ReplayOptions, replay } from './run/replay.js';
export type { ReplayStep } from './run/run.js';
export { type KeyFigures, keyFigures } from './figures/figures.js';
