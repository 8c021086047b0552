import { type Site, kilometres } from '../geography/site.js';
import { type Area, isQuay } from '../network/area.js';
import { at } from '../network/clock.js';
import { type Choice, type Stream, choiceOf } from '../random.js';
import type { SyntheticOrder } from './order.js';
import { termsOf } from './terms.js';

type Flow = 'IMP' | 'EXP' | 'SEA' | 'CON';

/** Imports, exports, from one port to another, and from one place inland to another. */
const flows = choiceOf<Flow>(['IMP', 'EXP', 'SEA', 'CON'], (flow) => ({ IMP: 52, EXP: 38, SEA: 6, CON: 4 })[flow]);

/** Goods go to the port that is near rather than far: at this distance a port gets 1/e of what it would get next door. */
const ATTRACTION_KM = 450;
const FARTHEST_KM = 1100;
const NEAREST_KM = 12;

/** Orders for goods that lie at `from`, ready over two weeks. */
export function bookings(area: Area, count: number, random: Stream): SyntheticOrder[] {
  const markets = marketsOf(area);
  const digits = String(count).length;
  return Array.from({ length: count }, (_, index) =>
    bookingOf(markets, String(index + 1).padStart(Math.max(4, digits), '0'), random),
  );
}

interface Markets {
  readonly quays: Choice<Site>;
  readonly inland: Choice<Site>;
  /** Places that trade with a place, by flow. */
  readonly partners: Readonly<Record<Flow, ReadonlyMap<Site, Choice<Site>>>>;
}

function marketsOf({ sites }: Area): Markets {
  const quays = sites.filter(isQuay);
  const inland = sites.filter((site) => !isQuay(site));
  const between = (ones: readonly Site[], others: readonly Site[]) =>
    new Map(ones.map((one) => [one, partnersOf(one, others)] as const).filter(([, { total }]) => total > 0));
  const partners = { IMP: between(inland, quays), EXP: between(inland, quays), SEA: between(quays, quays) };
  return {
    quays: choiceOf([...partners.SEA.keys()], ({ share }) => share),
    inland: choiceOf([...partners.IMP.keys()], ({ share }) => share),
    partners: { ...partners, CON: between(inland, inland) },
  };
}

const partnersOf = (one: Site, others: readonly Site[]): Choice<Site> =>
  choiceOf(
    others.filter((other) => other !== one && reachable(kilometres(one, other))),
    (other) => other.share * Math.exp(-kilometres(one, other) / ATTRACTION_KM),
  );

const reachable = (km: number): boolean => km >= NEAREST_KM && km <= FARTHEST_KM;

function bookingOf(markets: Markets, number: string, random: Stream): SyntheticOrder {
  const drawn = random.weighted(flows);
  const one = random.weighted(drawn === 'SEA' && markets.quays.total > 0 ? markets.quays : markets.inland);
  const flow = markets.partners[drawn].has(one) ? drawn : 'IMP';
  const other = random.weighted(markets.partners[flow].get(one)!);
  const [from, to] = flow === 'IMP' ? [other, one] : [one, other];
  const cold = [from, to].some(({ kind }) => kind === 'cold-store') || random.chance(0.06);
  const available = at(readyHour(random));
  return { id: `${flow}-${number}`, from: from.id, to: to.id, ...termsOf(random, from, to, available, cold) };
}

/** Over two weeks; what would be ready on a Sunday is mostly ready on Monday. */
function readyHour(random: Stream): number {
  const hour = random.between(1, 335);
  const sunday = Math.floor(hour / 24) % 7 === 6;
  return sunday && random.chance(0.7) && hour < 310 ? hour + 24 : hour;
}
