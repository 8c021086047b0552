import type { EventDraft, PortolanEvent, State } from '@portolan/domain';
import { patternOf } from '../document.js';
import type { Draws } from '../random.js';
import type { Told } from '../script.js';
import type { ChangeOf } from '../variants.js';
import { type Amount, amountOf } from './amount.js';
import { said } from './events.js';

/** Services can take more or less from now on, also those that are scheduled later. A later word on them is scaled, or does not count. */
export function resized(change: ChangeOf<'capacity'>, state: State, draws: Draws): Told {
  const { test } = patternOf(change.change.service);
  const known = [...state.services.keys()].filter(test).sort();
  const told = new Set(known);
  const say = (service: string) => capacityEvent(change, service, factorOf(change, service, draws));
  const rewrite = (event: PortolanEvent): readonly PortolanEvent[] => {
    if (event.type === 'org.portolan.service.scheduled' && test(event.data.id) && !told.has(event.data.id)) {
      told.add(event.data.id);
      return [event, received(say(event.data.id), event)];
    }
    if (event.type !== 'org.portolan.capacity.changed' || !test(event.data.service)) return [event];
    return reworded(change, event, factorOf(change, event.data.service, draws));
  };
  return { events: known.map(say), rewrite };
}

type CapacityChange = ChangeOf<'capacity'>;

function factorOf({ change, pointer }: CapacityChange, service: string, draws: Draws): number | undefined {
  const { factor } = change;
  return factor === undefined ? undefined : amountOf(factor as Amount, `${pointer}/${service}`, draws);
}

const capacityEvent = (change: CapacityChange, service: string, factor: number | undefined): EventDraft => {
  const { leg, capacity, reeferPlugs } = change.change;
  return said(change, 'org.portolan.capacity.changed', service, {
    service,
    reason: 'what if',
    ...(leg !== undefined && { leg }),
    ...(factor !== undefined && { factor }),
    ...(capacity !== undefined && { capacity }),
    ...(reeferPlugs !== undefined && { reeferPlugs }),
  });
};

/** A factor is of what the log says; a number is the scenario's own word. */
function reworded(
  { change }: CapacityChange,
  event: PortolanEvent & { type: 'org.portolan.capacity.changed' },
  factor: number | undefined,
): readonly PortolanEvent[] {
  if (change.leg !== undefined && event.data.leg !== change.leg) return [event];
  if (factor === undefined) return [];
  const { capacity, reeferPlugs, factor: was } = event.data;
  const scaled = {
    ...(capacity !== undefined && { capacity: capacity * factor }),
    ...(reeferPlugs !== undefined && { reeferPlugs: reeferPlugs * factor }),
    ...(was !== undefined && { factor: was * factor }),
  };
  return [{ ...event, data: { ...event.data, ...scaled } }];
}

const received = (draft: EventDraft, { recordedtime, partitionkey }: PortolanEvent): PortolanEvent =>
  ({ ...draft, specversion: '1.0', time: recordedtime, recordedtime, partitionkey }) as PortolanEvent;
