import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { faultLine, loadConfig } from './load-config.js';

describe('the configuration', () => {
  const directory = mkdtempSync(join(tmpdir(), 'portolan-config-'));
  afterAll(() => rmSync(directory, { recursive: true }));

  const fileWith = (text: string): string => {
    const path = join(directory, 'portolan.yaml');
    writeFileSync(path, text);
    return path;
  };
  const linesOf = (sources: Parameters<typeof loadConfig>[0]) => {
    const config = loadConfig(sources);
    return config.ok ? [] : config.faults.map(faultLine).map((line) => line.replaceAll(directory, '.'));
  };

  it('has a default for everything: one process on loopback, log and store embedded', () => {
    const config = loadConfig({ env: {} });
    expect(config).toEqual({
      ok: true,
      settings: {
        data: '.portolan',
        host: '127.0.0.1',
        port: 8080,
        log: 'embedded',
        kafkaBrokers: ['127.0.0.1:9092'],
        kafkaClient: 'platformatic',
        kafkaPartitions: 6,
        kafkaCompression: 'none',
        kafkaTls: 'off',
        kafkaSasl: 'off',
        kafkaSession: 6,
        store: 'embedded',
        redisUrl: 'redis://127.0.0.1:6379',
        redisSentinels: [],
        redisPrimary: 'mymaster',
        redisCluster: [],
        redisTls: 'off',
        redisPrefix: 'portolan',
        cell: 'default',
        historyDays: 90,
        aisSources: [],
        aisInterval: 60,
        bodyLimit: 10_485_760,
        planningSeconds: 60,
        planningMemory: 4096,
        readyLag: 1000,
        snapshotEvents: 5000,
        snapshotMinutes: 10,
        logLevel: 'info',
      },
    });
  });

  it('takes flags before the environment before the file', () => {
    const file = fileWith('port: 1\nhost: file\ncell: file\nbodyLimit: 20 MiB\nkafkaBrokers: [a:1, b:2]');
    const config = loadConfig({
      file,
      env: { PORTOLAN_PORT: '2', PORTOLAN_HOST: 'env', PORTOLAN_AIS_SOURCES: 'a:1, [::1]:2' },
      argv: ['--port=3', '--log', 'kafka'],
    });
    expect(config.ok && config.settings).toMatchObject({
      port: 3,
      host: 'env',
      cell: 'file',
      log: 'kafka',
      bodyLimit: 20_971_520,
      kafkaBrokers: ['a:1', 'b:2'],
      aisSources: ['a:1', '[::1]:2'],
    });
  });

  it('tells all that is wrong at once, each with where it was said', () => {
    const file = fileWith('prot: 8080\nlogLevel: loud');
    const env = {
      PORTOLAN_PORT: '80800',
      PORTOLAN_KAFKA_BROKERS: 'kafka',
      PORTOLAN_REDIS_URL: 'http://:secret@x',
      PORTOLAN_REDIS_SENTINELS: 'sentinel',
      PORTOLAN_REDIS_PREFIX: '{a}',
      PORTOLAN_BODY_LIMIT: 'much',
      PORTOLAN_AIS_SOURCES: '127.0.0.1:4001, receiver',
    };
    expect(linesOf({ file, env, argv: ['--store', 'disk', '--colour', '--cell'] })).toEqual([
      expect.stringMatching(/^\.\/portolan\.yaml: prot is not known\. There are data, /) as string,
      expect.stringMatching(/^--colour is not known/) as string,
      '--cell needs a value',
      'PORTOLAN_PORT (80800) must be 65535 or less',
      'PORTOLAN_KAFKA_BROKERS (kafka) must be host:port, such as 127.0.0.1:9092',
      '--store (disk) must be embedded or redis',
      'PORTOLAN_REDIS_URL must be a URL, such as redis://127.0.0.1:6379',
      'PORTOLAN_REDIS_SENTINELS (sentinel) must be host:port, such as 127.0.0.1:6379',
      'PORTOLAN_REDIS_PREFIX ({a}) must be 1 to 64 letters, digits, or . : _ -',
      'PORTOLAN_AIS_SOURCES (127.0.0.1:4001, receiver) must be host:port, such as 127.0.0.1:4001',
      'PORTOLAN_BODY_LIMIT (much) must be a number of bytes, or one with a unit, such as 10MiB',
      './portolan.yaml: logLevel (loud) must be fatal, error, warn, info, debug, trace or silent',
    ]);
  });

  it('wants a file that was named to be there, and to be YAML', () => {
    expect(linesOf({ env: { PORTOLAN_CONFIG: join(directory, 'none.yaml') } })).toEqual([
      './none.yaml cannot be read (ENOENT)',
    ]);
    expect(linesOf({ env: {}, argv: ['--config', fileWith('a: [')] })[0]).toMatch(
      /portolan\.yaml is not YAML: .* at line 1, column 5/,
    );
    expect(linesOf({ env: {}, file: fileWith('- port') })[0]).toMatch('must be names and values');
    expect(linesOf({ env: {}, file: fileWith('') })).toEqual([]);
  });

  it('does not show what may hold a password', () => {
    const env = { PORTOLAN_REDIS_URL: 'redis://:secret@x/one', PORTOLAN_REDIS_PASSWORD: '  ' };
    expect(linesOf({ env })).toEqual([
      'PORTOLAN_REDIS_URL must end with the number of a database, if with anything',
      'PORTOLAN_REDIS_PASSWORD must not be empty',
    ]);
  });

  it.each(['1.5', '-1', 'http', '70000'])('does not take %s for a port', (port) =>
    expect(linesOf({ env: { PORTOLAN_PORT: port } })).toHaveLength(1),
  );
});
