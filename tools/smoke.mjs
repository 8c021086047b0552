// node tools/smoke.mjs: starts the demo as a person would (`npm start`), with a port and a data directory of its own, and checks
// that it answers, recommends, survives being killed, and ends when asked to. Prints a `Tests:` line like Jest's.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './servers/process.mjs';

const FIRST_RECOMMENDATION_MS = 60_000;
const END_MS = 20_000;

const folder = mkdtempSync(join(tmpdir(), 'portolan-smoke-'));
const port = await freePort();
const output = join(folder, 'output.log');
const env = { ...process.env, PORTOLAN_DATA: join(folder, 'data'), PORTOLAN_PORT: `${port}` };

/** In a process group of its own: npm, its shell and the services are one unit to a person with Ctrl+C, and so they are here. */
const start = () => {
  const child = spawn('npm', ['start'], { env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  const file = createWriteStream(output, { flags: 'a' });
  child.stdout.pipe(file, { end: false });
  child.stderr.pipe(file, { end: false });
  return child;
};

const signal = (child, name) => {
  try {
    process.kill(-child.pid, name);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
};

const end = async (child, name) => {
  const exited = child.exitCode === null && child.signalCode === null ? once(child, 'exit') : Promise.resolve();
  signal(child, name);
  const ended = await Promise.race([exited.then(() => true), sleep(END_MS, false, { ref: false })]);
  signal(child, 'SIGKILL');
  if (!ended) throw new Error(`still running ${END_MS / 1000} s after ${name}`);
};

const get = async (path) => {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, { signal: AbortSignal.timeout(5_000) });
  if (!response.ok) throw new Error(`GET ${path} gave ${response.status}: ${await response.text()}`);
  return response.json();
};

/** Tries until it works; gives the last reason when it does not within the time, and at once when the program has ended. */
const eventually = async (child, ms, attempt) => {
  for (const until = Date.now() + ms; ; await sleep(250)) {
    try {
      return await attempt();
    } catch (error) {
      if (child.exitCode !== null) throw new Error(`the program ended with ${child.exitCode}`, { cause: error });
      if (Date.now() > until) throw new Error(`not within ${ms / 1000} s: ${error.message}`, { cause: error });
    }
  }
};

const recommendations = async () => {
  const { data } = await get('/v1/recommendations');
  if (!Array.isArray(data) || data.length === 0) throw new Error('GET /v1/recommendations has no recommendation');
  return data;
};

const isSilent = () =>
  fetch(`http://127.0.0.1:${port}/health/ready`, { signal: AbortSignal.timeout(2_000) }).then(
    () => {
      throw new Error(`port ${port} still answers`);
    },
    () => {},
  );

let passed = 0;
const check = async (claim, work) => {
  const began = Date.now();
  const result = await work();
  passed += 1;
  console.log(`  ✓ ${claim} (${((Date.now() - began) / 1000).toFixed(1)} s)`);
  return result;
};

const checks = 7;
let child = start();
try {
  await check('is ready within a minute', () => eventually(child, FIRST_RECOMMENDATION_MS, () => get('/health/ready')));
  const before = await check('has a recommendation within a minute', () =>
    eventually(child, FIRST_RECOMMENDATION_MS, recommendations),
  );
  await check('names id and status of every recommendation', () => {
    const nameless = before.filter(({ id, status }) => typeof id !== 'string' || typeof status !== 'string');
    if (nameless.length > 0) throw new Error(`without id or status: ${JSON.stringify(nameless[0])}`);
  });
  await check('explains a shipment of a recommendation, in two languages, in figures that add up', async () => {
    const [{ changes }] = before;
    const path = `/v1/shipments/${encodeURIComponent(changes[0].shipment)}/explanation`;
    const [english, dutch] = await Promise.all([get(path), get(`${path}?lang=nl`)]);
    if (english.words.length === 0 || english.words.join() === dutch.words.join())
      throw new Error(`told in English as in Dutch: ${JSON.stringify(english.words)}`);
    for (const { unitCost, parts } of english.explanation.flows) {
      const { revenue = 0, ...paid } = parts;
      const sum = Object.values(paid).reduce((all, part) => all + part, -revenue);
      if (!(Math.abs(sum - unitCost) <= 1e-6 * Math.max(1, Math.abs(unitCost))))
        throw new Error(`the parts of ${unitCost} add up to ${sum}: ${JSON.stringify(parts)}`);
    }
  });
  await end(child, 'SIGKILL');
  child = start();
  await check('starts again on what a killed process left, and has recommendations', () =>
    eventually(child, FIRST_RECOMMENDATION_MS, recommendations),
  );
  await check('ends when asked to', () => end(child, 'SIGTERM'));
  await check('leaves nobody on its port', isSilent);
} catch (error) {
  console.log(`  ✕ ${error.message}`);
  console.log(`The program printed:\n${readFileSync(output, 'utf8').split('\n').slice(-40).join('\n')}`);
  process.exitCode = 1;
} finally {
  signal(child, 'SIGKILL');
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}
const failed = checks - passed;
console.log(`Tests:       ${failed > 0 ? `${failed} failed, ` : ''}${passed} passed, ${checks} total`);
