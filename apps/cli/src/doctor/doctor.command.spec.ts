import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbeddedLog, topics } from '@portolan/streams';
import { runCommand } from '../testing/run-command.js';
import { registerDoctor, sheet } from './doctor.command.js';
import type { Finding } from './finding.js';

const NOWHERE = 'http://127.0.0.1:1';

describe('portolan doctor', () => {
  const data = mkdtempSync(join(tmpdir(), 'portolan-doctor-'));
  afterAll(() => rmSync(data, { recursive: true }));

  const examined = async (env: Record<string, string> = {}, to = NOWHERE) => {
    const before = { ...process.env };
    Object.assign(process.env, env);
    try {
      const { out, code } = await runCommand(registerDoctor, 'doctor', '--data', data, '--to', to);
      const { findings } = JSON.parse(out) as { findings: Finding[] };
      return { code, findings, of: (check: string) => findings.filter((each) => each.check === check) };
    } finally {
      process.env = before;
    }
  };

  it('finds a new machine well, and changes nothing there', async () => {
    const { code, of } = await examined();
    expect(code).toBe(0);
    for (const check of ['versions', 'settings', 'log', 'store']) expect(of(check)).toMatchObject([{ state: 'well' }]);
    expect(of('log')[0]!.found).toMatch(/where nothing is yet/);
    expect(of('service')).toMatchObject([{ state: 'look', advice: expect.stringMatching(/portolan up/) as string }]);
  });

  it('tells what is in the log, who is behind, and whose clock is wrong', async () => {
    const log = await openEmbeddedLog({ directory: join(data, 'log') });
    const headers = { ce_recordedtime: '2999-01-01T00:00:00Z' };
    await log.append(topics.events, [{ key: 'antwerp', value: '{}', headers }]);
    const inUse = await examined();
    expect([inUse.code, inUse.of('log')[0]]).toMatchObject([0, { state: 'look' }]);
    await log.close();
    const { code, of } = await examined();
    expect([code, of('log')[0]!.found]).toEqual([0, expect.stringMatching(/events 1 in 1/) as string]);
    expect(of('lag')).toMatchObject([
      { state: 'look', found: 'optimizer is 1 records behind portolan.events' },
      { state: 'well' },
    ]);
    expect(of('clock')).toMatchObject([{ state: 'look', found: expect.stringMatching(/2999-01-01/) as string }]);
  });

  it('names servers that do not answer and settings that are wrong, and ends with 3', async () => {
    const away = await examined({ PORTOLAN_STORE: 'redis', PORTOLAN_REDIS_URL: 'redis://127.0.0.1:1' });
    expect([away.code, away.of('store')]).toMatchObject([
      3,
      [{ state: 'ill', found: expect.stringMatching(/127\.0\.0\.1:1/) as string }],
    ]);
    const wrong = await examined({ PORTOLAN_PORT: 'x', PORTOLAN_LOG: 'paper' });
    expect([wrong.code, wrong.of('settings').map(({ state }) => state)]).toEqual([3, ['ill', 'ill']]);
  });

  it('asks the service', async () => {
    const answers = [
      { status: 200, body: { status: 'ready' } },
      { status: 503, body: { errors: [{ pointer: '/store', detail: 'is being filled' }] } },
    ];
    const server = createServer((_, response) => {
      const { status, body } = answers.shift()!;
      response.writeHead(status).end(JSON.stringify(body));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const to = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const [ready, filling] = [await examined({}, to), await examined({}, to)];
    server.close();
    expect(ready.of('service')).toMatchObject([{ state: 'well' }]);
    expect(filling.of('service')).toMatchObject([
      { state: 'look', found: expect.stringMatching(/store is being filled/) as string },
    ]);
  });

  it('has a line for each finding, for people', () =>
    expect(sheet([{ check: 'disk', state: 'look', found: 'full\u001b[2J', advice: 'Make room.' }])).toBe(
      'look  disk      full [2J\n                Make room.\n',
    ));
});
