// Kafka and Redis for the integration tests: containers where Docker runs, processes of this machine otherwise.
import { hasDocker, startKafkaContainer, startRedisContainer, stopContainer } from './containers.mjs';
import { startKafka } from './kafka.mjs';
import { stopProcess } from './process.mjs';
import { startRedis } from './redis.mjs';

/**
 * Starts both. Gives the environment variables that the integration tests look for, and the servers to stop.
 * A server whose variable is set already is used as it is.
 */
export const startServers = async () => {
  const start = hasDocker()
    ? { PORTOLAN_TEST_REDIS: startRedisContainer, PORTOLAN_TEST_KAFKA: startKafkaContainer }
    : { PORTOLAN_TEST_REDIS: startRedis, PORTOLAN_TEST_KAFKA: startKafka };
  const env = {};
  const servers = [];
  try {
    for (const [variable, begin] of Object.entries(start)) {
      if (process.env[variable]) continue;
      const server = await begin();
      servers.push(server);
      env[variable] = server.address;
    }
    return { env, servers };
  } catch (error) {
    await stopServers(servers);
    throw error;
  }
};

/** Throws when one cannot be stopped, once the others are. */
export const stopServers = async (servers) => {
  const stop = async (server) => (server.container ? stopContainer(server) : stopProcess(server));
  const failed = (await Promise.allSettled(servers.map(stop))).find(({ status }) => status === 'rejected');
  if (failed) throw failed.reason;
};

/** Runs `work` with the servers' environment variables and stops the servers whatever happens. */
export const withServers = async (work) => {
  const { env, servers } = await startServers();
  try {
    return await work(env);
  } finally {
    await stopServers(servers);
  }
};

export { canRunKafka, runKafka, startKafka, startSecuredKafka } from './kafka.mjs';
export {
  canRunRedis,
  runRedis,
  startRedis,
  startRedisCluster,
  startSecuredRedis,
  startWatchedRedis,
} from './redis.mjs';
export {
  ask,
  endsWithUs,
  freePort,
  isRunning,
  keepFolder,
  killProcess,
  removeFolder,
  stopProcess,
  temporaryFolder,
} from './process.mjs';
