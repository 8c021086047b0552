import type { Demand, Problem } from '@portolan/domain';
import { type Resources, columnKey } from '../columns.js';
import type { Pool, PooledColumn, PooledFlow } from '../live/pool.js';
import { Loads, type Shortage } from './loads.js';
import { areWhole, remainderOf, wholeUnits } from './units.js';

/** A quantity that moves as one. */
interface Goods {
  readonly demand: Demand;
  readonly size: number;
}

interface Leaving {
  readonly from: PooledColumn;
  readonly quantity: number;
  /** What it pays there. */
  readonly saved: number;
}

interface Move {
  readonly from: PooledColumn;
  readonly to: PooledColumn;
  readonly quantity: number;
}

/** A unit, or the piece beside whole units, that the rounded-down plan leaves over. */
interface Item extends Goods {
  /** Where it travels; unserved without. */
  column: PooledColumn | undefined;
}

/** What a demand's itineraries carry in the linear program, and what they came to carry in whole units. */
interface Remembered {
  readonly relaxed: string;
  readonly flows: ReadonlyMap<PooledColumn, number>;
}

export interface WholePlan {
  readonly flows: readonly PooledFlow[];
  /** Items that are left; itineraries that have room for them may not be in the pool. */
  readonly unserved: readonly Demand[];
}

/** Passes over what was left over; most find nothing after the second. */
const PASSES = 4;
/** For what would stay unserved so many may have to move, each for the one before. */
const DEEP = 2;
/** Money: less is no saving. */
const SAVING = 1e-6;

/**
 * Whole units from the linear program's optimum: quantities are rounded down, which always fits, and what is left over goes one by one where
 * it is cheapest; where that is full, somebody else's units make room if they lose less. A demand that travels as before in the linear
 * program keeps its units where they were.
 */
export class Rounding {
  private before = new Map<number, Remembered>();

  constructor(
    private readonly problem: Problem,
    private readonly resources: Resources,
    private readonly pool: Pool,
  ) {}

  /** A plan in whole units, over the itineraries of the pool. */
  plan(): WholePlan {
    const round = new Round(this.problem, this.resources, this.pool);
    for (const demand of this.problem.demandById.values()) round.begin(demand, this.before.get(demand.index));
    round.fitIn();
    round.placeAll();
    this.before = round.remembered();
    return round.result();
  }

  /** What is divided of a demand, as a text. */
  relaxed(demand: number): string {
    return relaxedText(quantitiesOf(this.pool.flowsOf(demand)));
  }

  /** The last plan with other quantities, of some demands. */
  adopt(demands: ReadonlySet<number>, flows: readonly PooledFlow[]): void {
    for (const demand of demands)
      this.before.set(demand, {
        relaxed: this.relaxed(demand),
        flows: quantitiesOf(flows.filter(({ column }) => column.demand === demand)),
      });
  }
}

/** By itinerary. */
const quantitiesOf = (flows: readonly PooledFlow[]): Map<PooledColumn, number> =>
  new Map(flows.map(({ column, quantity }) => [column, quantity]));

const relaxedText = (relaxed: ReadonlyMap<PooledColumn, number>): string =>
  [...relaxed].map(([column, quantity]) => `${columnKey(column)} ${quantity.toFixed(6)}`).join(';');

class Round {
  private readonly loads: Loads;
  private readonly items = new Map<Demand, Item[]>();
  private readonly options = new Map<Demand, PooledColumn[]>();
  private readonly relaxed = new Map<Demand, Map<PooledColumn, number>>();
  /** Those that begin where they were; they may be in the way of others. */
  private readonly kept = new Map<Demand, ReadonlyMap<PooledColumn, number>>();
  private readonly shifted = new Set<Demand>();
  /** Goods that others are making room for. Part of what they carry is there on trial: it must not move in turn. */
  private readonly waiting = new Set<number>();

  constructor(
    private readonly problem: Problem,
    resources: Resources,
    private readonly pool: Pool,
  ) {
    this.loads = new Loads(resources);
  }

  begin(demand: Demand, known: Remembered | undefined): void {
    const relaxed = quantitiesOf(this.pool.flowsOf(demand.index));
    this.relaxed.set(demand, relaxed);
    const stays = known && known.relaxed === relaxedText(relaxed) && this.fitsQuantity(demand, known.flows);
    if (!stays) return this.roundDown(demand);
    this.kept.set(demand, known.flows);
    for (const [column, quantity] of known.flows) this.loads.carry(column, quantity);
    this.leaveOver(demand, known.flows);
  }

  private fitsQuantity({ quantity, unitSize }: Demand, flows: ReadonlyMap<PooledColumn, number>): boolean {
    let sum = 0;
    for (const [column, each] of flows) {
      if (!this.pool.has(column)) return false;
      sum += each;
    }
    return unitSize !== undefined && sum <= quantity + 1e-6;
  }

