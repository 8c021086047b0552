// Apache Kafka (KRaft, one node) from Maven Central on free ports. The jars are kept in .cache/ between runs.
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort, has, must, outputOf, startProcess, temporaryFolder, waitFor } from './process.mjs';

const pom = fileURLToPath(new URL('../kafka/pom.xml', import.meta.url));
const cache = fileURLToPath(new URL('../../.cache', import.meta.url));
const COPY = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies';

/** A new broker, in a folder of its own. */
export const startKafka = async () => {
  const [port, controller] = [await freePort(), await freePort()];
  const folder = temporaryFolder('kafka');
  const properties = join(folder, 'server.properties');
  writeFileSync(properties, settings(port, controller, join(folder, 'data')));
  // In one argument: the id may begin with a dash, which would be read as an option.
  const clusterId = randomBytes(16).toString('base64url');
  must('java', [
    '-cp',
    classpath(),
    'kafka.tools.StorageTool',
    'format',
    `--cluster-id=${clusterId}`,
    '-c',
    properties,
  ]);
  return { ...(await runKafka(folder)), address: `127.0.0.1:${port}` };
};

/** Starts the broker of a folder, again after it was stopped or killed. */
export const runKafka = async (folder) => {
  const options = ['-Xms256m', '-Xmx512m', '-XX:+UseSerialGC', '-cp', classpath()];
  const server = startProcess('java', [...options, 'kafka.Kafka', join(folder, 'server.properties')], folder);
  await waitFor(server, () => outputOf(server).includes('Kafka Server started'), 90);
  return server;
};

/** Whether this machine can run a broker by itself. */
export const canRunKafka = () => existsSync(jarFolder()) || (has('java') && has('mvn'));

const jarFolder = () => {
  const version = /kafka_2\.13<\/artifactId>\s*<version>([^<]+)/.exec(readFileSync(pom, 'utf8'))[1];
  return join(cache, `kafka-${version}`);
};

/** Jars are copied aside first, so that a folder with the final name is a complete one. */
const classpath = () => {
  const folder = jarFolder();
  if (!existsSync(folder)) download(folder);
  return join(folder, '*');
};

const download = (folder) => {
  for (const command of ['java', 'mvn'])
    if (!has(command))
      throw new Error(`${command} is missing. Install it, start Docker, or set PORTOLAN_TEST_KAFKA=host:port.`);
  const partial = `${folder}.${process.pid}`;
  must('mvn', ['-B', '-q', '-f', pom, COPY, '-DincludeScope=runtime', `-DoutputDirectory=${partial}`]);
  if (existsSync(folder)) rmSync(partial, { recursive: true });
  else renameSync(partial, folder);
};

const settings = (port, controller, data) =>
  Object.entries({
    'process.roles': 'broker,controller',
    'node.id': 1,
    'controller.quorum.voters': `1@127.0.0.1:${controller}`,
    'controller.listener.names': 'CONTROLLER',
    listeners: `PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controller}`,
    'advertised.listeners': `PLAINTEXT://127.0.0.1:${port}`,
    'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
    'log.dirs': data,
    // Topics come into being with the settings of the log's adapter, not by accident.
    'auto.create.topics.enable': false,
    'offsets.topic.num.partitions': 4,
    'offsets.topic.replication.factor': 1,
    'transaction.state.log.num.partitions': 4,
    'transaction.state.log.replication.factor': 1,
    'transaction.state.log.min.isr': 1,
    'share.coordinator.state.topic.replication.factor': 1,
    'share.coordinator.state.topic.min.isr': 1,
    'group.initial.rebalance.delay.ms': 0,
  })
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
