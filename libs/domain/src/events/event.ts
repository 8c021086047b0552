import { z } from 'zod';
import { type Conforms, conformsTo } from './conforms.js';
import { clockTicked, decisionMade, eventRetracted } from './decision.js';
import { lotRegistered, lotWithdrawn, orderCancelled, orderPlaced } from './goods.js';
import {
  callDescribed,
  equipmentMoved,
  equipmentStowed,
  milestoneReached,
  positionReported,
  sensorRead,
  transportCalled,
} from './movement.js';
import {
  capacityChanged,
  locationChanged,
  locationClosed,
  locationReopened,
  parametersChanged,
  productDescribed,
  serviceCancelled,
  serviceScheduled,
} from './network.js';
import { instant } from './primitives.js';

/** Every kind of event the log knows, with the schema of its data. */
export const eventData = {
  'org.portolan.parameters.changed': parametersChanged,
  'org.portolan.location.changed': locationChanged,
  'org.portolan.location.closed': locationClosed,
  'org.portolan.location.reopened': locationReopened,
  'org.portolan.service.scheduled': serviceScheduled,
  'org.portolan.service.cancelled': serviceCancelled,
  'org.portolan.capacity.changed': capacityChanged,
  'org.portolan.product.described': productDescribed,
  'org.portolan.order.placed': orderPlaced,
  'org.portolan.order.cancelled': orderCancelled,
  'org.portolan.lot.registered': lotRegistered,
  'org.portolan.lot.withdrawn': lotWithdrawn,
  'org.portolan.equipment.moved': equipmentMoved,
  'org.portolan.equipment.stowed': equipmentStowed,
  'org.portolan.transport.called': transportCalled,
  'org.portolan.call.described': callDescribed,
  'org.portolan.milestone.reached': milestoneReached,
  'org.portolan.sensor.read': sensorRead,
  'org.portolan.position.reported': positionReported,
  'org.portolan.decision.made': decisionMade,
  'org.portolan.clock.ticked': clockTicked,
  'org.portolan.event.retracted': eventRetracted,
} as const;

export type EventType = keyof typeof eventData;
export type EventData<T extends EventType> = z.infer<(typeof eventData)[T]>;

const attribute = z.string().min(1).max(600);

/** The CloudEvents 1.0 context attributes of an event in the log (`data` apart). */
export const envelope = z.object({
  specversion: z.literal('1.0'),
  id: attribute.meta({
    description: "Derived from the sender's own identifier and revision: sent twice, it is one event",
  }),
  source: attribute.meta({ description: 'URI reference of the sender' }),
  type: z.enum(Object.keys(eventData) as [EventType, ...EventType[]]),
  subject: attribute.optional(),
  time: instant.meta({ description: 'When it occurred' }),
  recordedtime: instant.meta({ description: "When it was received: the planner's now is the largest of these" }),
  partitionkey: attribute.meta({ description: 'The planning cell' }),
  datacontenttype: z.literal('application/json').optional(),
  dataschema: z.string().optional(),
  revisionof: attribute
    .optional()
    .meta({ description: "The sender's identifier without its revision; the newest revision counts" }),
  revision: attribute
    .optional()
    .meta({ description: 'Orders revisions of one identifier: an instant or a number as text' }),
});

export type Envelope = z.infer<typeof envelope>;
export type EventOf<T extends EventType> = Omit<Envelope, 'type'> & { type: T; data: EventData<T> };
/** One event of the log: a union over `type`. */
export type PortolanEvent = { [T in EventType]: EventOf<T> }[EventType];

/** An event before it is received: without the moment of reception and the cell, which the receiver adds. */
export type EventDraft = {
  [T in EventType]: Omit<EventOf<T>, 'recordedtime' | 'partitionkey' | 'specversion'>;
}[EventType];

/** One thing wrong with an input: where (JSON Pointer, RFC 6901), what was found, and what would be right. */
export interface Fault {
  readonly pointer: string;
  readonly value?: unknown;
  readonly message: string;
}

export type Parsed<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly faults: readonly Fault[] };

/**
 * An event from JSON, or everything that is wrong with it at once. Attributes CloudEvents allows beyond ours are dropped. The event may
 * be the object that was given, where nothing of it is to be changed.
 */
export function parseEvent(json: unknown): Parsed<PortolanEvent> {
  return conformsToEvent(json) ? { ok: true, value: json } : parseBySchema(json);
}

const conformsToEnvelope = conformsTo(z.strictObject({ ...envelope.shape, data: z.unknown() }));

/** Is this data of a type as its schema has it? Where not, the schema has the word. */
export const conformsToData = Object.fromEntries(
  Object.entries(eventData).map(([type, schema]) => [type, conformsTo(schema)]),
) as Readonly<Record<EventType, Conforms>>;

const conformsToEvent = (json: unknown): json is PortolanEvent =>
  conformsToEnvelope(json) && conformsToData[(json as PortolanEvent).type]((json as PortolanEvent).data);

function parseBySchema(json: unknown): Parsed<PortolanEvent> {
  const head = envelope.safeParse(json);
  const faults = head.success ? [] : faultsOf(head.error, json);
  const type = (json as { type?: unknown } | null)?.type;
  const schema = isType(type) ? (eventData[type] as z.ZodType) : undefined;
  const data = schema?.safeParse((json as { data?: unknown }).data);
  if (data && !data.success) faults.push(...faultsOf(data.error, (json as { data?: unknown }).data, '/data'));
  if (!head.success || !data?.success) return { ok: false, faults };
  // What the schema gives is a new object: a copy of it would cost as much as all its checks.
  return { ok: true, value: Object.assign(head.data, { data: data.data }) as PortolanEvent };
}

/** Names that every object has, such as `valueOf`, are no types. */
const isType = (type: unknown): type is EventType => typeof type === 'string' && Object.hasOwn(eventData, type);

/** zod's issues as faults, each with its pointer and the value found there. */
export function faultsOf(error: z.ZodError, input: unknown, prefix = ''): Fault[] {
  return error.issues.flatMap((issue) => {
    const paths = issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
    return paths.map((path) => ({
      pointer: prefix + path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join(''),
      value: valueAt(input, path),
      message: issue.code === 'unrecognized_keys' ? 'is not a known field' : issue.message,
    }));
  });
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown> | undefined | null)?.[key], input);
}
