import { type Evidence, evidenceOf } from './evidence.js';
import type { Goods, Part } from './goods.js';
import { restQuantity, unclaimed, unitsPerContainer } from './order-goods.js';
import { nextNumber, standAlike } from './parts.js';
import type { Order, State } from './state.js';
import { endsOf } from './travel.js';
import { type Way, placesAround, wayOf } from './way.js';

/** A container of a part with what was seen of it, and the way that leads over it. */
interface Seen {
  readonly equipment: string;
  readonly evidence: Evidence | undefined;
  readonly way: Way;
}

/** Containers of a part that were seen elsewhere than the others go their own way. */
export function seenApart(state: State, order: Order, goods: Goods): Goods {
  if (state.moves.size === 0) return goods;
  return goods.parts.reduce((left, part) => {
    if (part.equipment.length < 2 || !part.equipment.some((each) => state.moves.has(each))) return left;
    return strays(state, order, part).reduce((rest, each) => leave(state, order, rest, part.id, each), left);
  }, goods);
}

function strays(state: State, order: Order, part: Part): readonly string[] {
  const around = placesAround(state, order, part);
  const words = part.equipment.map((equipment) => evidenceOf(state, order, equipment, around));
  if (words.every((word) => agree(word, words[0]))) return [];
  const seen = part.equipment.map((equipment, index): Seen => {
    const evidence = words[index];
    return { equipment, evidence, way: wayOf({ state, order, goods: part, holds: [], ...(evidence && { evidence }) }) };
  });
  const main = mainWay(seen);
  const together = seen.filter(({ way }) => keyOf(way) === main);
  const apart = seen.filter((each) => !together.includes(each));
  const behind = together.filter((each) => isBehind(state, together, each));
  const leaving = behind.length < together.length ? [...apart, ...behind] : apart;
  return leaving.map(({ equipment }) => equipment);
}

/** Both unseen, or both on the same leg. */
const agree = (a: Evidence | undefined, b: Evidence | undefined): boolean =>
  a === b || (a?.kind === 'on' && b?.kind === 'on' && a.service === b.service && a.leg === b.leg);

const keyOf = ({ origin, steps, gone }: Way): string =>
  JSON.stringify([origin, gone?.kind, steps.map(({ service, leg }) => [service, leg])]);

/** The way of containers nobody saw is the one in force; else that of the most, the first where equal. */
function mainWay(seen: readonly Seen[]): string {
  const unseen = seen.find(({ evidence }) => evidence === undefined);
  if (unseen) return keyOf(unseen.way);
  const count = new Map<string, number>();
  for (const { way } of seen) count.set(keyOf(way), (count.get(keyOf(way)) ?? 0) + 1);
  return [...count].reduce((a, b) => (b[1] > a[1] ? b : a))[0];
}

/** Was it seen still at a place after what took the others from there had left? */
function isBehind(state: State, together: readonly Seen[], { evidence, way }: Seen): boolean {
  const { spot, steps } = way;
  if (!evidence || spot.kind !== 'at') return false;
  const ahead = together.filter((each) => each.evidence && positionOn(each.way) > positionOn(way));
  const departs = endsOf(state, steps[spot.index] ?? { service: '' })?.departs;
  return (departs ?? Math.min(...ahead.map((each) => each.evidence!.at))) < evidence.at;
}

const positionOn = ({ spot }: Way): number => 2 * spot.index + (spot.kind === 'at' ? 0 : 1);

/**
 * A container leaves its part, unless it stands where the others do by now. Where the part was only presumed, another
 * that nobody has seen takes its place.
 */
function leave(state: State, order: Order, goods: Goods, id: string, equipment: string): Goods {
  const part = goods.parts.find((each) => each.id === id)!;
  const others = part.equipment.filter((each) => each !== equipment);
  const quantity = part.quantity / part.equipment.length;
  const numbered = nextNumber(state, goods);
  const alone: Part = { ...scaled(part, quantity), id: `${order.id}/${numbered}`, equipment: [equipment] };
  const remaining: Part = { ...scaled(part, part.quantity - quantity), equipment: others };
  if (standAlike(state, order, alone, remaining)) return goods;
  const spare = spareFor(state, order, goods, part);
  if (spare !== undefined) return withPart(goods, part, { ...part, equipment: [...others, spare] });
  const parts = [...goods.parts.map((each) => (each === part ? remaining : each)), alone];
  return { ...goods, parts, numbered };
}

const withPart = (goods: Goods, before: Part, after: Part): Goods => ({
  ...goods,
  parts: goods.parts.map((each) => (each === before ? after : each)),
});

const scaled = (part: Part, quantity: number): Part => ({
  ...part,
  quantity,
  inForce: part.inForce.map((branch) => ({ ...branch, quantity: (branch.quantity * quantity) / part.quantity })),
});

/** A container of the rest that nobody has seen, and that holds as much. */
function spareFor(state: State, order: Order, goods: Goods, part: Part): string | undefined {
  const each = unitsPerContainer(state, order, part.supply);
  if (restQuantity(state, order, goods) < each - 1e-6 || part.quantity < part.equipment.length * each - 1e-6)
    return undefined;
  return unclaimed(state, order, goods).find(
    ({ equipment, supply }) => supply === part.supply && !state.moves.has(equipment),
  )?.equipment;
}
