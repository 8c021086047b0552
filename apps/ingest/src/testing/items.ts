import type { EventDraft } from '@portolan/domain';
import type { AcceptedItem, RejectedItem } from '@portolan/formats';

/** An item that says one event, whose id it is. */
export const accepted = (id: string, index: number): AcceptedItem => ({
  index,
  pointer: `/${index}`,
  ok: true,
  events: [
    {
      id,
      source: '/test',
      type: 'org.portolan.clock.ticked',
      time: '2026-03-02T07:00:00Z',
      data: { now: '2026-03-02T07:00:00Z' },
    } as EventDraft,
  ],
});

export const rejected = (value: string, index: number): RejectedItem => ({
  index,
  pointer: `/${index}`,
  ok: false,
  faults: [{ pointer: `/${index}`, value, message: 'must be another letter' }],
});
