import type { PlanDocument, PlanPublication } from '@portolan/domain';
import type { LogRecord } from '@portolan/streams';
import type { Entry, Start } from './entry.js';

export type Publication = PlanPublication<PlanDocument>;

/** Who writes to the log beside the optimizer may make mistakes: `undefined` for what is no publication. */
export function publicationIn({ value }: LogRecord): Publication | undefined {
  try {
    const publication = JSON.parse(Buffer.from(value).toString('utf8')) as Publication | null;
    return Number.isInteger(publication?.version) && Number.isInteger(publication?.position)
      ? (publication ?? undefined)
      : undefined;
  } catch {
    return undefined;
  }
}

/** What an entry says of the step that the live optimizer made there. */
export type Step = Pick<Entry, 'planned' | 'kept'>;

/** The steps of a live optimizer, by cell and position. */
export class Steps {
  private readonly steps = new Map<string, Step>();

  at(cell: string, position: number): Step | undefined {
    return this.steps.get(placeOf(cell, position));
  }

  /** In the order of the log. */
  note(publication: Publication | undefined): void {
    if (!publication) return;
    const { cell, position, resumed } = publication;
    this.steps.set(placeOf(cell, position), { planned: startOf(publication) });
    const from = resumed && this.at(cell, resumed.from);
    if (from) this.steps.set(placeOf(cell, resumed.from), { ...from, kept: position });
  }
}

const placeOf = (cell: string, position: number): string => `${cell} ${position}`;

const startOf = ({ plan, resumed }: Publication): Start => (plan.statistics.warm ? (resumed ?? 'warm') : 'cold');
