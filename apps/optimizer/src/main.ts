import { HealthChecks, Metrics, readerReports, runService, startHttp, watchLog } from '@portolan/platform';
import { EventLogTransport, connectLog, openLog, topics } from '@portolan/streams';
import { planningInThread } from '@portolan/cells';
import { OptimizerModule } from './optimizer.module.js';

/** The optimizer on its own: on Kafka, beside other processes; HTTP for health and metrics only. */
await runService('optimizer', async (settings, logger) => {
  const { port, host, bodyLimit, planningSeconds, planningMemory, readyLag } = settings;
  const [health, metrics] = [new HealthChecks(), new Metrics().watchProcess()];
  const planner = planningInThread({ seconds: planningSeconds, memory: planningMemory });
  const log = await openLog(settings, (warning) => logger.warn(warning));
  const reports = readerReports({ logger, metrics });
  const reader = new EventLogTransport(log, { group: 'optimizer', from: 'beginning', ...reports });
  watchLog({ health, metrics }, { reach: () => log.ends(topics.plans), lags: () => reader.lags(), readyLag });
  const saving = { events: settings.snapshotEvents, minutes: settings.snapshotMinutes };
  const module = OptimizerModule.register({ log, planner, saving });
  const http = await startHttp(module, { port, host, bodyLimit, logger, health, metrics });
  await connectLog(http.app, reader);
  const close = async () => {
    await http.close();
    await planner.close();
    await log.close();
  };
  return { about: { url: http.url, log: settings.log }, close };
});
