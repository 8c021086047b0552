import { parseArgs } from 'node:util';
import type { KafkaClientName } from '@portolan/streams';
import { Stage } from './kills/stage.js';
import { whole } from './options.js';
import { type Outage, suffer } from './outage/outage.js';

// npm run check:outage [-- --seconds N --kind killed|silent --client NAME]: the broker goes away for so long, by both clients and in both ways
// unless told otherwise, while events are sent. Exits with 1 when an accepted event is lost or doubled (docs/resilience.md).
const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    kind: { type: 'string' },
    client: { type: 'string' },
  },
});
const seconds = whole('seconds', values.seconds);
const kinds = (values.kind === undefined ? ['killed', 'silent'] : [values.kind]) as Outage['kind'][];
const clients = (values.client === undefined ? ['platformatic', 'kafkajs'] : [values.client]) as KafkaClientName[];

for (const client of clients)
  for (const kind of kinds) {
    const stage = await Stage.open({ client, partitions: 6, durable: false });
    try {
      const { lost, doubled, ...figures } = await suffer(stage, { kind, seconds });
      const fine = lost.length + doubled.length === 0;
      console.log(`${fine ? '✓' : '✕'} ${client}, ${kind} for ${seconds} s: ${JSON.stringify(figures)}`);
      if (!fine) console.log(`    lost: ${lost.join(', ')}; doubled: ${doubled.join(', ')}`);
      if (!fine) process.exitCode = 1;
    } finally {
      await stage.close();
    }
  }
