import { runService, startHttp, systemClock } from '@portolan/platform';
import { openLog } from '@portolan/streams';
import { IngestModule } from './ingest.module.js';
import { loadMappings } from './mappings.js';

/** Ingest on its own: on Kafka, beside other processes. */
await runService('ingest', async (settings, logger) => {
  const { port, host, bodyLimit, cell, aisSources, aisInterval } = settings;
  const mappings = loadMappings(settings.mappings);
  const log = await openLog(settings);
  const module = IngestModule.register({
    log,
    clock: systemClock,
    cell,
    bodyLimit,
    mappings,
    aisSources,
    aisInterval,
  });
  const http = await startHttp(module, { port, host, bodyLimit, logger });
  const close = async () => {
    await http.close();
    await log.close();
  };
  return { about: { url: http.url, log: settings.log }, close };
});
