import type { State } from '@portolan/domain';
import { patternOf } from '../document.js';
import type { Told, Warning } from '../script.js';
import type { ChangeOf } from '../variants.js';
import { nameOf, said } from './events.js';

/** Places are closed, each by a closure of its own. */
export function closed(change: ChangeOf<'close'>, state: State): Told {
  const { location: pattern, from, to, reason } = change.change;
  const events = meant(state, pattern).map((location) =>
    said(change, 'org.portolan.location.closed', location, {
      closure: `what-if/${nameOf(change)}/${location}`,
      location,
      from,
      to,
      reason: reason ?? 'what if',
    }),
  );
  return { events };
}

/** All closures of the places that are known and not over end; a warning where there are none. */
export function reopened(change: ChangeOf<'reopen'>, state: State): Told {
  const { location: pattern } = change.change;
  const events = meant(state, pattern).flatMap((location) =>
    (state.closures.get(location) ?? [])
      .filter(({ to }) => to > state.now)
      .map(({ id }) => said(change, 'org.portolan.location.reopened', `${location}/${id}`, { closure: id, location })),
  );
  return events.length > 0 ? { events } : { events, warning: alreadyOpen(change) };
}

const alreadyOpen = ({ pointer, change: { location, at } }: ChangeOf<'reopen'>): Warning => ({
  pointer: `${pointer}/location`,
  message: `(${location}) is open at ${at}: what had closed it was over by then, and nothing changes`,
});

const meant = (state: State, pattern: string): string[] =>
  [...state.locations.keys()].filter((id) => patternOf(pattern).test(id)).sort();
