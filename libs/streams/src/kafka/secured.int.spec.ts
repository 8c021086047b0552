import { randomUUID } from 'node:crypto';
import { canRunKafka, startSecuredKafka, stopProcess } from '../../../../tools/servers/servers.mjs';
import { text } from '../testing/event-log-contract.js';
import { Received, until } from '../testing/received.js';
import { openKafkaLog } from './kafka-log.js';
import type { KafkaClientName, KafkaLogOptions, SaslOptions } from './options.js';

const why = canRunKafka() ? '' : ' (skipped: no Java and Maven to run a broker with TLS)';
const clients: readonly KafkaClientName[] = ['kafkajs', 'platformatic'];
const mechanisms: readonly SaslOptions['mechanism'][] = ['plain', 'scram-sha-256', 'scram-sha-512'];

(canRunKafka() ? describe : describe.skip)(`a broker that wants TLS and a login${why}`, () => {
  let broker: Awaited<ReturnType<typeof startSecuredKafka>>;
  beforeAll(async () => {
    broker = await startSecuredKafka();
  }, 120_000);
  afterAll(() => stopProcess(broker), 30_000);

  const roundTrip = async (options: KafkaLogOptions) => {
    const topic = `test-${randomUUID()}`;
    const log = await openKafkaLog({ ...options, partitions: 1 });
    try {
      await log.append(topic, [{ key: 'cell', value: 'kept safe' }]);
      const received = new Received();
      await log.subscribe({ group: topic, topics: [topic], from: 'committed' }, received.handle);
      await until(() => received.records.length === 1, 20_000);
      return received.records.map(text);
    } finally {
      await log.close();
    }
  };

  describe.each(clients)('by %s', (client) => {
    it('takes us with TLS when we trust its certificate', async () => {
      expect(await roundTrip({ client, brokers: [broker.tls], tls: { ca: broker.ca } })).toEqual(['kept safe']);
    });

    it.each(mechanisms)('takes our login by %s', async (mechanism) => {
      const options = { client, brokers: [broker.sasl], tls: { ca: broker.ca }, sasl: { mechanism, ...broker.user } };
      expect(await roundTrip(options)).toEqual(['kept safe']);
    });

    it('refuses a wrong password, and we say so', async () => {
      const sasl = { mechanism: 'scram-sha-512', username: broker.user.username, password: 'wrong' } as const;
      const opening = openKafkaLog({ client, brokers: [broker.sasl], tls: { ca: broker.ca }, sasl });
      await expect(opening).rejects.toMatchObject({ name: 'LogError', code: 'log-refused', retriable: false });
    }, 40_000);

    it('is not spoken to when its certificate is unknown', async () => {
      const opening = openKafkaLog({ client, brokers: [broker.tls], tls: true });
      await expect(opening).rejects.toMatchObject({ name: 'LogError', code: 'log-unreachable' });
    }, 40_000);
  });
});
