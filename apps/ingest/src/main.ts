import { HealthChecks, Metrics, runService, startHttp, systemClock, watchLog } from '@portolan/platform';
import { openLog, topics } from '@portolan/streams';
import { IngestModule } from './ingest.module.js';
import { loadMappings } from './mappings.js';

/** Ingest on its own: on Kafka, beside other processes. */
await runService('ingest', async (settings, logger) => {
  const { port, host, bodyLimit, cell, aisSources, aisInterval, readyLag } = settings;
  const [health, metrics] = [new HealthChecks(), new Metrics().watchProcess()];
  const mappings = loadMappings(settings.mappings);
  const log = await openLog(settings, (warning) => logger.warn(warning));
  const module = IngestModule.register({
    log,
    clock: systemClock,
    cell,
    bodyLimit,
    mappings,
    aisSources,
    aisInterval,
  });
  watchLog({ health, metrics }, { reach: () => Promise.all([log.ends(topics.inbox), log.room?.()]), readyLag });
  const http = await startHttp(module, { port, host, bodyLimit, logger, health, metrics });
  const close = async () => {
    await http.close();
    await log.close();
  };
  return { about: { url: http.url, log: settings.log }, close };
});
