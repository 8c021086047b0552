import type { ProblemDocument } from '@portolan/domain';
import type { LivePlan } from '@portolan/planning';

/** What a live plan needs to go on in another process, as JSON text; `undefined` where it cannot be moved. */
export const snapshotOf = (_live: LivePlan): string | undefined => undefined;

/** The live plan that gave this snapshot when this was its problem; `undefined` where the snapshot is of another version. */
export const restored = async (_problem: ProblemDocument, _snapshot: string): Promise<LivePlan | undefined> =>
  undefined;
