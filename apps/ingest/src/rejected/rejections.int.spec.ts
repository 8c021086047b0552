import { randomUUID } from 'node:crypto';
import { openKafkaLog } from '@portolan/streams';
import { rejectionsContract } from '../testing/rejected-contract.js';

const kafka = process.env['PORTOLAN_TEST_KAFKA'] ?? '';

(kafka ? describe : describe.skip)(
  `rejections on Kafka${kafka ? '' : ' (needs PORTOLAN_TEST_KAFKA: node tools/servers/run.mjs npm run test:int)'}`,
  () => {
    rejectionsContract('Kafka', async () => {
      const run = randomUUID();
      return {
        open: () => openKafkaLog({ brokers: [kafka], partitions: 3 }),
        cell: (name) => `${name}-${run}`,
        dispose: async () => {},
      };
    });
  },
);
