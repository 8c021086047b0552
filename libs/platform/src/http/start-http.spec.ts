import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { Body, Controller, Get, Headers, HttpCode, Inject, Module, Param, Post, Query } from '@nestjs/common';
import { CLOCK, type Clock } from '../clock.js';
import { HealthChecks } from '../health/health.js';
import { parseJson } from '../json/parse-json.js';
import { createLogger } from '../logging/logger.js';
import { ProblemError } from '../problems/problem-error.js';
import { requireJson } from './media-type.js';
import { type RunningHttp, startHttp } from './start-http.js';

@Controller()
class Echo {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  @Post('bytes')
  @HttpCode(200)
  bytes(@Body() body: Buffer | null) {
    return { length: body?.length ?? 0, begins: body?.subarray(0, 4).toString('hex') };
  }

  @Post('json')
  @HttpCode(200)
  json(@Body() body: Buffer | null, @Headers('content-type') type: string) {
    requireJson(type);
    return { got: parseJson(body) };
  }

  @Get('now')
  now() {
    return { now: this.clock.now() };
  }

  @Get('fail/:how')
  fail(@Param('how') how: string, @Query() _query: unknown) {
    if (how === 'secret') throw new Error('password=hunter2');
    if (how === 'log')
      throw Object.assign(new Error('broker 10.0.0.7 is gone'), { code: 'log-unreachable', retriable: true });
    throw new ProblemError('validation', 'depth is too deep', {
      errors: [{ pointer: '/depth', value: how, message: 'must be 3' }],
    });
  }
}

@Module({ controllers: [Echo] })
class EchoModule {}

const LIMIT = 100_000;

