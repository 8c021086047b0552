import type { EventLog } from './log.js';

/** The same log with another way to append. */
export const withAppend = (log: EventLog, append: EventLog['append']): EventLog => ({
  append,
  read: (...of) => log.read(...of),
  ends: (topic) => log.ends(topic),
  subscribe: (...to) => log.subscribe(...to),
  lag: (group, topic) => log.lag(group, topic),
  room: async () => log.room?.(),
  close: () => log.close(),
});
