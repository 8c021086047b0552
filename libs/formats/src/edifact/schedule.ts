import { type Almanac, noNotes } from './almanac.js';
import { callsIn } from './calls.js';
import { type Header, type Part, bodyGroups, groupsOf, type Starts } from './header.js';
import { pointerOf } from './interchange.js';
import type { Segment } from './segment.js';
import { isNamed, transportOf } from './transport.js';

export const startsSchedule: Starts = ({ tag }) => tag === 'TDT';

/** A call of a voyage, or the voyage. */
export const startsCall: Starts = ({ tag }) => tag === 'TDT' || tag === 'LOC';

/** IFTSAI: one part for each call of each voyage. */
export function* scheduleIn(header: Header, almanac: Almanac): Iterable<Part> {
  for (const voyage of bodyGroups(header, startsSchedule)) yield* callsOf(header, voyage, almanac);
}

function* callsOf(header: Header, voyage: readonly Segment[], almanac: Almanac): Iterable<Part> {
  const [common, ...calls] = groupsOf(voyage, ({ tag }) => tag === 'LOC');
  const tdt = common![0]!;
  const references = common!.filter(({ tag }) => tag === 'RFF');
  if (!isNamed(transportOf(tdt, references).transport)) {
    const fault = {
      pointer: pointerOf(header.message, tdt),
      value: tdt.text,
      message: 'names neither vessel nor voyage',
    };
    return yield { at: tdt, segments: voyage, facts: [], notes: { faults: [fault], flags: [] } };
  }
  for (const call of calls) {
    const notes = noNotes();
    const facts = callsIn(header, [tdt, ...references, ...call], almanac, notes);
    yield { at: call[0]!, segments: [...common!, ...call], facts, notes };
  }
}
