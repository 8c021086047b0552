import { HealthChecks, Metrics, readerReports, runService, startHttp, systemClock, watchLog } from '@portolan/platform';
import { openStore } from '@portolan/store';
import { EventLogTransport, connectLog, openLog, topics } from '@portolan/streams';
import { ApiModule } from './api.module.js';

/** The api on its own: on Kafka and Redis, beside other processes. */
await runService('api', async (settings, logger) => {
  const { port, host, bodyLimit, cell, historyDays, readyLag } = settings;
  const [health, metrics] = [new HealthChecks(), new Metrics().watchProcess()];
  const log = await openLog(settings, (warning) => logger.warn(warning));
  const store = await openStore(settings, (warning) => logger.warn(warning));
  const module = ApiModule.register({ log, store, clock: systemClock, cell, historyDays });
  const reader = new EventLogTransport(log, { group: 'api', from: 'committed', ...readerReports({ logger, metrics }) });
  watchLog({ health, metrics }, { reach: () => log.ends(topics.events), lags: () => reader.lags(), readyLag });
  const http = await startHttp(module, { port, host, bodyLimit, logger, health, metrics });
  await connectLog(http.app, reader);
  const close = async () => {
    await http.close();
    await log.close();
    await store.close();
  };
  return { about: { url: http.url, log: settings.log, store: settings.store }, close };
});
