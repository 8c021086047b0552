import type { EventData } from '../events/event.js';
import type { PlaceReference } from '../events/primitives.js';
import type { State } from './state.js';

type Called = Pick<EventData<'org.portolan.transport.called'>, 'transport' | 'place' | 'call'>;
type Described = EventData<'org.portolan.call.described'>;

/** A service at a call in a port: nobody nests deeper. */
const DEPTH = 5;

/**
 * What is meant by a word about a call, with all that its reference was described as, and what that is a part of. What the
 * word says itself counts first, then what is nearest to it. A reference that a scheduled run has itself stays as it is.
 */
export function describedCall(state: State, { transport, place, call }: Called): Called {
  const own = transport.callReference;
  const descriptions = own === undefined ? [] : chainOf(state, own);
  if (descriptions.length === 0) return { transport, place, call };
  const known = [...descriptions].reverse().map((each) => each.transport ?? {});
  const { callReference: _, ...rest } = transport;
  const merged = Object.assign({}, ...known, rest) as Called['transport'];
  const callReference = state.runsByName.has(`call:${own}`) ? own : (merged.callReference ?? own);
  const places = [place, ...descriptions.map((each) => each.place)];
  return {
    transport: { ...merged, callReference },
    place: places.find(tells) ?? {},
    call: call ?? descriptions[0]!.call,
  };
}

const tells = (place: PlaceReference | undefined): place is PlaceReference =>
  place !== undefined && Object.keys(place).length > 0;

/** What a reference is described as, then what that is a part of, and so on. */
function chainOf(state: State, reference: string): Described[] {
  const chain: Described[] = [];
  for (let next: string | undefined = reference; next !== undefined && chain.length < DEPTH;) {
    const described: Described | undefined = state.saidOfCalls.get(next)?.[0]?.data;
    if (!described || chain.includes(described)) break;
    chain.push(described);
    next = described.within;
  }
  return chain;
}

/** A reference and all that are described as a part of it. */
export function referencesWithin(state: State, reference: string): ReadonlySet<string> {
  const found = new Set([reference]);
  for (let before = 0; before < found.size;) {
    before = found.size;
    for (const [each, said] of state.saidOfCalls) if (found.has(said[0]?.data.within ?? '')) found.add(each);
  }
  return found;
}
