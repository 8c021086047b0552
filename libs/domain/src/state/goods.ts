import type { Step } from '../events/decision.js';
import type { Millis } from '../time/instant.js';

/** A step of an itinerary in force, and when it was put in force: a leg that left before cannot have taken the goods. */
export interface PathStep extends Step {
  readonly since: Millis;
}

/** A quantity on one itinerary in force, from a lot where the order is for a product. */
export interface InForce {
  readonly supply?: string;
  readonly quantity: number;
  readonly steps: readonly PathStep[];
}

/** Goods of an order that have begun to move (or are as good as begun), planned apart from the rest. */
export interface Part {
  /** `ORDER/1`, `ORDER/2`, … */
  readonly id: string;
  readonly quantity: number;
  readonly supply?: string;
  /** Containers it is known or taken to be in. */
  readonly equipment: readonly string[];
  /** Where `path` starts. */
  readonly origin: string;
  /** What all of it travels, begun when last decided upon; then it goes on as is in force. */
  readonly path: readonly PathStep[];
  readonly inForce: readonly InForce[];
}

/** An order's goods: the parts that move, and what is in force for the rest, which is the demand under the order's own id. */
export interface Goods {
  readonly order: string;
  readonly rest: readonly InForce[];
  readonly parts: readonly Part[];
  /** The highest number given to a part. */
  readonly numbered: number;
}

export const noGoods = (order: string): Goods => ({ order, rest: [], parts: [], numbered: 0 });

export const sameStep = (a: Step, b: Step): boolean => a.service === b.service && a.leg === b.leg;

/** Does one itinerary carry all of `quantity`? */
export const carriesAll = (inForce: readonly InForce[], quantity: number): boolean =>
  inForce.length === 1 && inForce[0]!.quantity >= quantity - 1e-6;
