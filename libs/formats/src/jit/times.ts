import type { EventData, Millis } from '@portolan/domain';
import { classifiers } from '../dcsa/codes.js';
import type { Fact } from '../dcsa/facts.js';
import { locationOf3, positionIn } from '../dcsa/place.js';
import { compact } from '../json/content.js';
import type { Fields } from '../json/fields.js';
import { type Batch, resolvedIn } from './batch.js';
import { uuidIn } from './objects.js';

type Milestone = EventData<'org.portolan.milestone.reached'>;

/** A fact with what makes its id. */
export interface Identified {
  readonly fact: Fact;
  readonly id: string;
  /** The sender's name for this word: what a cancelled service takes back. */
  readonly revisionof?: string | undefined;
}

/** `Timestamp`: what a service's event is estimated, requested, planned or known to happen at. */
export function timestampIn(root: Fields, batch: Batch, received: Millis): Identified | undefined {
  const [timestampId, serviceId] = [uuidIn(root, 'timestampID'), uuidIn(root, 'portCallServiceID')];
  const classifier = root.has('classifierCode')
    ? root.code('classifierCode', classifiers)
    : root.fault('classifierCode', 'is required');
  const location = root.object('portCallServiceLocation');
  const asked = location && locationOf3(location);
  const at = root.instant('dateTime', received, asked?.unlocode);
  if (timestampId === undefined || serviceId === undefined || !classifier || at === undefined) return undefined;
  const said = { classifier, at, place: asked, remark: root.text('remark', 500) };
  const service = batch.get(serviceId)?.service;
  const fact =
    service && service.type !== 'BERTH'
      ? serviceReached(serviceId, service, said)
      : called(root, batch, serviceId, said);
  return { fact, id: `${timestampId}@${at}`, revisionof: wordOf(serviceId, classifier) };
}

/** The name under which a service's times of one classifier are taken back. */
export const wordOf = (service: string, classifier: string): string => `/dcsa/jit#${service}/${classifier}`;

interface Said extends Pick<Milestone, 'classifier' | 'at'> {
  readonly place: ReturnType<typeof locationOf3> | undefined;
  readonly remark: string | undefined;
}

/** Without its service in the same message, the log finds out whether it is an arrival, and whose. */
function called(root: Fields, batch: Batch, serviceId: string, { place, ...said }: Said): Fact {
  const { transport, place: known, unresolved } = resolvedIn(batch, serviceId);
  const data = compact({
    ...said,
    transport: { ...transport, callReference: transport.callReference ?? unresolved ?? serviceId },
    call: batch.get(serviceId)?.data.call,
    place: place ?? known ?? {},
    delayReason: root.text('delayReasonCode', 20),
  });
  return { type: 'org.portolan.transport.called', data, subject: serviceId };
}

function serviceReached(
  serviceId: string,
  { type, event }: { type: string; event: string },
  { classifier, at, remark }: Said,
): Fact {
  const data: Milestone = compact({
    milestone: event === 'CMPL' ? ('completed' as const) : ('other' as const),
    code: event,
    classifier,
    at,
    document: { type: 'portCallService', reference: serviceId },
    reason: remark === undefined ? type : `${type}: ${remark}`,
  });
  return { type: 'org.portolan.milestone.reached', data, subject: serviceId };
}

/** `VesselStatus`: a position where it has one. The standard gives it no time: it is taken as of its reception. */
export function vesselStatusIn(root: Fields, batch: Batch, receivedAt: string, hash: string): Identified | undefined {
  const serviceId = uuidIn(root, 'portCallServiceID');
  if (serviceId === undefined) return undefined;
  root.flag('no-time: the message has none, so that of its reception is taken');
  const position = positionIn(root.object('vesselPosition')?.object('geoCoordinate'));
  const id = `${serviceId}/status@${hash}`;
  if (!position) {
    const document = { type: 'portCallService', reference: serviceId };
    const data: Milestone = {
      milestone: 'other',
      code: 'VESSEL_STATUS',
      classifier: 'actual',
      at: receivedAt,
      document,
    };
    return { fact: { type: 'org.portolan.milestone.reached', data, subject: serviceId }, id };
  }
  const { transport, unresolved } = resolvedIn(batch, serviceId);
  const { imo, mmsi, vesselName } = transport;
  const vessel = unresolved === undefined ? compact({ imo, mmsi, vesselName }) : { callReference: unresolved };
  const data = { transport: vessel, at: receivedAt, position };
  return { fact: { type: 'org.portolan.position.reported', data, subject: serviceId }, id };
}
