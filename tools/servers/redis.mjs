// Debian's redis-server on free ports of this machine, in memory only: one, one with TLS and a login, a cluster, or a primary and a replica
// that Sentinels watch.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ask, freePort, has, must, outputOf, startProcess, temporaryFolder, waitFor } from './process.mjs';

export const canRunRedis = () => has('redis-server');

export const startRedis = async () => {
  if (!canRunRedis()) install();
  return runRedis({ port: await freePort() });
};

/** One server with settings of its own; with a folder given, what it wrote there before is there again. */
export const runRedis = async (settings, folder = temporaryFolder('redis')) => {
  const all = { bind: '127.0.0.1', save: '', appendonly: 'no', dir: folder, ...settings };
  const args = Object.entries(all).flatMap(([name, value]) => [`--${name}`, ...[value].flat().map(String)]);
  const server = startProcess('redis-server', args, folder);
  await waitFor(server, async () => outputOf(server).includes('Ready to accept connections'), 15);
  return { ...server, port: settings.port, address: `127.0.0.1:${settings.port}` };
};

/** A server that is spoken to by TLS only, by one user, who may do what the adapter needs on keys of one prefix. */
export const startSecuredRedis = async () => {
  const folder = temporaryFolder('redis-secured');
  const [cert, key] = ['redis.crt', 'redis.key'].map((name) => join(folder, name));
  const about = [
    '-x509',
    '-nodes',
    '-days',
    '3650',
    '-subj',
    '/CN=127.0.0.1',
    '-addext',
    'subjectAltName=IP:127.0.0.1',
  ];
  must('openssl', ['req', '-newkey', 'rsa:2048', ...about, '-keyout', key, '-out', cert]);
  const user = { username: 'portolan', password: 'for-tests @:/ only' };
  const users = join(folder, 'users.acl');
  writeFileSync(
    users,
    `user default off\nuser ${user.username} on #${sha256(user.password)} ~{secured}:* +@all -@admin -@dangerous +info\n`,
  );
  const port = await freePort();
  const tls = { 'tls-port': port, 'tls-cert-file': cert, 'tls-key-file': key, 'tls-ca-cert-file': cert };
  const server = await runRedis({ port: 0, ...tls, 'tls-auth-clients': 'no', aclfile: users }, folder);
  return { ...server, address: `127.0.0.1:${port}`, caFile: cert, ca: readFileSync(cert, 'utf8'), user };
};

/** Three primaries that share the slots. */
export const startRedisCluster = async () => {
  const nodes = [];
  for (let i = 0; i < 3; i++)
    nodes.push(await runRedis({ ...(await clusterPorts()), 'cluster-enabled': 'yes', 'cluster-node-timeout': 2000 }));
  const addresses = nodes.map(({ address }) => address);
  must('redis-cli', ['--cluster', 'create', ...addresses, '--cluster-yes']);
  for (const node of nodes)
    await waitFor(node, async () => (await ask(node.port, 'CLUSTER INFO\r\n'))?.includes('cluster_state:ok'), 20);
  return { nodes, addresses };
};

/** The port of the cluster's bus is another one that is free at this moment. */
const clusterPorts = async () => ({ port: await freePort(), 'cluster-port': await freePort() });

/** A primary, a replica of it, and three Sentinels that take it for dead after half a second. */
export const startWatchedRedis = async () => {
  const primary = await runRedis({ port: await freePort() });
  const replica = await runRedis({ port: await freePort(), replicaof: ['127.0.0.1', primary.port] });
  await waitFor(
    replica,
    async () => (await ask(replica.port, 'INFO replication\r\n'))?.includes('master_link_status:up'),
    20,
  );
  const sentinels = [];
  for (let i = 0; i < 3; i++) sentinels.push(await startSentinel(primary.port));
  const knows = async ({ port }) => /slaves=1,sentinels=3/.test((await ask(port, 'INFO sentinel\r\n')) ?? '');
  for (const sentinel of sentinels) await waitFor(sentinel, () => knows(sentinel), 30);
  return { primary, replica, sentinels, name: 'mymaster' };
};

const startSentinel = async (primaryPort) => {
  const folder = temporaryFolder('sentinel');
  const port = await freePort();
  const file = join(folder, 'sentinel.conf');
  const watch = [
    `monitor mymaster 127.0.0.1 ${primaryPort} 2`,
    'down-after-milliseconds mymaster 500',
    'failover-timeout mymaster 2000',
  ];
  const lines = [`port ${port}`, 'bind 127.0.0.1', `dir ${folder}`, ...watch.map((each) => `sentinel ${each}`)];
  writeFileSync(file, lines.join('\n'));
  const server = startProcess('redis-server', [file, '--sentinel'], folder);
  await waitFor(server, async () => (await ask(port, 'PING\r\n'))?.startsWith('+PONG'), 15);
  return { ...server, port, address: `127.0.0.1:${port}` };
};

const sha256 = (text) => createHash('sha256').update(text).digest('hex');

const install = () => {
  if (!has('apt-get') || process.getuid?.() !== 0)
    throw new Error('redis-server is missing. Install it, start Docker, or set PORTOLAN_TEST_REDIS=host:port.');
  must('sh', ['-c', 'apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq redis-server']);
};
