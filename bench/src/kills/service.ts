import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { endNode, startNode } from '../child.js';
import type { Actor } from './actor.js';

export type ServiceName = 'ingest' | 'optimizer' | 'api';

const AGAIN_MS = 500;

/** A service as a process of its own, from its build. One that ends by itself is started again, as an orchestrator would. */
export class Service implements Actor {
  /** Times it ended without being killed: it could not reach the log or the store when it was started. */
  ended = 0;
  private child: ChildProcess | undefined;
  private url: string | undefined;
  private readonly lines: string[] = [];

  constructor(
    readonly name: ServiceName,
    private readonly env: Readonly<Record<string, string>>,
  ) {}

  async start(): Promise<void> {
    const main = fileURLToPath(new URL(`../../../apps/${this.name}/dist/main.js`, import.meta.url));
    const child = startNode([main, '--port', '0'], {
      env: { ...process.env, ...this.env },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    this.child = child;
    createInterface(child.stderr!).on('line', (line) => this.heard(child, line));
    child.once('exit', () => void this.afterEnd(child));
  }

  async kill(): Promise<void> {
    await this.end('SIGKILL');
  }

  async stop(): Promise<void> {
    await this.end('SIGTERM');
  }

  /** Fails when the service is not up. */
  async request(path: string, options: RequestInit = {}): Promise<Response> {
    if (this.url === undefined) throw new Error(`${this.name} is not up`);
    return fetch(this.url + path, { signal: AbortSignal.timeout(60_000), ...options });
  }

  async ready(patienceMs = 120_000): Promise<void> {
    for (const until = Date.now() + patienceMs; ; await pause(200)) {
      const answer = await this.request('/health/ready').catch((error: unknown) => String(error));
      if (typeof answer !== 'string' && answer.ok) return;
      if (Date.now() < until) continue;
      const said = typeof answer === 'string' ? answer : await answer.text();
      throw new Error(`${this.name} is not ready after ${patienceMs / 1000} s: ${said}\n${this.tail}`);
    }
  }

  /** The last lines of its log. */
  get tail(): string {
    return this.lines.slice(-20).join('\n');
  }

  private heard(child: ChildProcess, line: string): void {
    this.lines.push(line);
    if (this.lines.length > 200) this.lines.shift();
    if (child !== this.child || !line.includes('"msg":"up"')) return;
    this.url = (JSON.parse(line) as { url: string }).url;
  }

  private async afterEnd(child: ChildProcess): Promise<void> {
    if (child !== this.child) return;
    this.url = undefined;
    this.ended += 1;
    await pause(AGAIN_MS);
    if (child === this.child) await this.start();
  }

  private async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const { child } = this;
    this.child = undefined;
    this.url = undefined;
    if (child && !(await endNode(child, signal)))
      throw new Error(`${this.name} did not end when it was told to:\n${this.tail}`);
  }
}
