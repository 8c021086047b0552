import type { EventData, EventType, PortolanEvent } from '../../events/event.js';
import type { PositionedEvent } from '../fact.js';
import { foldBatch } from '../fold.js';
import { type State, emptyState } from '../state.js';

/** Attributes of an event that tests may want to set. */
export interface Said {
  readonly id?: string;
  /** When it was received, as `DDTHH:MM` in March 2026. */
  readonly at?: string;
  readonly revisionof?: string;
  readonly revision?: string;
}

/** `05T18:00` as an instant of March 2026. */
export const march = (text: string): string => `2026-03-${text}:00Z`;

/** A small log, written as it happens: `say` appends an event, `state` folds what is there. */
export class Log {
  readonly events: PositionedEvent[] = [];

  say<T extends EventType>(type: T, data: EventData<T>, { id, at, ...more }: Said = {}): this {
    const position = this.events.length;
    const last = this.events.at(-1)?.event.recordedtime ?? march('01T06:00');
    const recordedtime = at === undefined ? last : march(at);
    const event = {
      specversion: '1.0',
      id: id ?? `e${position}`,
      source: '/test',
      type,
      time: recordedtime,
      recordedtime,
      partitionkey: 'test',
      data,
      ...more,
    } as PortolanEvent;
    this.events.push({ event, position });
    return this;
  }

  tick(at: string): this {
    return this.say('org.portolan.clock.ticked', { now: march(at) }, { at });
  }

  get state(): State {
    return foldBatch(emptyState('test'), this.events);
  }
}

const terminal = (id: string, unlocode: string, more: object = {}) => ({
  id,
  unlocode,
  handling: { load: 10, unload: 10, transfer: 15 },
  handlingTime: { load: 'PT1H', unload: 'PT1H', transfer: 'PT2H' },
  ...more,
});

/**
 * Quay A and quay B in Antwerp, terminal L in Liège, customer C. BARGE-1 goes A (3 March 12:00) → B → L (4 March 10:00);
 * BARGE-2 goes A (4 March 12:00) → L; TRUCK-AL and TRUCK-LC go on demand.
 */
export function network(log = new Log()): Log {
  return log
    .say(
      'org.portolan.location.changed',
      terminal('A', 'BEANR', { facility: 'KA', position: { lat: 51.24, lon: 4.38 } }),
    )
    .say(
      'org.portolan.location.changed',
      terminal('B', 'BEANR', { facility: 'KB', position: { lat: 51.3, lon: 4.28 } }),
    )
    .say('org.portolan.location.changed', terminal('L', 'BELGG', { position: { lat: 50.66, lon: 5.62 } }))
    .say('org.portolan.location.changed', terminal('C', 'BEHSL'))
    .say('org.portolan.service.scheduled', {
      id: 'BARGE-1',
      mode: 'barge',
      vessel: { imo: '9321483', name: 'Ambiorix' },
      voyages: ['101E'],
      calls: [
        { location: 'A', departs: march('03T12:00') },
        { location: 'B', arrives: march('03T14:00'), departs: march('03T18:00') },
        { location: 'L', arrives: march('04T10:00') },
      ],
      legs: [
        { capacity: 20, cost: 10 },
        { capacity: 20, cost: 40 },
      ],
    })
    .say('org.portolan.service.scheduled', {
      id: 'BARGE-2',
      mode: 'barge',
      vessel: { imo: '9321484' },
      calls: [
        { location: 'A', departs: march('04T12:00') },
        { location: 'L', arrives: march('05T04:00') },
      ],
      legs: [{ capacity: 20, cost: 40 }],
    })
    .say('org.portolan.service.scheduled', {
      id: 'TRUCK-AL',
      mode: 'truck',
      onDemand: { from: 'A', to: 'L', duration: 'PT3H', cost: 200, capacity: 30 },
    })
    .say('org.portolan.service.scheduled', {
      id: 'TRUCK-LC',
      mode: 'truck',
      onDemand: { from: 'L', to: 'C', duration: 'PT2H', cost: 90 },
    });
}

type Itinerary = readonly string[];

/** `BARGE-1/2` as a step. */
export const step = (text: string) => {
  const [service, leg] = text.split('/') as [string, string | undefined];
  return leg === undefined ? { service } : { service, leg };
};

/** Accepts, for a shipment, quantities on itineraries written as `['BARGE-1/1', 'BARGE-1/2', 'TRUCK-LC']`. */
export function accept(
  log: Log,
  shipment: string,
  assignments: readonly { quantity: number; itinerary: Itinerary; supply?: string }[],
  said: Said = {},
): Log {
  return log.say(
    'org.portolan.decision.made',
    {
      recommendation: `rec-${log.events.length}`,
      decision: 'accept',
      by: 'planner',
      at: march('01T06:00'),
      proposal: {
        kind: 'book',
        saving: 100,
        causes: [],
        shipments: [
          { shipment, assignments: assignments.map((each) => ({ ...each, itinerary: each.itinerary.map(step) })) },
        ],
      },
    },
    said,
  );
}
