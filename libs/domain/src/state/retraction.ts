import type { Draft } from './draft.js';
import { type Fact, type Retraction, isNewer, takesBack } from './fact.js';
import { deriveLot, deriveOrder, deriveProduct, ordersWith } from './goods-facts.js';
import {
  deriveClosure,
  deriveDescribed,
  deriveLocation,
  deriveParameters,
  deriveService,
  dropReckonings,
} from './network-facts.js';
import { settle } from './settle.js';
import { touch } from './touches.js';

/** Lists of facts, and what follows from a list anew once one of its facts is gone. */
const registers = {
  saidOfParameters: deriveParameters,
  saidOfLocations: deriveLocation,
  saidOfClosures: deriveClosure,
  saidOfServices: deriveService,
  saidOfCapacity: deriveService,
  saidOfCalls: deriveDescribed,
  saidOfProducts: deriveProduct,
  saidOfOrders: deriveOrder,
  saidOfLots: deriveLot,
  moves: (draft: Draft, equipment: string) => settleWith(draft, equipment),
  milestones: settleUnder,
  readings: () => undefined,
  positions: () => undefined,
} as const;

/**
 * A sender takes a word back: what it said is as if it had never been said, also where it comes later. What was decided
 * stays decided: only another decision changes it.
 */
export function foldRetraction(draft: Draft, retraction: Retraction): void {
  const { retracts } = retraction.data;
  const known = draft.state.retractions.get(retracts);
  if (known && isNewer(known, retraction)) return;
  draft.set('retractions', retracts, retraction);
  dropReckonings(draft, retracts);
  const undone = [...undoReports(draft, retraction), ...undoFacts(draft, retraction)];
  const things = undone.flatMap(({ things: each }) => each);
  const because = retraction.data.reason === undefined ? '' : `: ${retraction.data.reason}`;
  if (things.length > 0) touch(draft, retraction, things, `A message (${retracts}) was taken back${because}`);
}

interface Undone {
  readonly things: readonly string[];
}

const THING: Partial<Record<keyof typeof registers, string>> = {
  saidOfServices: 'service',
  saidOfCapacity: 'service',
  saidOfLocations: 'location',
  saidOfOrders: 'order',
  saidOfLots: 'lot',
};

function undoFacts(draft: Draft, retraction: Retraction): Undone[] {
  return (Object.keys(registers) as (keyof typeof registers)[]).flatMap((field) => {
    const lists = draft.state[field] as ReadonlyMap<string, readonly Fact[]>;
    const struck = [...lists].filter(([, facts]) => facts.some((fact) => takesBack(retraction, fact)));
    return struck.map(([key, facts]) => {
      const left = facts.filter((fact) => !takesBack(retraction, fact));
      if (left.length > 0) draft.set(field, key, left as never);
      else draft.delete(field, key);
      registers[field](draft, key);
      return { things: thingsOf(draft, field, key, facts) };
    });
  });
}

function thingsOf(draft: Draft, field: keyof typeof registers, key: string, facts: readonly Fact[]): string[] {
  const kind = THING[field];
  if (kind !== undefined) return [`${kind}:${key}`];
  if (field === 'moves') return ordersWith(draft.state, key).map((id) => `order:${id}`);
  if (field === 'milestones' && key.startsWith('order:')) return [key];
  return facts.flatMap(({ data }) =>
    'location' in data && typeof data.location === 'string' ? [`location:${data.location}`] : [],
  );
}

function undoReports(draft: Draft, retraction: Retraction): Undone[] {
  const struck = [...draft.state.reports].filter(([, reports]) =>
    reports.some(({ fact }) => takesBack(retraction, fact)),
  );
  for (const [name, facts] of draft.state.strays)
    if (facts.some((fact) => takesBack(retraction, fact)))
      draft.set(
        'strays',
        name,
        facts.filter((fact) => !takesBack(retraction, fact)),
      );
  return struck.map(([service, reports]) => {
    draft.set(
      'reports',
      service,
      reports.filter(({ fact }) => !takesBack(retraction, fact)),
    );
    deriveService(draft, service);
    return { things: [`service:${service}`] };
  });
}

function settleWith(draft: Draft, equipment: string): void {
  for (const id of ordersWith(draft.state, equipment)) settle(draft, id);
}

function settleUnder(draft: Draft, key: string): void {
  const name = key.slice(key.indexOf(':') + 1);
  const orders = key.startsWith('equipment:')
    ? ordersWith(draft.state, name)
    : [name, ...(draft.state.ordersBy.get(`reference:${name}`) ?? [])];
  for (const id of orders) settle(draft, id);
}
