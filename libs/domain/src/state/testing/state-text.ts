import { stateFromLines, stateLines } from '../snapshot.js';
import type { State } from '../state.js';

/** A snapshot as one text. */
export const stateToJson = (state: State): string => [...stateLines(state)].join('\n');
export const stateFromJson = (text: string): State | undefined => stateFromLines(text.split('\n'));
