import { HOUR, type PortolanEvent, formatInstant } from '@portolan/domain';

/** An hour of 2 March 2026, or of the days behind it. */
export const at = (hour: number): string => formatInstant(Date.UTC(2026, 2, 2) + hour * HOUR);

/** An event of the cell `c`, received when it occurred. */
export const event = (
  hour: number,
  type: string,
  data: object,
  id = JSON.stringify(data).slice(0, 60),
): PortolanEvent =>
  ({
    specversion: '1.0',
    id: `${type}/${hour}/${id}`,
    source: '/test',
    type: `org.portolan.${type}`,
    time: at(hour),
    recordedtime: at(hour),
    partitionkey: 'c',
    data,
  }) as unknown as PortolanEvent;
