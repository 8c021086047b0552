import type { EventLog } from '@portolan/streams';

/** A log with topics of its own within another: its first record is at offset 0, whoever else writes there. */
export const apart = (log: EventLog, name: string): EventLog => {
  const own = (topic: string) => `${topic}.${name}`;
  return {
    append: (topic, records) => log.append(own(topic), records),
    read: (topic, ...range) => log.read(own(topic), ...range),
    ends: (topic) => log.ends(own(topic)),
    subscribe: ({ group, topics, ...options }, handler) =>
      log.subscribe({ ...options, group: own(group), topics: topics.map(own) }, handler),
    lag: (group, topic) => log.lag(own(group), own(topic)),
    close: () => log.close(),
  };
};