describe('a service over HTTP', () => {
  let http: RunningHttp;
  const lines: string[] = [];
  beforeAll(async () => {
    const logger = createLogger({ level: 'warn', to: { write: (line) => void lines.push(line) } });
    http = await startHttp(EchoModule, {
      port: 0,
      host: '127.0.0.1',
      logger,
      bodyLimit: LIMIT,
      clock: { now: () => 42 },
    });
  });
  afterAll(() => http.close());

  const post = (path: string, body: Uint8Array<ArrayBuffer> | string, headers: Record<string, string> = {}) =>
    fetch(`${http.url}${path}`, { method: 'POST', body, headers });
  const problem = async (answer: Response) => {
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    return (await answer.json()) as Record<string, unknown> & { type: string; detail: string };
  };

  it.each(['application/json', 'text/csv', 'application/octet-stream', 'application/x-www-form-urlencoded', undefined])(
    'gives a body of type %s as its bytes',
    async (type) => {
      const answer = await post('/bytes', Buffer.from([0, 255, 1, 254, 2]), type ? { 'content-type': type } : {});
      expect(await answer.json()).toEqual({ length: 5, begins: '00ff01fe' });
    },
  );

  it.each(['x', '', 'a/b/c;', ';'])('refuses a body whose type ("%s") is not one', async (type) => {
    const answer = await post('/bytes', 'abc', { 'content-type': type });
    expect([answer.status, (await problem(answer)).code]).toEqual([415, 'unsupported-media-type']);
  });

  it.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
  ] as const)('decompresses %s', async (encoding, compress) => {
    const answer = await post('/json', compress('{"a":1}'), {
      'content-type': 'application/json',
      'content-encoding': encoding,
    });
    expect(await answer.json()).toEqual({ got: { a: 1 } });
  });

  it('refuses a small body that unfolds into a large one, and lives', async () => {
    const answer = await post('/bytes', gzipSync(Buffer.alloc(50_000_000)), { 'content-encoding': 'gzip' });
    expect([answer.status, (await problem(answer)).type]).toEqual([413, 'urn:portolan:problem:body-too-large']);
    expect((await fetch(`${http.url}/now`)).status).toBe(200);
  });

  it('lets the sender of 50 MB read why they are refused', async () => {
    const answer = await post('/bytes', randomBytes(50_000_000));
    expect([answer.status, (await problem(answer)).retriable]).toEqual([413, false]);
  });

  it('refuses 50 MB sent without a length as well', async () => {
    const chunk = randomBytes(1_000_000);
    let sent = 0;
    const body = new ReadableStream({
      pull: (controller) => (sent++ < 50 ? controller.enqueue(chunk) : controller.close()),
    });
    const answer = await fetch(`${http.url}/bytes`, { method: 'POST', body, duplex: 'half' });
    expect(answer.status).toBe(413);
  });

  it('refuses encodings it does not know, and bodies that are not what they say', async () => {
    for (const encoding of ['zstd', 'constructor', 'gzip, gzip']) {
      const unknown = await post('/bytes', 'x', { 'content-encoding': encoding });
      expect([unknown.status, (await problem(unknown)).code]).toEqual([415, 'unsupported-encoding']);
    }
    for (const body of [Buffer.from('not gzip'), gzipSync(randomBytes(1000)).subarray(0, 500)]) {
      const answer = await post('/bytes', body, { 'content-encoding': 'gzip' });
      expect([answer.status, (await problem(answer)).code]).toEqual([400, 'malformed-encoding']);
    }
  });

  it('tells where JSON is malformed, and that other types are not supported', async () => {
    const malformed = await post('/json', '{"a":}', { 'content-type': 'application/json' });
    expect(await problem(malformed)).toMatchObject({ status: 400, code: 'malformed-json', line: 1, column: 6 });
    const csv = await post('/json', 'a;b', { 'content-type': 'text/csv' });
    expect((await problem(csv)).detail).toBe('Content-Type (text/csv) is not JSON. Send application/json.');
  });

  it('answers what is nowhere, and a path that is not one, with a problem', async () => {
    expect((await problem(await fetch(`${http.url}/nowhere`))).code).toBe('not-found');
    expect((await problem(await fetch(`${http.url}/fail/%E0%A4%A`))).code).toBe('bad-request');
    expect((await problem(await fetch(`${http.url}/fail/${'x'.repeat(2000)}`))).code).toBe('uri-too-long');
  });

  it('names the other methods where the path is known and the method is not', async () => {
    const answer = await fetch(`${http.url}/bytes`);
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'POST']);
    expect((await problem(answer)).detail).toBe('/bytes has POST, not GET.');
  });

  it('passes errors with their pointers', async () => {
    expect(await problem(await fetch(`${http.url}/fail/7`))).toEqual({
      type: 'urn:portolan:problem:validation',
      title: 'The body does not have the right shape',
      status: 422,
      detail: 'depth is too deep',
      instance: expect.stringMatching(/^urn:uuid:[0-9a-f-]{36}$/) as string,
      code: 'validation',
      retriable: false,
      errors: [{ pointer: '/depth', value: '7', message: 'must be 3' }],
    });
  });

  it('keeps faults of its own to its log', async () => {
    const answer = await fetch(`${http.url}/fail/secret`);
    const text = JSON.stringify(await problem(answer));
    expect(answer.status).toBe(500);
    expect(text).not.toMatch(/hunter2|\.ts:|at /);
    expect(lines.at(-1)).toContain('hunter2');
  });

  it('says to try again when a port has failed, without its address', async () => {
    const answer = await fetch(`${http.url}/fail/log`);
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '2']);
    const found = await problem(answer);
    expect([found.code, found.retriable]).toEqual(['log-unreachable', true]);
    expect(JSON.stringify(found)).not.toContain('10.0.0.7');
  });

  it('answers what is not HTTP with a problem and closes', async () => {
    const text = await new Promise<string>((resolve) => {
      const socket = connect(Number(new URL(http.url).port), '127.0.0.1', () => socket.write('GARBAGE\r\n\r\n'));
      let answer = '';
      socket.on('data', (chunk) => (answer += chunk.toString())).on('close', () => resolve(answer));
    });
    expect(text).toContain('application/problem+json');
    expect(text).toContain('urn:portolan:problem:bad-request');
  });

  it('shares the clock it was given', async () =>
    expect(await (await fetch(`${http.url}/now`)).json()).toEqual({ now: 42 }));

  it('counts its requests by route, not by path', async () => {
    await fetch(`${http.url}/fail/8`);
    const text = await (await fetch(`${http.url}/metrics`)).text();
    expect(text).toMatch(
      /portolan_http_request_duration_seconds_count\{method="GET",route="\/fail\/:how",status="422"\} \d/,
    );
    expect(text).toMatch(/^process_resident_memory_bytes \d+$/m);
  });

  it('is ready when all checks are, and says what is missing otherwise', async () => {
    expect((await fetch(`${http.url}/health/live`)).status).toBe(200);
    const health = http.app.get(HealthChecks);
    health.register('log', () => Promise.resolve());
    expect(await (await fetch(`${http.url}/health/ready`)).json()).toEqual({ status: 'ready', checks: ['log'] });
    health.register('projection', () => Promise.resolve('12 publications behind'));
    health.register('store', () => Promise.reject(new Error('secret')));
    const answer = await fetch(`${http.url}/health/ready`);
    expect([answer.status, (await problem(answer)).errors]).toEqual([
      503,
      [
        { pointer: '/checks/projection', message: '12 publications behind' },
        { pointer: '/checks/store', message: 'failed' },
      ],
    ]);
  });
});
