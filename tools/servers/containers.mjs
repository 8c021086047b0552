// The servers as containers, where there is Docker.
import { spawnSync } from 'node:child_process';
import { freePort } from './process.mjs';

const KAFKA = 'apache/kafka:4.1.1';
const REDIS = 'redis:7-alpine';

export const hasDocker = () =>
  spawnSync('docker', ['info', '--format', '{{.ServerVersion}}'], { timeout: 10_000 }).status === 0;

export const startRedisContainer = async () => {
  const { GenericContainer, Wait } = await testcontainers();
  const container = await new GenericContainer(REDIS)
    .withExposedPorts(6379)
    .withWaitStrategy(Wait.forLogMessage('Ready to accept connections'))
    .start();
  return running(container, container.getMappedPort(6379));
};

/** Kafka tells its clients where it is, so the port outside has to be known before it starts. */
export const startKafkaContainer = async () => {
  const { GenericContainer, Wait } = await testcontainers();
  const port = await freePort();
  const container = await new GenericContainer(KAFKA)
    .withExposedPorts({ container: 9092, host: port })
    .withEnvironment({
      KAFKA_NODE_ID: '1',
      KAFKA_PROCESS_ROLES: 'broker,controller',
      KAFKA_LISTENERS: 'PLAINTEXT://:9092,CONTROLLER://:9093',
      KAFKA_ADVERTISED_LISTENERS: `PLAINTEXT://127.0.0.1:${port}`,
      KAFKA_CONTROLLER_LISTENER_NAMES: 'CONTROLLER',
      KAFKA_CONTROLLER_QUORUM_VOTERS: '1@localhost:9093',
      KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
      KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR: '1',
      KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR: '1',
      KAFKA_TRANSACTION_STATE_LOG_MIN_ISR: '1',
      KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS: '0',
      KAFKA_AUTO_CREATE_TOPICS_ENABLE: 'false',
    })
    .withWaitStrategy(Wait.forLogMessage(/Kafka Server started/))
    .start();
  return running(container, port);
};

export const stopContainer = ({ container }) => {
  spawnSync('docker', ['rm', '--force', '--volumes', container]);
};

/** The containers may outlive this process, so that they can serve several runs; `stop` removes them. */
const testcontainers = () => {
  process.env.TESTCONTAINERS_RYUK_DISABLED = 'true';
  return import('testcontainers');
};

const running = (container, port) => ({ container: container.getId(), address: `127.0.0.1:${port}` });
