import { enlarged } from '../arrays.js';
import type { Catalogue } from './catalogue.js';

const nobody: ReadonlySet<number> = new Set();

/** Which demands have an itinerary over a leg, or with a supply, in their catalogue. */
export class Users {
  private readonly byLeg: (Set<number> | undefined)[] = [];
  private readonly bySupply: (Set<number> | undefined)[] = [];
  /** By demand: what it has been entered for. */
  private readonly legsOf: (Set<number> | undefined)[] = [];
  private readonly suppliesOf: (Set<number> | undefined)[] = [];
  /** Scratch, by leg: in which catalogue it was seen last. Most are in many itineraries of one. */
  private seen = new Int32Array(1024);
  private catalogues = 0;

  ofLeg(leg: number): ReadonlySet<number> {
    return this.byLeg[leg] ?? nobody;
  }

  ofLegs(legs: Iterable<number>): Set<number> {
    const demands = new Set<number>();
    for (const leg of legs) for (const demand of this.ofLeg(leg)) demands.add(demand);
    return demands;
  }

  ofSupply(supply: number): ReadonlySet<number> {
    return this.bySupply[supply] ?? nobody;
  }

  /** Enters what is in the catalogue, besides what was entered before. */
  enter(demand: number, catalogue: Catalogue): void {
    const legs = (this.legsOf[demand] ??= new Set());
    const mark = ++this.catalogues;
    const inUse = catalogue.legsInUse();
    for (let at = 0; at < inUse.length; at++) {
      const leg = inUse[at]!;
      if (this.seen[leg] === mark) continue;
      this.seen = enlarged(this.seen, leg + 1);
      this.seen[leg] = mark;
      if (legs.has(leg)) continue;
      legs.add(leg);
      (this.byLeg[leg] ??= new Set()).add(demand);
    }
    for (const supply of catalogue.suppliesInUse()) {
      if (supply < 0) continue;
      const supplies = (this.suppliesOf[demand] ??= new Set());
      if (supplies.has(supply)) continue;
      supplies.add(supply);
      (this.bySupply[supply] ??= new Set()).add(demand);
    }
  }

  leave(demand: number): void {
    for (const leg of this.legsOf[demand] ?? []) this.byLeg[leg]?.delete(demand);
    for (const supply of this.suppliesOf[demand] ?? []) this.bySupply[supply]?.delete(demand);
    this.legsOf[demand] = undefined;
    this.suppliesOf[demand] = undefined;
  }
}
