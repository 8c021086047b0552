import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../../apps/optimizer/dist/main.js', import.meta.url));

/** An optimizer as a process of its own, from its build. */
export class OptimizerProcess {
  readonly lines: Readonly<Record<string, unknown>>[] = [];
  private readonly child: ChildProcess;

  constructor(
    readonly name: string,
    env: Readonly<Record<string, string>>,
  ) {
    this.child = spawn(process.execPath, [main, '--port', '0'], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    createInterface(this.child.stderr!).on('line', (line) => {
      this.lines.push(line.startsWith('{') ? (JSON.parse(line) as Record<string, unknown>) : { msg: line });
    });
  }

  /** Lines of its log with this message. */
  said(message: string): Readonly<Record<string, unknown>>[] {
    return this.lines.filter(({ msg }) => msg === message);
  }

  /** Throws, with what it said, when it has ended by itself. */
  mustRun(): void {
    if (this.child.exitCode === null) return;
    const said = this.lines.slice(-10).map((line) => JSON.stringify(line));
    throw new Error(`${this.name} ended with ${this.child.exitCode}:\n${said.join('\n')}`);
  }

  async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    this.child.kill(signal);
    await once(this.child, 'exit');
  }
}
