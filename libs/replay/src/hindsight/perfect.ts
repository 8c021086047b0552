import { PlanningCell, type CellPlanner } from '@portolan/cells';
import { type PortolanEvent, formatInstant } from '@portolan/domain';
import { Gathering, type Outcome } from '../comparison/outcome.js';
import type { Base } from '../scenario/base.js';

/** What people did, where goods were seen, and the time: none of it is knowledge of what could be done. */
const DONE = new Set<PortolanEvent['type']>([
  'org.portolan.decision.made',
  'org.portolan.equipment.moved',
  'org.portolan.equipment.stowed',
  'org.portolan.position.reported',
  'org.portolan.clock.ticked',
]);

/**
 * The best plan of somebody who knew the whole log at its first moment: schedules as they were kept, orders as they were in the end, every
 * closure and capacity, and nothing moved yet.
 */
export async function perfectPlan({ cell: name, entries, first }: Base, planner: CellPlanner): Promise<Outcome> {
  const recordedtime = formatInstant(first);
  const known = entries
    .filter(({ event }) => !DONE.has(event.type))
    .map(({ event, position }) => ({ event: { ...foretold(event), recordedtime } as PortolanEvent, position }));
  planner.forget(name);
  const cell = new PlanningCell(name, planner);
  cell.absorb(known);
  const publication = (await cell.step(undefined, 'brief'))!;
  const gathering = new Gathering();
  gathering.add({ publication, planned: cell.planned!, events: known.length });
  return gathering.outcome!;
}

/** What has happened is still to come: nobody can board what has left. */
function foretold(event: PortolanEvent): PortolanEvent {
  if (event.type !== 'org.portolan.transport.called' || event.data.classifier !== 'actual') return event;
  return { ...event, data: { ...event.data, classifier: 'estimated' } };
}
