import { join } from 'node:path';
import { type Settings, runService, startHttp, systemClock } from '@portolan/platform';
import { openEmbeddedReadModel, openRedisReadModel } from '@portolan/store';
import { connectLog, openLog } from '@portolan/streams';
import { ApiModule } from './api.module.js';

const openStore = ({ store, redisUrl, data }: Settings) =>
  store === 'redis' ? openRedisReadModel({ url: redisUrl }) : openEmbeddedReadModel({ directory: join(data, 'store') });

/** The api on its own: on Kafka and Redis, beside other processes. */
await runService('api', async (settings, logger) => {
  const { port, host, bodyLimit, cell } = settings;
  const log = await openLog(settings);
  const store = await openStore(settings);
  const module = ApiModule.register({ log, store, clock: systemClock, cell });
  const http = await startHttp(module, { port, host, bodyLimit, logger });
  await connectLog(http.app, log, {
    group: 'api',
    from: 'committed',
    onFailure: ({ error, attempt }) => logger.warn({ err: error, attempt }, 'a batch failed and comes again'),
  });
  const close = async () => {
    await http.close();
    await log.close();
    await store.close();
  };
  return { about: { url: http.url, log: settings.log, store: settings.store }, close };
});
