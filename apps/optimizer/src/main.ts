import { runService, startHttp } from '@portolan/platform';
import { connectLog, openLog } from '@portolan/streams';
import { planningInThread } from './cell-planner.js';
import { OptimizerModule } from './optimizer.module.js';

/** The optimizer on its own: on Kafka, beside other processes; HTTP for health and metrics only. */
await runService('optimizer', async (settings, logger) => {
  const { port, host, bodyLimit, planningSeconds, planningMemory } = settings;
  const planner = planningInThread({ seconds: planningSeconds, memory: planningMemory });
  const log = await openLog(settings);
  const http = await startHttp(OptimizerModule.register({ log, planner }), { port, host, bodyLimit, logger });
  await connectLog(http.app, log, {
    group: 'optimizer',
    from: 'beginning',
    onFailure: ({ error, attempt }) => logger.warn({ err: error, attempt }, 'a batch failed and comes again'),
  });
  const close = async () => {
    await http.close();
    await planner.close();
    await log.close();
  };
  return { about: { url: http.url, log: settings.log }, close };
});
