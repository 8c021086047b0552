import type { Millis } from '@portolan/domain';

/** What the problem calls a demand and the log an order. Quantities in TEU, whole. */
export interface SyntheticOrder {
  readonly id: string;
  readonly customer: string;
  /** Where the goods lie, or where they were loaded when they are on board; absent where lots of `product` serve it. */
  readonly from?: string;
  readonly product?: string;
  readonly to: string;
  readonly quantity: number;
  readonly available: Millis;
  readonly due: Millis;
  readonly latest: Millis;
  readonly latePerUnitHour: number;
  readonly unservedPenalty: number;
  readonly reefer: boolean;
  readonly spoilagePerUnitHour?: number;
  readonly minShelfLifeDays?: number;
  /** Under way at the start on this leg ("1" is the first). */
  readonly aboard?: { readonly service: string; readonly leg: string };
}

/** Goods of a product that orders are served from. */
export interface SyntheticLot {
  readonly id: string;
  readonly product: string;
  readonly location: string;
  readonly quantity: number;
  readonly available: Millis;
  readonly expires: Millis;
  readonly unitCost: number;
}
