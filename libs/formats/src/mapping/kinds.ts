import { type EventType, eventData } from '@portolan/domain';

/** Tables that have a kind of their own, or are no table's business: people decide one by one. */
const apart: readonly EventType[] = [
  'org.portolan.order.placed',
  'org.portolan.lot.registered',
  'org.portolan.service.scheduled',
  'org.portolan.decision.made',
];

const short = (type: string): string => type.replace('org.portolan.', '');
const eventKinds = (Object.keys(eventData) as EventType[]).filter((type) => !apart.includes(type)).map(short);

/** What a row can be: an order, a lot, a call of a service, a truck relation, or an event of any type. */
export const mappingKinds = ['orders', 'lots', 'services', 'rates', ...eventKinds] as unknown as [string, ...string[]];

/** The event type that rows of a kind become, where each row is one event of its own. */
export const eventTypeOf = (kind: string): EventType | undefined =>
  eventKinds.includes(kind) ? (`org.portolan.${kind}` as EventType) : undefined;
