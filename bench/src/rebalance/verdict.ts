import { PlanningCell, planningHere } from '@portolan/cells';
import type { PlanDocument, PlanPublication } from '@portolan/domain';
import { decodeEvent } from '@portolan/formats';
import { type EventLog, topics } from '@portolan/streams';
import type { Published } from './published.js';

export interface Verdict {
  /** What must not be. */
  readonly faults: readonly string[];
  readonly steps: number;
  /** Steps whose publication is, byte by byte but for statistics, that of an undisturbed run. */
  readonly equal: number;
  /** Steps whose plan was made from nothing, the first of a cell left out. */
  readonly fromNothing: number;
}

type Publication = PlanPublication<PlanDocument>;

/** Relative difference in cost that two optimal plans may have. */
const ALIKE = 1e-6;

/** Are a cell's publications those of one optimizer that is never disturbed, for the events of its partition cut at the same positions? */
export async function verdictOn(
  log: EventLog,
  partition: number,
  events: number,
  published: readonly Published[],
): Promise<Verdict> {
  const faults = sequenceFaults(published, events);
  const cell = new PlanningCell(published[0]!.cell, planningHere());
  const records = await log.read(topics.events, partition, 0, events);
  let equal = 0;
  for (const each of published) {
    const news = records.filter(({ offset }) => offset > cell.position && offset <= each.position);
    cell.absorb(
      news.flatMap((record) => {
        const decoded = decodeEvent(record);
        return decoded.ok ? [{ event: decoded.value, position: record.offset }] : [];
      }),
    );
    const undisturbed = (await cell.step())!;
    cell.published(undisturbed);
    const fault = stepFault(each, undisturbed);
    if (fault) faults.push(fault);
    if (textOf(each) === textOf(undisturbed)) equal++;
  }
  const fromNothing = published.slice(1).filter(({ plan }) => !plan.statistics.warm).length;
  return { faults, steps: published.length, equal, fromNothing };
}

/** No gap and nothing twice: versions count up from 1, positions ascend, and the last one is that of the last event. */
function sequenceFaults(published: readonly Published[], events: number): string[] {
  const faults: string[] = [];
  for (const [index, { cell, version, position }] of published.entries()) {
    if (version !== index + 1) faults.push(`${cell}: step ${index + 1} has version ${version}`);
    if (index > 0 && position <= published[index - 1]!.position)
      faults.push(
        `${cell}: version ${version} is of position ${position}, not behind ${published[index - 1]!.position}`,
      );
  }
  const last = published.at(-1);
  if (last?.position !== events - 1) faults.push(`${last?.cell}: ends at position ${last?.position} of ${events - 1}`);
  return faults;
}

/** What does not depend on which of several optimal plans was found. */
function stepFault(found: Publication, expected: Publication): string | undefined {
  const facts = ({ version, position, now, unplanned }: Publication) =>
    JSON.stringify([version, position, now, unplanned]);
  const { cell, version, plan } = found;
  if (facts(found) !== facts(expected))
    return `${cell}: version ${version} says ${facts(found)}, not ${facts(expected)}`;
  const [cost, least] = [plan.objective.total, expected.plan.objective.total];
  const differs = Math.abs(cost - least) > ALIKE * Math.max(1, Math.abs(least));
  return differs ? `${cell}: the plan of version ${version} costs ${cost}, not ${least}` : undefined;
}

const textOf = ({ cell, version, position, now, recommendations, shipments, gone, ...of }: Publication): string => {
  const { statistics: _, ...plan } = of.plan;
  const { explanations, unplanned, ledger } = of;
  return JSON.stringify([
    cell,
    version,
    position,
    now,
    recommendations,
    shipments,
    gone,
    explanations,
    unplanned,
    ledger,
    plan,
  ]);
};
