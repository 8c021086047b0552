import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Settings } from '@portolan/platform';
import { NOWHERE, openStore, redisPlaces } from '@portolan/store';
import { type Finding, ill, look, well } from './finding.js';

/** Reaches the store, and tells what it warns of. */
export async function storeFindings(settings: Settings): Promise<Finding[]> {
  const { store: kind, data } = settings;
  if (kind === 'embedded' && !existsSync(join(data, 'store')))
    return [well('store', `embedded in ${data}, where nothing is yet`)];
  const warnings: string[] = [];
  try {
    const store = await openStore(settings, (warning) => void warnings.push(warning));
    try {
      const [shape] = await store.positions(['shape']);
      const place = kind === 'redis' ? `Redis at ${redisPlaces(settings)}` : `embedded in ${data}`;
      const filled = shape === NOWHERE ? 'empty: an api fills it from the log' : 'filled';
      return [
        well('store', `${place}, ${filled}`),
        ...warnings.map((each) => look('store', each, 'docs/operations.md says why.')),
      ];
    } finally {
      await store.close();
    }
  } catch (error) {
    return [ill('store', error)];
  }
}
