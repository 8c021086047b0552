// A program that applies positions to a store and prints which were applied, as a JSON array.
// Arguments: directory, or Redis URL with the prefix behind a #; name of this writer; how many positions.
import { openEmbeddedReadModel } from '../embedded/embedded-read-model.js';
import { openRedisReadModel } from '../redis/redis-read-model.js';

const [place = '', by = '', count = '0'] = process.argv.slice(2);
const store = place.startsWith('redis:')
  ? await openRedisReadModel({ url: place.split('#')[0] as string, prefix: place.split('#')[1] as string })
  : await openEmbeddedReadModel({ directory: place });

const applied: number[] = [];
for (let position = 0; position < Number(count); position++) {
  const puts = ['latest', `step-${position}`].map((id) => ({ collection: 'race', id, document: { position, by } }));
  if ((await store.apply({ scope: 'race', position, puts, deletes: [] })) === 'applied') applied.push(position);
}
await store.close();
process.stdout.write(JSON.stringify(applied));
