import { jest } from '@jest/globals';
import { Command } from 'commander';
import { CommandFailure } from '../exit.js';

/** Runs a command as a shell would: what it prints, and how it ends; `noted` is what went to standard error meanwhile. */
export async function runCommand(
  register: (program: Command) => void,
  ...args: string[]
): Promise<{ out: string; code: number; told: string; noted: string }> {
  let [out, noted] = ['', ''];
  const stdout = jest.spyOn(process.stdout, 'write').mockImplementation((text) => ((out += String(text)), true));
  const stderr = jest.spyOn(process.stderr, 'write').mockImplementation((text) => ((noted += String(text)), true));
  const program = new Command().exitOverride();
  register(program);
  program.commands.forEach((command) => command.exitOverride());
  try {
    await program.parseAsync(['node', 'portolan', ...args]);
    return { out, code: 0, told: '', noted };
  } catch (error) {
    return { out, code: error instanceof CommandFailure ? error.code : 2, told: (error as Error).message, noted };
  } finally {
    stdout.mockRestore();
    stderr.mockRestore();
  }
}
