import type { CostParts } from '@portolan/domain';

/** What can be full on a leg (a voyage in static problems): its places, or its plugs for reefers. */
export interface LegResource {
  readonly resource: 'capacity' | 'reeferPlugs';
  readonly service: string;
  /** Absent for a service on demand; of a rotation the number of the call it sails from. */
  readonly leg?: string;
  /** `other` where the service has none. */
  readonly mode: string;
}

export interface LotResource {
  readonly resource: 'lot';
  readonly supply: string;
}

export type Resource = LegResource | LotResource;

/** Between these limits of the resource, in the problem's unit, its shadow price stays what it is; `to` may be Infinity. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** For how far the shadow price of a resource can be trusted; `undefined` where that is not known. */
export type Ranges = (resource: Resource) => Range | undefined;

interface Load {
  readonly used: number;
  readonly capacity: number;
  /** Money per unit, d total / d capacity: never above 0. One more unit saves as much within the range, and never more. */
  readonly shadowPrice: number;
  readonly range?: Range;
}

export type BindingResource = Resource & Load;

export interface TravelledLeg {
  readonly service: string;
  readonly leg?: string;
  readonly mode: string;
  readonly from: string;
  readonly to: string;
  /** RFC 3339; absent in static problems. */
  readonly departs?: string;
  readonly arrives?: string;
}

export interface ExplainedItinerary {
  readonly supply?: string;
  /** None where goods stay on board to their destination, or lie there already. */
  readonly legs: readonly TravelledLeg[];
  /** Money per unit, revenue subtracted. */
  readonly unitCost: number;
  /** Money per unit: `unitCost` is their sum, with `revenue` subtracted. */
  readonly parts: CostParts;
  /** Per unit. */
  readonly co2eKg: number;
  /** RFC 3339; absent in static problems. */
  readonly delivered?: string;
  /** What has a price on it. */
  readonly binding: readonly BindingResource[];
}

export interface ExplainedFlow extends ExplainedItinerary {
  readonly quantity: number;
}

/** What makes an itinerary dearer, `by` so much per unit. */
export type Cause =
  /** It takes up what others pay for. */
  | { readonly kind: 'full'; readonly resources: readonly BindingResource[]; readonly by: number }
  /** It is delivered these hours after the due moment. */
  | { readonly kind: 'late'; readonly hours: number; readonly by: number }
  | { readonly kind: 'dearer'; readonly part: DearerPart; readonly by: number }
  /** It gives up an itinerary in force. */
  | { readonly kind: 'change'; readonly by: number }
  /** Even with nothing full it would cost more than to leave the goods. Both per unit. */
  | { readonly kind: 'cheaper-unserved'; readonly cost: number; readonly unserved: number; readonly by: number };

export type DearerPart = Exclude<keyof CostParts, 'lateness' | 'revenue'>;

export interface NextBest extends ExplainedItinerary {
  /**
   * Money per unit at the plan's prices, against what `comparedWith` says: the sum of the causes, less `saves`. Below 0 only where
   * these prices do not tell all: in plans of whole units, or stopped before the optimum.
   */
  readonly costsMore: number;
  /** Dearest first. */
  readonly because: readonly Cause[];
  /** Money per unit by which it is cheaper in other respects, never below 0. */
  readonly saves: number;
}

export type UnservedReason =
  | { readonly kind: 'no-supply'; readonly product: string }
  /** None leads there by the deadline, the shelf life and the opening hours. */
  | { readonly kind: 'no-itinerary' }
  /** What the cheapest itinerary costs with nothing full, and what leaving the goods costs, per unit. */
  | { readonly kind: 'cheaper-unserved'; readonly cost: number; readonly unserved: number }
  /** What is full on the itinerary that would be cheapest; nothing where a plan of whole units, or one stopped early, does not tell. */
  | { readonly kind: 'full'; readonly resources: readonly BindingResource[] };

/** Why a demand travels as it does, at the plan's prices. Money in `currency`, quantities in `unit`. */
export interface Explanation {
  readonly kind: 'demand';
  readonly network: 'timed' | 'static';
  readonly currency: string;
  readonly unit: string;
  readonly demand: string;
  /** What one more unit of the demand costs, at least. */
  readonly marginalCost: number;
  readonly flows: readonly ExplainedFlow[];
  /** Up to three itineraries that the plan does not use, cheapest first. */
  readonly nextBest: readonly NextBest[];
  /** What `costsMore` is against: the dearest itinerary in the plan, or, where nothing travels, leaving the goods. */
  readonly comparedWith: 'planned' | 'unserved';
  readonly unserved?: { readonly quantity: number; readonly reason: UnservedReason };
}

/** What one more unit on a leg is worth. */
export interface LegExplanation {
  readonly kind: 'leg';
  readonly network: 'timed' | 'static';
  readonly currency: string;
  readonly unit: string;
  readonly leg: TravelledLeg;
  /** Its places first, then its plugs where they have a limit of their own. */
  readonly resources: readonly LegLoad[];
}

export interface LegLoad extends LegResource, Omit<Load, 'capacity'> {
  /** Absent where there is no limit. */
  readonly capacity?: number;
  /** What one more unit saves at most, never below 0; within the range just that. */
  readonly worth: number;
}
