import { type PlanPublication, type PortolanEvent, type Recommendation, decisionEvent } from '@portolan/domain';

const START = Date.UTC(2026, 2, 2);
const at = (hours: number) => new Date(START + hours * 3_600_000).toISOString().replace('.000Z', 'Z');

/** What may happen: a kind and two numbers that say to what and how much. */
export type Happening = readonly [kind: (typeof kinds)[number], which: number, much: number];
export const kinds = ['order', 'cancel', 'late', 'capacity', 'close', 'moved', 'tick', 'accept', 'retract'] as const;

/** Writes the events of one cell, an hour for every four of them. */
export class Story {
  readonly events: PortolanEvent[] = [];

  constructor(private readonly cell = 'test') {
    this.say('parameters.changed', { unservedPenalty: 2000, changePenaltyPerUnit: 1 });
    for (const id of ['QUAY', 'HUB', 'INLAND']) this.say('location.changed', { id });
    for (let run = 0; run < 4; run++) this.run(run);
    this.say('service.scheduled', {
      id: 'TRUCK',
      mode: 'truck',
      onDemand: { from: 'QUAY', to: 'INLAND', duration: 'PT3H', cost: 130, co2eKg: 40 },
    });
  }

  /** @param last the newest publication: whose recommendations may be accepted */
  happen([kind, which, much]: Happening, last?: PlanPublication): void {
    switch (kind) {
      case 'order':
        return this.order(`ORDER-${which % 8}`, 1 + (much % 5));
      case 'cancel':
        return this.say('order.cancelled', { order: `ORDER-${which % 8}`, reason: 'changed' });
      case 'late':
        return this.called(which % 4, 12 + 10 * (which % 4) + (much % 30));
      case 'capacity':
        return this.say('capacity.changed', { service: `BARGE-${which % 4}`, factor: (much % 4) / 4 });
      case 'close':
        return this.say('location.closed', {
          closure: `closure-${which % 3}`,
          location: ['HUB', 'INLAND'][which % 2]!,
          from: at(20 + (much % 10)),
          to: at(30 + (much % 30)),
        });
      case 'moved':
        return this.say('equipment.moved', {
          equipment: `BOX-${which % 8}`,
          move: 'gate-in',
          classifier: 'actual',
          at: this.now,
          place: { location: ['QUAY', 'HUB'][much % 2]! },
        });
      case 'tick':
        return this.say('clock.ticked', { now: this.now });
      case 'accept':
        return this.accept(last?.recommendations.filter(({ status }) => status === 'open')[0]);
      case 'retract':
        return this.say('event.retracted', { retracts: `e${8 + (which % Math.max(1, this.events.length - 8))}` });
    }
  }

  private get now(): string {
    return at(this.events.length / 4);
  }

  private say(type: string, data: object): void {
    const attributes = { specversion: '1.0', id: `e${this.events.length}`, source: '/test', time: this.now };
    const event = {
      ...attributes,
      recordedtime: this.now,
      partitionkey: this.cell,
      type: `org.portolan.${type}`,
      data,
    };
    this.events.push(event as unknown as PortolanEvent);
  }

  private run(run: number): void {
    const departs = 12 + 10 * run;
    this.say('service.scheduled', {
      id: `BARGE-${run}`,
      mode: 'barge',
      calls: [
        { location: 'QUAY', departs: at(departs) },
        { location: 'HUB', arrives: at(departs + 5), departs: at(departs + 7) },
        { location: 'INLAND', arrives: at(departs + 12) },
      ],
      legs: [
        { capacity: 8, cost: 30 + 7 * run, co2eKg: 5 },
        { capacity: 8, cost: 11 + 3 * run, co2eKg: 4 },
      ],
    });
  }

  private order(id: string, quantity: number): void {
    const equipment = [id.replace('ORDER', 'BOX')];
    const times = { available: at(1), due: at(40 + quantity) };
    this.say('order.placed', { id, from: 'QUAY', to: 'INLAND', quantity, ...times, latePerUnitHour: 3, equipment });
  }

  private called(run: number, hours: number): void {
    const place = { location: 'QUAY' };
    this.say('transport.called', {
      transport: { service: `BARGE-${run}` },
      call: 'departure',
      classifier: 'estimated',
      at: at(hours),
      place,
    });
  }

  private accept(recommendation: Recommendation | undefined): void {
    if (!recommendation) return this.say('clock.ticked', { now: this.now });
    this.events.push(decisionEvent(recommendation, { decision: 'accept', by: 'planner', at: this.now }));
  }
}