  private roundDown(demand: Demand): void {
    const relaxed = this.relaxed.get(demand)!;
    const { unitSize } = demand;
    const isSame = unitSize === undefined || areWhole(demand, [...relaxed.values()]);
    const flows = new Map<PooledColumn, number>();
    for (const [column, quantity] of relaxed) {
      const whole = isSame ? quantity : wholeUnits(quantity, unitSize) * unitSize;
      if (whole > 0) flows.set(column, whole);
    }
    for (const [column, quantity] of flows) this.loads.carry(column, quantity);
    if (!isSame) this.leaveOver(demand, flows);
  }

  /** Whole units, and the piece beside them, that do not travel yet. */
  private leaveOver(demand: Demand, flows: ReadonlyMap<PooledColumn, number>): void {
    const unit = demand.unitSize!;
    let left = demand.quantity;
    for (const quantity of flows.values()) left -= quantity;
    const piece = remainderOf(left, unit);
    const sizes = [...Array.from({ length: wholeUnits(left, unit) }, () => unit), ...(piece > 0 ? [piece] : [])];
    this.items.set(
      demand,
      sizes.map((size) => ({ demand, size, column: undefined })),
    );
  }

  /** Who stayed where they were, on something that is overfull now, is rounded anew: what is rounded down always fits. */
  fitIn(): void {
    for (let isOver = true; isOver;) {
      isOver = false;
      for (const [demand, flows] of this.kept) {
        if (![...flows.keys()].some((column) => this.loads.isOver(column))) continue;
        isOver = true;
        this.kept.delete(demand);
        this.items.delete(demand);
        for (const [column, quantity] of flows) this.loads.carry(column, -quantity);
        this.roundDown(demand);
      }
    }
  }

  /** Dear ones first: who loses most by staying chooses first. */
  placeAll(): void {
    const items = [...this.items.values()].flat();
    const loss = ({ demand, size }: Item) => size * demand.unservedPenalty;
    for (const item of items.sort((a, b) => loss(b) - loss(a) || a.demand.index - b.demand.index)) {
      const free = this.optionsOf(item.demand).find((column) => this.loads.fits(column, item.size));
      if (free && this.costOn(free, item.size) < loss(item)) this.place(item, free);
    }
    for (let pass = 0; pass < PASSES; pass++) {
      let improved = false;
      for (const item of items) if (this.improve(item)) improved = true;
      if (!improved) return;
    }
  }

  /** All that does not travel as in the linear program. */
  remembered(): Map<number, Remembered> {
    const byDemand = new Map<number, Map<PooledColumn, number>>();
    for (const { column, quantity } of this.loads.flows()) {
      const flows = byDemand.get(column.demand) ?? new Map<PooledColumn, number>();
      byDemand.set(column.demand, flows.set(column, quantity));
    }
    const others = new Set([...this.items.keys(), ...this.kept.keys(), ...this.shifted]);
    return new Map(
      [...others].map(({ index }) => [
        index,
        {
          relaxed: relaxedText(this.relaxed.get(this.problem.demands[index]!)!),
          flows: byDemand.get(index) ?? new Map<PooledColumn, number>(),
        },
      ]),
    );
  }

  result(): WholePlan {
    const left = [...this.items.values()].flat().filter(({ column }) => !column);
    return { flows: this.loads.flows(), unserved: [...new Set(left.map(({ demand }) => demand))] };
  }

  /** The itineraries of a demand, cheapest first. */
  private optionsOf(demand: Demand): readonly PooledColumn[] {
    let options = this.options.get(demand);
    if (!options) {
      options = this.pool.itinerariesOf(demand.index).sort((a, b) => a.cost - b.cost);
      this.options.set(demand, options);
    }
    return options;
  }

  /** What so much more costs on an itinerary. */
  private costOn(column: PooledColumn, quantity: number): number {
    const now = this.loads.on(column);
    return quantity * column.cost - this.pool.rewardOf(column, now + quantity) + this.pool.rewardOf(column, now);
  }

  /** What it would save to take so much away. */
  private savedOn(column: PooledColumn, quantity: number): number {
    const now = this.loads.on(column);
    return quantity * column.cost - this.pool.rewardOf(column, now) + this.pool.rewardOf(column, now - quantity);
  }

  private place(item: Item, column: PooledColumn): void {
    item.column = column;
    this.loads.carry(column, item.size);
  }

  private take(item: Item): void {
    if (item.column) this.loads.carry(item.column, -item.size);
    item.column = undefined;
  }

