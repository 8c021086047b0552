import type { PortolanEvent } from '@portolan/domain';
import { nearest } from '@portolan/formats';
import { patternOf } from './document.js';
import { transportPattern } from './selection.js';

/** Names of one kind of thing. */
export interface Known {
  /** Why a pattern means none of them, with the one that was perhaps meant; `undefined` where it means some. */
  unknown(pattern: string): string | undefined;
  like(pattern: string): readonly string[];
}

/** What the events of a log give names to. */
export interface Names {
  readonly locations: Known;
  readonly services: Known;
  /** Services, vessels and voyages. */
  readonly transports: Known;
}

export type NamingEvent = Pick<PortolanEvent, 'type' | 'data'>;

export function namesIn(events: readonly NamingEvent[]): Names {
  const [locations, services, transports] = [new Set<string>(), new Set<string>(), new Set<string>()];
  for (const event of events as readonly PortolanEvent[])
    if (event.type === 'org.portolan.location.changed') locations.add(event.data.id);
    else if (event.type === 'org.portolan.service.scheduled') {
      const { id, vessel, voyages = [] } = event.data;
      services.add(id);
      for (const name of [id, ...voyages, vessel?.imo, vessel?.mmsi, vessel?.name])
        if (name !== undefined) transports.add(name);
    }
  return {
    locations: known(locations, patternOf),
    services: known(services, patternOf),
    transports: known(transports, transportPattern),
  };
}

function known(names: ReadonlySet<string>, readAs: typeof patternOf): Known {
  const all = [...names];
  const like = (pattern: string) => all.filter(readAs(pattern).test);
  return {
    like,
    unknown: (pattern) => {
      if (like(pattern).length > 0) return undefined;
      const meant = nearest(pattern, all);
      return meant === undefined ? '' : `; did you mean ${meant}?`;
    },
  };
}
