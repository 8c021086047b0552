import type { Place } from '@portolan/domain';

/** All legs between two places: for each of them `least` is paid at least. */
export interface Link {
  readonly from: Place;
  readonly to: Place;
  least: number;
}

/** Between each place (by its index) and one that they all lead to, or all come from; Infinity where no way leads. */
export interface Tree {
  /** The least cost whatever the times; what handling at the two ends costs is not in it. */
  readonly cost: Float64Array;
  /** The same with at most so many legs. */
  within(legs: number): Float64Array;
  /** The fewest legs. */
  readonly legs: Float64Array;
}

/**
 * Distances between places over links, whatever the times. They are computed when first asked for. When a link becomes cheaper they are
 * mended at once; when one becomes dearer they stay as lower bounds, until somebody asks for them afresh.
 */
export class Distances {
  private readonly inbound = new Rays('to', 'from');
  private readonly outbound = new Rays('from', 'to');

  /** @param passing what going through a place costs at least */
  constructor(passing: (place: Place) => number) {
    this.inbound.passing = this.outbound.passing = passing;
  }

  add(link: Link): void {
    this.inbound.add(link);
    this.outbound.add(link);
  }

  /** A link costs something else than before. */
  repriced(link: Link, before: number): void {
    this.inbound.repriced(link, before);
    this.outbound.repriced(link, before);
  }

  /** What passing places costs has changed. */
  clear(): void {
    this.inbound.clear();
    this.outbound.clear();
  }

  /** As it is now. */
  to(destination: Place): Tree {
    return this.inbound.fresh(destination);
  }

  /** No more than it is now. */
  atLeastFrom(origin: Place): Float64Array {
    return this.outbound.atLeast(origin).cost;
  }

  /** No more than it is now. */
  atLeastTo(destination: Place): Float64Array {
    return this.inbound.atLeast(destination).cost;
  }
}

type End = 'from' | 'to';

/** The trees of one direction. */
class Rays {
  passing: (place: Place) => number = () => 0;
  private readonly links: Link[][] = [];
  private readonly trees = new Map<Place, Grown>();
  /** One more than the highest index of a place. */
  private places = 0;
  /** Grows with every link that becomes dearer. */
  private version = 0;

  /** @param near the end of a link towards the root */
  constructor(
    private readonly near: End,
    private readonly far: End,
  ) {}

  add(link: Link): void {
    (this.links[link[this.near].index] ??= []).push(link);
    const places = Math.max(link.from.index, link.to.index) + 1;
    if (places > this.places) {
      this.places = places;
      this.clear();
    } else this.repriced(link, Infinity);
  }

  repriced(link: Link, before: number): void {
    if (link.least > before) this.version++;
    else for (const tree of this.trees.values()) this.mend(tree, link);
  }

  clear(): void {
    this.trees.clear();
  }

  atLeast(root: Place): Grown {
    let tree = this.trees.get(root);
    if (!tree) {
      tree = this.grow(root);
      this.trees.set(root, tree);
    }
    return tree;
  }

  fresh(root: Place): Grown {
    if (this.trees.get(root)?.version !== this.version) this.trees.delete(root);
    return this.atLeast(root);
  }

  private grow(root: Place): Grown {
    const tree = new Grown(root, this.places, this.version, (before) => this.oneMoreLeg(root, before));
    this.spread(tree, [root]);
    return tree;
  }

  private mend(tree: Grown, link: Link): void {
    tree.forgetLegs();
    if (this.relax(tree, link)) this.spread(tree, [link[this.far]]);
  }

  /** Label correcting; places are few. */
  private spread(tree: Grown, queue: Place[]): void {
    for (let at = 0; at < queue.length; at++)
      for (const link of this.links[queue[at]!.index] ?? []) if (this.relax(tree, link)) queue.push(link[this.far]);
  }

  private relax({ root, cost }: Grown, link: Link): boolean {
    const near = link[this.near];
    const through = cost[near.index]! + (near === root ? 0 : this.passing(near)) + link.least;
    const far = link[this.far].index;
    if (!(through < cost[far]!)) return false;
    cost[far] = through;
    return true;
  }

  private oneMoreLeg(root: Place, before: Float64Array): Float64Array {
    const after = before.slice();
    for (const links of this.links)
      for (const link of links ?? []) {
        const near = link[this.near];
        const through = before[near.index]! + (near === root ? 0 : this.passing(near)) + link.least;
        const far = link[this.far].index;
        if (through < after[far]!) after[far] = through;
      }
    return after;
  }
}

class Grown implements Tree {
  readonly cost: Float64Array;
  private byLegs: Float64Array[] = [];
  private fewest: Float64Array | undefined;

  constructor(
    readonly root: Place,
    private readonly places: number,
    readonly version: number,
    private readonly oneMoreLeg: (before: Float64Array) => Float64Array,
  ) {
    this.cost = this.start();
  }

  within(legs: number): Float64Array {
    if (this.byLegs.length === 0) this.byLegs.push(this.start());
    while (this.byLegs.length <= legs) this.byLegs.push(this.oneMoreLeg(this.byLegs.at(-1)!));
    return this.byLegs[legs]!;
  }

  get legs(): Float64Array {
    return (this.fewest ??= this.countLegs());
  }

  forgetLegs(): void {
    this.byLegs = [];
    this.fewest = undefined;
  }

  private countLegs(): Float64Array {
    const fewest = new Float64Array(this.places).fill(Infinity);
    for (let legs = 0; legs < this.places; legs++) {
      const within = this.within(legs);
      let left = false;
      within.forEach((cost, place) => {
        if (cost < Infinity) fewest[place] = Math.min(fewest[place]!, legs);
        else if (this.cost[place]! < Infinity) left = true;
      });
      if (!left) break;
    }
    return fewest;
  }

  private start(): Float64Array {
    const start = new Float64Array(this.places).fill(Infinity);
    start[this.root.index] = 0;
    return start;
  }
}
