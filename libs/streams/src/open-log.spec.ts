import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kafkaOf } from './kafka/kafkajs/client.js';
import { baseOptions } from './kafka/platformatic/client.js';
import { kafkaOptions, type LogSettings, openLog } from './open-log.js';

const settings: LogSettings = { log: 'kafka', data: '.portolan', kafkaBrokers: ['kafka:9092'] };

describe('the settings of the Kafka log', () => {
  const folder = mkdtempSync(join(tmpdir(), 'portolan-settings-'));
  const file = (name: string) => {
    writeFileSync(join(folder, name), `the ${name}`);
    return join(folder, name);
  };
  afterAll(() => rmSync(folder, { recursive: true }));

  it('are neither TLS nor a login unless told', () => {
    expect(kafkaOptions(settings)).toEqual({ brokers: ['kafka:9092'] });
    expect(kafkaOptions({ ...settings, kafkaTls: 'off', kafkaSasl: 'off' })).toEqual({ brokers: ['kafka:9092'] });
  });

  it('become the client, its certificates and its login', () => {
    const secured = {
      ...settings,
      kafkaClient: 'platformatic',
      kafkaPartitions: 12,
      kafkaCompression: 'lz4',
      kafkaInstance: 'optimizer-1',
      kafkaTls: 'on',
      kafkaCa: file('authority'),
      kafkaCertificate: file('certificate'),
      kafkaKey: file('key'),
      kafkaSasl: 'scram-sha-512',
      kafkaUsername: 'portolan',
      kafkaPassword: 'secret',
    } as const;
    expect(kafkaOptions(secured)).toEqual({
      brokers: ['kafka:9092'],
      client: 'platformatic',
      partitions: 12,
      compression: 'lz4',
      instance: 'optimizer-1',
      tls: { ca: 'the authority', cert: 'the certificate', key: 'the key' },
      sasl: { mechanism: 'scram-sha-512', username: 'portolan', password: 'secret' },
    });
  });

  it('reach both clients under the names they have there', () => {
    const options = kafkaOptions({
      ...settings,
      kafkaTls: 'on',
      kafkaSasl: 'plain',
      kafkaUsername: 'portolan',
      kafkaPassword: 'secret',
    });
    expect(baseOptions(options)).toMatchObject({
      tls: {},
      sasl: { mechanism: 'PLAIN', username: 'portolan', password: 'secret' },
    });
    expect(() => kafkaOf(options)).not.toThrow();
  });

  it('say what is missing', async () => {
    const faults = [
      [{ kafkaSasl: 'plain', kafkaUsername: 'portolan' }, 'PORTOLAN_KAFKA_PASSWORD'],
      [{ kafkaTls: 'on', kafkaCa: join(folder, 'nowhere') }, 'PORTOLAN_KAFKA_CA'],
      [{ kafkaTls: 'on', kafkaKey: file('key') }, 'PORTOLAN_KAFKA_CERTIFICATE'],
    ] as const;
    for (const [given, named] of faults) {
      const refused: unknown = await openLog({ ...settings, ...given }).catch((error: unknown) => error);
      expect(refused).toMatchObject({ name: 'LogError', code: 'log-refused', retriable: false });
      expect(String(refused)).toContain(named);
    }
  });

  it('refuse static membership with kafkajs, which has none', async () => {
    await expect(openLog({ ...settings, kafkaClient: 'kafkajs', kafkaInstance: 'optimizer-1' })).rejects.toThrow(
      'instance (optimizer-1) needs the client platformatic',
    );
  });
});
