import type { EventData } from '@portolan/domain';
import type { Segment } from './segment.js';

export type DocumentReference = NonNullable<EventData<'org.portolan.milestone.reached'>['document']>;

/** Reference qualifiers (1153) under the names other standards have for them; others keep their own. */
const names: Readonly<Record<string, string>> = {
  BN: 'BKG',
  BM: 'TRD',
  MB: 'TRD',
  BH: 'TRD',
  HWB: 'TRD',
  SI: 'SHI',
  FF: 'FF',
  CV: 'BKG',
};

/** Name the equipment, voyage, call or message, not the goods. */
const OTHERS = new Set(['VON', 'SSX', 'ATZ', 'VM', 'ACW', 'XXX', 'AGO', 'ACD']);

/** Documents that RFF segments name, each once. A bill of lading `1` is what senders write where the field may not be empty. */
export function referencesIn(
  equipment: string | undefined,
  ...lists: readonly (readonly Segment[])[]
): DocumentReference[] | undefined {
  const found: DocumentReference[] = [];
  for (const segments of lists)
    for (const segment of segments) if (segment.tag === 'RFF') addReference(segment, equipment, found);
  // A copy has no room for the sixteen more that a list which grew keeps.
  return found.length === 0 ? undefined : found.slice();
}

/** More are never of one container; they stay in its segments. */
const MOST = 100;

function addReference(segment: Segment, equipment: string | undefined, found: DocumentReference[]): void {
  const { qualifier } = segment;
  const reference = segment.value(1, 1);
  if (found.length >= MOST || reference === '' || reference === '1' || OTHERS.has(qualifier)) return;
  if (qualifier === 'EQ' && reference === equipment) return;
  const type = names[qualifier] ?? qualifier.slice(0, 30);
  if (!found.some((each) => each.type === type && each.reference === reference))
    found.push({ type, reference: reference.slice(0, 200) });
}

/** The first reference with one of these qualifiers. */
export function referenceOf(segments: readonly Segment[], ...qualifiers: string[]): string | undefined {
  for (const qualifier of qualifiers)
    for (const segment of segments)
      if (segment.tag === 'RFF' && segment.qualifier === qualifier && segment.value(1, 1) !== '')
        return segment.value(1, 1);
  return undefined;
}
