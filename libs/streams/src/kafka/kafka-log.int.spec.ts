import { randomUUID } from 'node:crypto';
import { eventLogContract } from '../testing/event-log-contract.js';
import { describeWithServer } from '../testing/server.js';
import { openKafkaLog } from './kafka-log.js';

describeWithServer('PORTOLAN_TEST_KAFKA', (address) => {
  eventLogContract('Kafka', async () => ({
    open: () => openKafkaLog({ brokers: [address], partitions: 3 }),
    topic: () => `test-${randomUUID()}`,
    partitions: 3,
    patience: 20_000,
    dispose: async () => {},
  }));
});
