import type { PlanPublication, PortolanEvent } from '@portolan/domain';

/**
 * A tick of the clock that asks for one more planning step: a plan that ran out of time goes on where it stopped, also when nothing
 * else happens. One for each plan that was stopped.
 */
export const goingOn = ({ cell, position, now }: PlanPublication): PortolanEvent => ({
  specversion: '1.0',
  id: `going-on/${position}`,
  source: '/optimizer',
  type: 'org.portolan.clock.ticked',
  time: now,
  recordedtime: now,
  partitionkey: cell,
  data: { now },
});
