import { type EventData, type EventType, type Millis, type PortolanEvent, formatInstant } from '@portolan/domain';

/** Something that will be told: when it is received, and the event, made when its time comes. */
export interface Telling {
  readonly at: Millis;
  readonly tell: (cell: string) => PortolanEvent;
}

interface Circumstances {
  /** The sender's own identifier; with the source it makes the event's. */
  readonly id: string;
  readonly source: string;
  readonly subject?: string;
  /** When it was received. */
  readonly at: Millis;
  /** When it happened, if not then. */
  readonly time?: Millis;
}

export const telling = <T extends EventType>(
  type: T,
  { id, source, subject, at, time = at }: Circumstances,
  data: () => EventData<T>,
): Telling => ({
  at,
  tell: (cell) =>
    ({
      specversion: '1.0',
      id: `${source}/${id}`,
      source,
      type,
      ...(subject !== undefined && { subject }),
      time: formatInstant(time),
      recordedtime: formatInstant(at),
      partitionkey: cell,
      datacontenttype: 'application/json',
      data: data(),
    }) as PortolanEvent,
});

/** In order of reception; what is received at the same moment stays in the order given. */
export const inOrder = (tellings: readonly Telling[]): Telling[] => tellings.toSorted((a, b) => a.at - b.at);
