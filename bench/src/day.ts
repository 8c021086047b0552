import { DAY, type PortolanEvent, formatInstant, parseInstant } from '@portolan/domain';
import type { Entry } from '@portolan/replay';
import { syntheticHinterland } from '@portolan/synthetic';

/** What sensors and vessels say between what matters: one reading or position each so often. */
const SENSORS = 1200;

/**
 * A day of a planning cell: all that leads to its problem, what happens in the first day, and readings of reefers and positions of barges
 * in between, so many events in all.
 */
export function dayOf(shipments: number, total: number): Entry[] {
  const story = [...syntheticHinterland({ shipments, seed: 1 }).events()];
  const opening = story.findIndex(({ type }) => type === 'org.portolan.clock.ticked') + 1;
  const start = parseInstant(story[opening - 1]!.recordedtime)!;
  const day = story.slice(opening).filter(({ recordedtime }) => parseInstant(recordedtime)! <= start + DAY);
  const talk = talkOf(story[0]!.partitionkey, start, story.slice(0, opening), total - opening - day.length);
  const later = [...day, ...talk].sort((a, b) =>
    a.recordedtime < b.recordedtime ? -1 : a.recordedtime > b.recordedtime ? 1 : 0,
  );
  return [...story.slice(0, opening), ...later].map((event, position) => ({ event, position }));
}

function talkOf(cell: string, start: number, opening: readonly PortolanEvent[], count: number): PortolanEvent[] {
  const runs = opening.flatMap((event) =>
    event.type === 'org.portolan.service.scheduled' && event.data.calls ? [event.data] : [],
  );
  const places = new Map(
    opening.flatMap((event) =>
      event.type === 'org.portolan.location.changed' ? [[event.data.id, event.data.position]] : [],
    ),
  );
  return Array.from({ length: count }, (_, index): PortolanEvent => {
    const at = formatInstant(start + Math.floor((index * DAY) / count / 1000) * 1000);
    const envelope = { specversion: '1.0', source: '/talk', time: at, recordedtime: at, partitionkey: cell } as const;
    const run = runs[index % runs.length]!;
    const position = places.get(run.calls![0]!.location);
    if (index % 3 === 0 && position)
      return {
        ...envelope,
        id: `p${index}`,
        type: 'org.portolan.position.reported',
        data: { transport: { service: run.id }, at, position },
      };
    const equipment = `TALK${String(index % SENSORS).padStart(7, '0')}`;
    return {
      ...envelope,
      id: `s${index}`,
      type: 'org.portolan.sensor.read',
      data: { equipment, at, temperature: (index % 7) - 3 },
    };
  });
}