  /** A cheaper itinerary that has room, or where somebody else makes room for less than it saves. */
  private improve(item: Item): boolean {
    const { column: present, size, demand } = item;
    const paid = present ? this.savedOn(present, size) : size * demand.unservedPenalty;
    this.take(item);
    for (const column of this.optionsOf(demand)) {
      const saves = paid - this.costOn(column, size);
      if (saves <= SAVING) break;
      if (column === present || !this.makeRoom(column, item, saves, present ? 1 : DEEP)) continue;
      this.place(item, column);
      return true;
    }
    if (present) this.place(item, present);
    return false;
  }

  /**
   * Moves units of others off an itinerary, at a loss below `worth`, until so much more fits on it; where it cannot, nothing moves.
   * @param depth how many may have to move for one another
   */
  private makeRoom(column: PooledColumn, goods: Goods, worth: number, depth: number): boolean {
    const full = this.loads.firstFull(column, goods.size);
    if (!full) return true;
    if (depth === 0) return false;
    const move = this.leastLoss(column, goods, full, worth);
    if (move) {
      this.shift(move);
      return true;
    }
    return depth > 1 && this.makeRoomDeeper(column, goods, full, worth, depth);
  }

  /** The move of one other demand that loses least. */
  private leastLoss(column: PooledColumn, { size }: Goods, full: Shortage, worth: number): Move | undefined {
    let best: Move | undefined;
    let least = worth - SAVING;
    for (const { from, quantity, saved } of this.whoCouldLeave(column, full)) {
      this.loads.carry(from, -quantity);
      const helps = this.loads.fits(column, size);
      this.loads.carry(column, size);
      const others = this.optionsOf(this.problem.demands[from.demand]!);
      const to = helps ? others.find((option) => option !== from && this.loads.fits(option, quantity)) : undefined;
      const loss = to ? this.costOn(to, quantity) - saved : Infinity;
      if (to && loss < least) [best, least] = [{ from, to, quantity }, loss];
      this.loads.carry(column, -size);
      this.loads.carry(from, quantity);
    }
    return best;
  }

  /** Those who leave make others leave in turn. */
  private makeRoomDeeper(column: PooledColumn, goods: Goods, full: Shortage, worth: number, depth: number): boolean {
    this.waiting.add(column.demand);
    const move = this.firstDeeper(column, goods, full, worth, depth);
    this.waiting.delete(column.demand);
    if (move) this.shift(move);
    return move !== undefined;
  }

  private firstDeeper(
    column: PooledColumn,
    goods: Goods,
    full: Shortage,
    worth: number,
    depth: number,
  ): Move | undefined {
    for (const { from, quantity, saved } of this.whoCouldLeave(column, full)) {
      const demand = this.problem.demands[from.demand]!;
      this.loads.carry(from, -quantity);
      this.loads.carry(column, goods.size);
      const to = this.loads.isOver(column)
        ? undefined
        : this.optionsOf(demand).find((option) => {
            const loss = this.costOn(option, quantity) - saved;
            return (
              option !== from &&
              loss < worth &&
              this.makeRoom(option, { demand, size: quantity }, worth - loss, depth - 1)
            );
          });
      this.loads.carry(column, -goods.size);
      this.loads.carry(from, quantity);
      if (to) return { from, to, quantity };
    }
    return undefined;
  }

  /** Units of other demands that use what is full. */
  private *whoCouldLeave(column: PooledColumn, full: Shortage): Iterable<Leaving> {
    for (const from of [...this.pool.on(full.resource)]) {
      if (from.demand === column.demand || this.waiting.has(from.demand) || this.loads.on(from) === 0) continue;
      const quantity = this.enough(from, full);
      if (quantity > 0) yield { from, quantity, saved: this.savedOn(from, quantity) };
    }
  }

  /** How much has to leave an itinerary in whole units so that a resource lacks nothing; 0 where there is not so much on it. */
  private enough(from: PooledColumn, { resource, lacks }: Shortage): number {
    const { unitSize } = this.problem.demands[from.demand]!;
    const each = from.uses.find((use) => use.resource === resource)?.units ?? 1;
    const needed = lacks / each;
    const quantity = unitSize === undefined ? needed : Math.ceil(needed / unitSize - 1e-6) * unitSize;
    // Where a piece is on board too, whole units are what may leave.
    const there = unitSize === undefined ? this.loads.on(from) : wholeUnits(this.loads.on(from), unitSize) * unitSize;
    return quantity <= there + 1e-6 ? quantity : 0;
  }

  /** Items of the demand that lie on the one itinerary follow. */
  private shift({ from, to, quantity }: Move): void {
    this.loads.carry(from, -quantity);
    this.loads.carry(to, quantity);
    const demand = this.problem.demands[from.demand]!;
    this.shifted.add(demand);
    const fixed = this.loads.on(from);
    let onIt = 0;
    for (const item of this.items.get(demand) ?? []) {
      if (item.column !== from) continue;
      onIt += item.size;
      if (onIt > fixed + 1e-6 && item.size === demand.unitSize) item.column = to;
    }
  }
}
