import { type EventData, type PortolanEvent, formatInstant, parseInstant } from '@portolan/domain';

interface Place {
  readonly lat: number;
  readonly lon: number;
}

/** A vessel's way from one call to the next, by the timetable. */
interface Passage {
  readonly service: string;
  readonly departs: number;
  readonly arrives: number;
  readonly from: Place;
  readonly to: Place;
}

/** Positions of vessels on their way, as many as wanted, spread evenly over the passages of a story. */
export function positionsOf(story: readonly PortolanEvent[], wanted: number): PortolanEvent[] {
  const begun = story.find(({ type }) => type === 'org.portolan.clock.ticked')!;
  const [start, end] = [begun, story.at(-1)!].map(({ recordedtime }) => parseInstant(recordedtime)!) as [
    number,
    number,
  ];
  const passages = passagesOf(story).filter(({ departs, arrives }) => departs > start && arrives < end);
  return Array.from({ length: wanted }, (_, index) => {
    const passage = passages[index % passages.length]!;
    const rounds = Math.ceil(wanted / passages.length);
    return positionOn(passage, (Math.floor(index / passages.length) + 1) / (rounds + 1), begun);
  });
}

function passagesOf(story: readonly PortolanEvent[]): Passage[] {
  const places = new Map<string, Place>();
  for (const { type, data } of story)
    if (type === 'org.portolan.location.changed' && data.position) places.set(data.id, data.position);
  return story.flatMap((event) =>
    event.type === 'org.portolan.service.scheduled' ? passagesIn(event.data, places) : [],
  );
}

const passagesIn = (
  { id, calls = [] }: EventData<'org.portolan.service.scheduled'>,
  places: ReadonlyMap<string, Place>,
): Passage[] =>
  calls.slice(1).flatMap((call, index) => {
    const before = calls[index]!;
    const [from, to] = [places.get(before.location), places.get(call.location)];
    if (!from || !to || before.departs === undefined || call.arrives === undefined) return [];
    return [{ service: id, departs: parseInstant(before.departs)!, arrives: parseInstant(call.arrives)!, from, to }];
  });

function positionOn(
  { service, departs, arrives, from, to }: Passage,
  share: number,
  like: PortolanEvent,
): PortolanEvent {
  const at = formatInstant(departs + Math.round((arrives - departs) * share));
  const between = (a: number, b: number) => Number((a + (b - a) * share).toFixed(5));
  return {
    specversion: '1.0',
    id: `${service}/${at}`,
    source: '/vessels',
    type: 'org.portolan.position.reported',
    subject: service,
    time: at,
    recordedtime: at,
    partitionkey: like.partitionkey,
    data: {
      transport: { service },
      at,
      position: { lat: between(from.lat, to.lat), lon: between(from.lon, to.lon) },
      speedKnots: 6,
    },
  };
}
