import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openEmbeddedLog, topics } from '@portolan/streams';
import { Redis } from 'ioredis';
import { removeFolder, startRedis, stopProcess, temporaryFolder } from '../../tools/servers/servers.mjs';
import { stepsFor } from './api-inputs.js';
import { type Load, load, loadAt, p99 } from './api-load.js';
import { type ApiFigures, apiPage } from './api-report.js';
import { startApi, startBare } from './api-servers.js';
import { storeFigures } from './api-store.js';
import { whole } from './options.js';
import { aboutRun, writePage } from './page.js';
import { median } from './statistics.js';

// npm run bench:api [-- --open N --closed N --rounds N --seconds N --connections N --documents N --out FOLDER]: GET /v1/recommendations from
// Redis, against a bare server of Fastify and ioredis that gives out the same bytes; and the store on Redis by itself.
const args = process.argv.slice(2);
const { values } = parseArgs({
  args,
  options: {
    open: { type: 'string', default: '300' },
    closed: { type: 'string', default: '3000' },
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '6' },
    connections: { type: 'string', default: '10' },
    documents: { type: 'string', default: '50000' },
    out: { type: 'string', default: 'docs' },
  },
});
const open = whole('open', values.open);
const closed = whole('closed', values.closed);
const rounds = whole('rounds', values.rounds);
const seconds = whole('seconds', values.seconds);
const connections = whole('connections', values.connections);
const documents = whole('documents', values.documents);

const LIST = '/v1/recommendations?limit=50';

let asked = 0;
/** Never the same query twice: nothing that the api keeps of former answers helps. */
const another = (): string => `${LIST}&minSaving=-${(asked += 1)}`;

const directory = temporaryFolder('bench-api');
const redis = await startRedis();
const client = new Redis({ port: redis.port, host: '127.0.0.1' });
const log = await openEmbeddedLog({ directory: join(directory, 'log') });
await log.append(
  topics.plans,
  stepsFor(open, closed).map((step) => ({ key: step.cell, value: JSON.stringify(step) })),
);
await log.close();
const bare = await startBare(redis.port);
const api = await startApi(redis.port, directory);
try {
  const one = `/v1/recommendations/rec-open-${String(open - 1).padStart(6, '0')}`;
  const bytes = new Map<string, number>();
  for (const [name, path] of [
    ['list', LIST],
    ['one', one],
  ] as const) {
    const answer = Buffer.from(await (await fetch(api.url + path)).arrayBuffer());
    bytes.set(name, answer.length);
    await client.set(`bare:${name}`, answer);
  }
  const subjects = [
    { name: 'page of 50, the same each time', size: 'list', path: () => LIST },
    { name: 'page of 50, each time another query', size: 'list', path: another },
    { name: 'one recommendation', size: 'one', path: () => one },
  ];
  const figures: ApiFigures[] = [];
  for (const { name, size, path } of subjects) {
    const bareLoads: Load[] = [];
    const apiLoads: Load[] = [];
    // A first round warms up; in each, the two take turns.
    for (let round = 0; round <= rounds; round++) {
      const ofBare = await load(bare.url, { path: () => `/${size}`, connections, seconds });
      const ofApi = await load(api.url, { path, connections, seconds });
      console.error(`${name} ${round}: bare ${ofBare.perSecond}/s, api ${ofApi.perSecond}/s`);
      if (round === 0) continue;
      bareLoads.push(ofBare);
      apiLoads.push(ofApi);
    }
    const perSecond = median(apiLoads.map((each) => each.perSecond));
    const half: Load[] = [];
    const bareHalf: Load[] = [];
    for (let round = 0; round < rounds; round++) {
      bareHalf.push(await loadAt(bare.url, perSecond / 2, { path: () => `/${size}`, connections, seconds }));
      half.push(await loadAt(api.url, perSecond / 2, { path, connections, seconds }));
    }
    figures.push({
      name,
      bytes: bytes.get(size)!,
      bare: median(bareLoads.map((each) => each.perSecond)),
      perSecond,
      ratio: median(apiLoads.map((each, i) => each.perSecond / bareLoads[i]!.perSecond)),
      half: median(half.map((each) => each.perSecond)),
      median: median(half.map(({ times }) => median(times))),
      p99: median(half.map(p99)),
      bareP99: median(bareHalf.map(p99)),
      best: Math.min(...half.map(p99)),
      worst: Math.max(...half.map(p99)),
    });
    console.error(figures.at(-1));
  }
  const store = await storeFigures(client, redis.address, documents);
  const about = { ...aboutRun('bench:api', args), open, closed, rounds, seconds, connections };
  await writePage(values.out, 'benchmarks-api.md', apiPage(figures, store, about));
} finally {
  await Promise.all([bare.stop(), api.stop()]);
  client.disconnect();
  await stopProcess(redis);
  removeFolder(directory);
}
