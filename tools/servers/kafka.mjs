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
  const { server, address } = await start(() => ({}), []);
  return { ...server, address };
};

/**
 * A broker that also listens with TLS alone, and with TLS and SASL (PLAIN, SCRAM-SHA-256 and -512). Gives their addresses, the
 * certificate to trust, and a user.
 */
export const startSecuredKafka = async () => {
  const user = { username: 'portolan', password: 'for-tests-only' };
  const [tls, sasl] = [await freePort(), await freePort()];
  const scram = ['SCRAM-SHA-256', 'SCRAM-SHA-512'].flatMap((mechanism) => [
    '--add-scram',
    `${mechanism}=[name=${user.username},password=${user.password}]`,
  ]);
  const { server, address } = await start((plain, folder) => security(plain, makeKey(folder), tls, sasl, user), scram);
  const ca = readFileSync(join(server.folder, 'broker.pem'), 'utf8');
  return { ...server, address, tls: `127.0.0.1:${tls}`, sasl: `127.0.0.1:${sasl}`, ca, user };
};

const start = async (more, options) => {
  const [port, controller] = [await freePort(), await freePort()];
  const folder = temporaryFolder('kafka');
  const properties = join(folder, 'server.properties');
  const plain = settings(port, controller, join(folder, 'data'));
  const lines = Object.entries({ ...plain, ...more(plain, folder) }).map(([name, value]) => `${name}=${value}\n`);
  writeFileSync(properties, lines.join(''));
  // In one argument: the id may begin with a dash, which would be read as an option.
  const clusterId = `--cluster-id=${randomBytes(16).toString('base64url')}`;
  const format = ['kafka.tools.StorageTool', 'format', clusterId, '-c', properties, ...options];
  must('java', ['-cp', classpath(), ...format]);
  return { server: await runKafka(folder), address: `127.0.0.1:${port}` };
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

const settings = (port, controller, data) => ({
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
});

const LOGIN = 'org.apache.kafka.common.security';
const KEY_PASSWORD = 'for-tests-only';

const security = (plain, store, tls, sasl, { username, password }) => {
  const more = `TLS://127.0.0.1:${tls},LOGIN://127.0.0.1:${sasl}`;
  return {
    listeners: `${plain.listeners},${more}`,
    'advertised.listeners': `${plain['advertised.listeners']},${more}`,
    'listener.security.protocol.map': `${plain['listener.security.protocol.map']},TLS:SSL,LOGIN:SASL_SSL`,
    'ssl.keystore.type': 'PKCS12',
    'ssl.keystore.location': store,
    'ssl.keystore.password': KEY_PASSWORD,
    'listener.name.login.sasl.enabled.mechanisms': 'PLAIN,SCRAM-SHA-256,SCRAM-SHA-512',
    'listener.name.login.plain.sasl.jaas.config': `${LOGIN}.plain.PlainLoginModule required user_${username}="${password}";`,
    'listener.name.login.scram-sha-256.sasl.jaas.config': `${LOGIN}.scram.ScramLoginModule required;`,
    'listener.name.login.scram-sha-512.sasl.jaas.config': `${LOGIN}.scram.ScramLoginModule required;`,
  };
};

/** A key and its own certificate, by the tool that comes with Java. */
const makeKey = (folder) => {
  const store = join(folder, 'broker.p12');
  const key = ['-alias', 'broker', '-keystore', store, '-storetype', 'PKCS12', '-storepass', KEY_PASSWORD];
  const about = ['-keyalg', 'RSA', '-dname', 'CN=127.0.0.1', '-ext', 'SAN=ip:127.0.0.1', '-validity', '3650'];
  must('keytool', ['-genkeypair', ...key, ...about]);
  must('keytool', ['-exportcert', ...key, '-rfc', '-file', join(folder, 'broker.pem')]);
  return store;
};
