import { jest } from '@jest/globals';
import { Command } from 'commander';
import { CommandFailure } from '../exit.js';

/** Runs a command as a shell would: what it prints, and how it ends. Standard error is kept quiet. */
export async function runCommand(
  register: (program: Command) => void,
  ...args: string[]
): Promise<{ out: string; code: number; told: string }> {
  let out = '';
  const stdout = jest.spyOn(process.stdout, 'write').mockImplementation((text) => ((out += String(text)), true));
  const stderr = jest.spyOn(process.stderr, 'write').mockImplementation(() => true);
  const program = new Command().exitOverride();
  register(program);
  program.commands.forEach((command) => command.exitOverride());
  try {
    await program.parseAsync(['node', 'portolan', ...args]);
    return { out, code: 0, told: '' };
  } catch (error) {
    return { out, code: error instanceof CommandFailure ? error.code : 2, told: (error as Error).message };
  } finally {
    stdout.mockRestore();
    stderr.mockRestore();
  }
}
