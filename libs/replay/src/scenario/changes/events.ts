import type { EventData, EventDraft, EventType } from '@portolan/domain';
import type { Change } from '../variants.js';

/** Names a change in the ids of its events; the same in all runs. */
export const nameOf = ({ pointer }: Change): string =>
  pointer.replace(/^\/variants\/(\d+)\/changes\/(\d+)\/.*$/, '$1.$2');

/** An event that a change says; `about` makes its id differ from those of its other events. */
export const said = <T extends EventType>(change: Change, type: T, about: string, data: EventData<T>): EventDraft =>
  ({
    id: `what-if/${nameOf(change)}/${about}`,
    source: '/what-if',
    type,
    subject: about,
    time: '',
    data,
  }) as unknown as EventDraft;
