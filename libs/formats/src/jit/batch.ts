import type { EventData } from '@portolan/domain';
import { compact } from '../json/content.js';
import type { Description } from './objects.js';

type Called = EventData<'org.portolan.transport.called'>;

/** What the objects of one message say, by their ids. */
export type Batch = ReadonlyMap<string, Description>;

/** No service is in a call in a call in a call. */
const DEPTH = 4;

/**
 * What a reference means as far as the message itself tells. `unresolved` is the first id on the way whose object it does
 * not hold: what the log knows of that completes the rest.
 */
export interface Resolved {
  readonly transport: Called['transport'];
  readonly place: Called['place'] | undefined;
  readonly unresolved: string | undefined;
}

export function resolvedIn(batch: Batch, reference: string): Resolved {
  const chain: Description[] = [];
  let next: string | undefined = reference;
  for (let found = batch.get(next); found && chain.length < DEPTH; found = batch.get(next)) {
    chain.push(found);
    next = found.data.within;
    if (next === undefined) break;
  }
  const transport = Object.assign(
    {},
    ...chain.map(({ data }) => data.transport ?? {}).reverse(),
  ) as Called['transport'];
  const places = chain.flatMap(({ data: { place } }) => (place && Object.keys(place).length > 0 ? [place] : []));
  return { transport: compact(transport), place: places[0], unresolved: next };
}
