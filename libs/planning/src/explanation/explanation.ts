import type { Cause, ExplainedLeg, LegResource, Range, Resource } from '@portolan/domain';

/** For how far the shadow price of a resource can be trusted; `undefined` where that is not known. */
export type Ranges = (resource: Resource) => Range | undefined;

export type DearerPart = Extract<Cause, { kind: 'dearer' }>['part'];

/** What one more unit on a leg is worth. */
export interface LegExplanation {
  readonly kind: 'leg';
  readonly network: 'timed' | 'static';
  readonly currency: string;
  readonly unit: string;
  /** Prices are those of a plan that may divide goods at will, since whole units make this one dearer. */
  readonly relaxed?: true | undefined;
  readonly leg: ExplainedLeg;
  /** Its places first, then its plugs where they have a limit of their own. */
  readonly resources: readonly LegLoad[];
}

export interface LegLoad extends LegResource {
  readonly used: number;
  /** Absent where there is no limit. */
  readonly capacity?: number;
  /** Money per unit, d total / d capacity: never above 0. */
  readonly shadowPrice: number;
  /** What one more unit saves at most, never below 0; within the range just that. */
  readonly worth: number;
  readonly range?: Range;
}
