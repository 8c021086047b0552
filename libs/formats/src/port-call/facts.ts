import type { EventData } from '@portolan/domain';
import type { Fact } from '../dcsa/facts.js';
import { compact } from '../json/content.js';
import type { Fields } from '../json/fields.js';
import type { EventType } from './event-type.js';
import type { Visit } from './visit.js';

type Milestone = EventData<'org.portolan.milestone.reached'>;

/** What an event is about, read. */
export interface Told {
  readonly type: EventType;
  readonly at: string;
  readonly visit: Visit;
}

/**
 * An arrival or departure where it is one of a berth, or of the port; else a milestone. A vessel that has reached the port
 * has not reached its berth: that is a milestone too.
 */
export function factOf(told: Told, root: Fields): Fact {
  const { activity, time } = told.type;
  const call = time.moment === 'arrival' || time.moment === 'departure' ? time.moment : undefined;
  const berth = activity === 'berth';
  const port = activity === 'port' && !(call === 'arrival' && time.classifier === 'actual');
  return call && (berth || port) ? called(told, call) : milestone(told, root);
}

function called({ type, at, visit }: Told, call: 'arrival' | 'departure'): Fact {
  const { transport, place, subject } = visit;
  const data = { transport, call, classifier: type.time.classifier, at, place };
  return { type: 'org.portolan.transport.called', data, subject };
}

function milestone({ type: { activity, time, party }, at, visit }: Told, root: Fields): Fact {
  const reference = visit.transport.callReference;
  const data: Milestone = compact({
    milestone: milestoneOf(time, root),
    code: time.name.toUpperCase(),
    classifier: time.classifier,
    at,
    document: reference === undefined ? undefined : { type: 'portCall', reference },
    reason: `${activity}.${time.name}.${party}`,
  });
  return { type: 'org.portolan.milestone.reached', data, subject: visit.subject };
}

function milestoneOf({ name, moment }: EventType['time'], root: Fields): Milestone['milestone'] {
  if (name === 'cancel') return 'cancelled';
  if (moment === 'completion') return 'completed';
  const cleared = name === 'clearance' ? root.object('context')?.boolean('clearance') : undefined;
  return cleared === undefined ? 'other' : cleared ? 'approved' : 'rejected';
}
