import type { EventData } from '@portolan/domain';
import { vesselIn } from '../dcsa/call.js';
import { locationOf3, unlocodeIn } from '../dcsa/place.js';
import { compact } from '../json/content.js';
import type { Fields } from '../json/fields.js';
import { type EventCode, eventCodes, eventsOf } from './codes.js';

type Described = EventData<'org.portolan.call.described'>;

/** What one object says that others refer to by its id. */
export interface Description {
  readonly data: Described;
  /** Another reference for the same thing. */
  readonly alias?: string | undefined;
  /** Of a port call service. */
  readonly service?: { readonly type: string; readonly event: EventCode };
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** An id of the standard, lower-cased as RFC 9562 compares them. */
export function uuidIn(fields: Fields, name: string): string | undefined {
  const text = fields.requiredText(name, 100);
  if (text === undefined || UUID.test(text)) return text?.toLowerCase();
  return fields.fault(name, 'must be a UUID, such as 0342254a-5927-4856-b9c9-aa12e7c00563');
}

/** `PortCall`: a vessel's visit to a port. */
export function portCallIn(root: Fields): Description | undefined {
  const reference = uuidIn(root, 'portCallID');
  const unlocode = root.has('UNLocationCode') ? unlocodeIn(root) : root.fault('UNLocationCode', 'is required');
  const vessel = root.object('vessel') ?? root.fault('vessel', 'is required');
  const transport = vessel && vesselOf(vessel);
  if (reference === undefined || !transport) return undefined;
  const data = { reference, transport: { mode: 'vessel', ...transport }, place: compact({ unlocode }) };
  return { data, alias: root.text('portVisitReference', 50) };
}

function vesselOf(vessel: Fields): Described['transport'] {
  const mmsi = vessel.text('MMSINumber', 20);
  if (mmsi !== undefined && !/^\d{9}$/.test(mmsi)) return vessel.fault('MMSINumber', 'must have nine digits');
  if (mmsi === undefined && !vessel.has('vesselIMONumber'))
    return vessel.fault('', 'must have vesselIMONumber or MMSINumber');
  return compact({ ...vesselIn(vessel, 'name'), mmsi });
}

/** `TerminalCall`: a visit to one terminal within a port call, with the carrier's names of it. */
export function terminalCallIn(root: Fields): Description | undefined {
  const [reference, within] = [uuidIn(root, 'terminalCallID'), uuidIn(root, 'portCallID')];
  const service = root.requiredText('carrierServiceCode', 50);
  const voyages = [
    'carrierImportVoyageNumber',
    'carrierExportVoyageNumber',
    'universalImportVoyageReference',
    'universalExportVoyageReference',
  ].flatMap((name) => root.text(name, 50) ?? []);
  const callReference = root.text('terminalCallReference', 100);
  if (reference === undefined || within === undefined) return undefined;
  const transport = compact({
    voyages: voyages.length > 0 ? [...new Set(voyages)] : undefined,
    carrierService: service,
    callReference,
  });
  return { data: { reference, within, transport } };
}

/** `PortCallService`: a berth, a pilot, tugs … and which event of it times are about. */
export function serviceIn(root: Fields): Description | undefined {
  const [reference, within] = [uuidIn(root, 'portCallServiceID'), uuidIn(root, 'terminalCallID')];
  const type = root.requiredText('portCallServiceTypeCode', 50);
  const event = eventIn(root, type);
  const location = root.object('portCallServiceLocation') ?? root.fault('portCallServiceLocation', 'is required');
  const place = location && locationOf3(location);
  if (reference === undefined || within === undefined || type === undefined || !event) return undefined;
  const call = type !== 'BERTH' ? undefined : event === 'ARRI' ? ('arrival' as const) : ('departure' as const);
  return { data: compact({ reference, within, place, call }), service: { type, event } };
}

function eventIn(root: Fields, type: string | undefined): EventCode | undefined {
  if (!root.has('portCallServiceEventTypeCode')) return root.fault('portCallServiceEventTypeCode', 'is required');
  const event = root.code('portCallServiceEventTypeCode', eventCodes);
  const allowed = type === undefined ? undefined : eventsOf.get(type);
  if (type !== undefined && !allowed) root.flag(`unknown-service: ${type} is no type of service that DCSA lists`);
  return event === undefined || !allowed || allowed.includes(event)
    ? event
    : root.fault('portCallServiceEventTypeCode', `of ${type} must be ${allowed.join(' or ')}`);
}
