// A member of a group on Kafka that runs until it is killed, and prints each record it has handled.
// Arguments: client, broker, topic, group. Each line: `partition offset value`.
import { writeSync } from 'node:fs';
import { openKafkaLog } from '../kafka/kafka-log.js';
import type { KafkaClientName } from '../kafka/options.js';

const [client, broker = '', topic = '', group = ''] = process.argv.slice(2);
const log = await openKafkaLog({ brokers: [broker], client: client as KafkaClientName });
const settings = { group, topics: [topic], from: 'committed' as const, maxBatch: 10 };
await log.subscribe(settings, async (batch) => {
  await new Promise((resolve) => setTimeout(resolve, 5));
  // Straight to the pipe: what a killed process had in its buffers would be missing here.
  const lines = batch.map(
    ({ partition, offset, value }) => `${partition} ${offset} ${Buffer.from(value).toString()}\n`,
  );
  writeSync(1, lines.join(''));
});
writeSync(1, 'joined\n');
