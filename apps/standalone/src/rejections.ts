import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Rejections, loadMappings } from '@portolan/ingest';
import { systemClock } from '@portolan/platform';
import { openEmbeddedLog } from '@portolan/streams';
import { settingsOf } from './settings.js';

/**
 * The rejections in a folder of data on which no service runs, with the mappings that the configuration names. Events that are accepted now are planned with when one runs again.
 * Throws `LogError` with `log-in-use` when one does.
 */
export async function openRejections(data: string) {
  const directory = join(data, 'log');
  if (!existsSync(directory)) throw new Error(`There is no log in ${data}: is that the folder of a Portolan's data?`);
  const mappings = loadMappings(settingsOf({ data }).mappings);
  const log = await openEmbeddedLog({ directory });
  const rejections = new Rejections(log, () => systemClock.now(), { mappings });
  return {
    list: (query: Parameters<Rejections['list']>[0]) => rejections.list(query),
    show: (id: string) => rejections.show(id),
    retry: (id: string) => rejections.retry(id),
    retryAll: (query: Parameters<Rejections['retryAll']>[0]) => rejections.retryAll(query),
    close: () => log.close(),
  };
}
