import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** Tries until it gives something; fails with what went wrong last. */
export async function eventually<T>(attempt: () => Promise<T | undefined>, patience = 30_000): Promise<T> {
  let last: unknown;
  for (const end = Date.now() + patience; Date.now() < end; await pause(100)) {
    const found = await attempt().catch((error: unknown) => void (last = error));
    if (found !== undefined && found !== null) return found as T;
  }
  throw new Error('not within its time', { cause: last });
}

/** One service as a process of its own, from its build. */
export class ServiceProcess {
  readonly lines: Record<string, unknown>[] = [];
  private readonly told: string[] = [];
  private url = '';

  private constructor(private readonly child: ChildProcess) {
    createInterface(child.stderr!).on('line', (line) => {
      this.told.push(line);
      if (line.startsWith('{')) this.lines.push(JSON.parse(line) as Record<string, unknown>);
    });
  }

  /** Resolves when it is ready. */
  static async start(name: string, env: Record<string, string>): Promise<ServiceProcess> {
    const main = fileURLToPath(new URL(`../../../${name}/dist/main.js`, import.meta.url));
    const options = { env: { ...process.env, ...env }, stdio: ['ignore', 'ignore', 'pipe'] as ('ignore' | 'pipe')[] };
    const service = new ServiceProcess(spawn(process.execPath, [main, '--port', '0'], options));
    service.url = await eventually(async () => {
      if (service.child.exitCode !== null) throw new Error(service.told.join('\n'));
      return service.lines.find(({ msg }) => msg === 'up')?.['url'] as string | undefined;
    });
    await eventually(async () => ((await service.get('/health/ready')).ok ? true : undefined));
    return service;
  }

  get(path: string): Promise<Response> {
    return fetch(this.url + path);
  }

  post(path: string, body: string, headers: Record<string, string>): Promise<Response> {
    return fetch(this.url + path, { method: 'POST', body, headers });
  }

  async end(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return this.child.exitCode;
    this.child.kill(signal);
    await once(this.child, 'exit');
    return this.child.exitCode;
  }
}

interface CollectedSpan {
  readonly service: string;
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
}

interface Otlp {
  readonly resourceSpans: readonly {
    readonly resource: {
      readonly attributes: readonly { readonly key: string; readonly value: { stringValue?: string } }[];
    };
    readonly scopeSpans: readonly { readonly spans: readonly Omit<CollectedSpan, 'service'>[] }[];
  }[];
}

/** Takes traces as a collector does: OTLP over HTTP, in JSON. */
export async function collector() {
  const spans: CollectedSpan[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { resourceSpans } = JSON.parse(Buffer.concat(chunks).toString()) as Otlp;
      for (const { resource, scopeSpans } of resourceSpans) {
        const service = resource.attributes.find(({ key }) => key === 'service.name')!.value.stringValue!;
        spans.push(...scopeSpans.flatMap((scope) => scope.spans.map((span) => ({ ...span, service }))));
      }
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, spans, close };
}
