import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { endNode, hasEnded, startNode } from '../child.js';

const main = fileURLToPath(new URL('../../../apps/optimizer/dist/main.js', import.meta.url));

/** An optimizer as a process of its own, from its build. */
export class OptimizerProcess {
  readonly lines: Readonly<Record<string, unknown>>[] = [];
  private readonly child: ChildProcess;

  constructor(
    readonly name: string,
    env: Readonly<Record<string, string>>,
  ) {
    this.child = startNode([main, '--port', '0'], {
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
    if (hasEnded(this.child)) throw this.fault(`ended with ${this.child.exitCode ?? this.child.signalCode}`);
  }

  async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    if (!(await endNode(this.child, signal))) throw this.fault('did not end when it was told to');
  }

  private fault(what: string): Error {
    const said = this.lines.slice(-10).map((line) => JSON.stringify(line));
    return new Error(`${this.name} ${what}:\n${said.join('\n')}`);
  }
}
