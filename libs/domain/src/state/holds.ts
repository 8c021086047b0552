import { type Millis, parseInstant } from '../time/instant.js';
import type { Fact } from './fact.js';
import type { Order, State } from './state.js';

/** Goods may not be loaded from `from` until `to`; Infinity while nobody said when. */
export interface Hold {
  readonly from: Millis;
  readonly to: Millis;
  readonly reason?: string;
}

type Milestone = Fact<'org.portolan.milestone.reached'>;

/** Holds on an order's goods in these containers: on the order, its documents, or a container. */
export function holdsOn(state: State, order: Order, equipment: readonly string[]): readonly Hold[] {
  if (state.milestones.size === 0) return [];
  const papers = [`order:${order.id}`, ...[order.id, ...order.references].map((each) => `document:${each}`)];
  return [papers, ...equipment.map((each) => [`equipment:${each}`])].flatMap((keys) => {
    const facts = keys.flatMap((key) => state.milestones.get(key) ?? []);
    return kindsAmong(unique(facts)).flatMap((each) => holdsAmong(each, state.now));
  });
}

const unique = (facts: readonly Milestone[]): Milestone[] =>
  [...new Set(facts)].sort((a, b) => a.at - b.at || a.position - b.position);

/** Facts apart by the hold they name: what one authority releases, another may still hold. */
function kindsAmong(facts: readonly Milestone[]): Milestone[][] {
  const kinds = new Map<string, Milestone[]>();
  for (const fact of facts) kinds.set(fact.data.hold ?? '', [...(kinds.get(fact.data.hold ?? '') ?? []), fact]);
  return [...kinds.values()];
}

function holdsAmong(facts: readonly Milestone[], now: Millis): Hold[] {
  const holds: Hold[] = [];
  let open = false;
  for (const { data, at } of facts) {
    if (data.classifier !== 'actual') continue;
    if (data.milestone === 'held') {
      const from = open ? holds.pop()!.from : at;
      holds.push({ from, to: expected(data, now), ...reasonOf(data) });
      open = true;
    } else if (data.milestone === 'released' && open) {
      const hold = holds.at(-1)!;
      holds.splice(-1, 1, { ...hold, to: Math.max(at, hold.from) });
      open = false;
    }
  }
  return holds;
}

/** Nobody is released before now by an expectation alone. */
const expected = ({ expectedRelease }: Milestone['data'], now: Millis): Millis =>
  expectedRelease === undefined ? Infinity : Math.max(now, parseInstant(expectedRelease)!);

const reasonOf = ({ reason }: Milestone['data']): { reason?: string } => (reason === undefined ? {} : { reason });

/** The moment from which goods ready at `ready` may be loaded, for a departure at `departs`. */
export const releasedBy = (holds: readonly Hold[], ready: Millis, departs: Millis): Millis =>
  holds.reduce((moment, { from, to }) => (from <= departs ? Math.max(moment, to) : moment), ready);
