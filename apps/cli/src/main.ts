import { createRequire } from 'node:module';
import { Command, CommanderError } from 'commander';
import { CommandFailure, exitCodes } from './exit.js';
import { registerDoctor } from './doctor/doctor.command.js';
import { registerGenerate } from './generate/generate.command.js';
import { registerMap } from './map/map.command.js';
import { registerRejected } from './rejected/rejected.command.js';
import { registerReplay } from './replay/replay.command.js';
import { registerSend } from './send/send.command.js';
import { registerSolve } from './solve/solve.command.js';
import { registerExport } from './transfer/export.command.js';
import { registerImport } from './transfer/import.command.js';
import { registerUp } from './up/up.command.js';
import { registerWhatIf } from './what-if/what-if.command.js';

const { version } = createRequire(import.meta.url)('../package.json') as { version: string };

const program = new Command('portolan')
  .description('Event-driven supply-chain optimizer: events in, a proven optimal plan and recommendations out')
  .version(version)
  .exitOverride()
  .showHelpAfterError('(--help shows examples)')
  .configureHelp({ showGlobalOptions: true });

registerUp(program);
registerSend(program);
registerMap(program);
registerRejected(program);
registerSolve(program);
registerReplay(program);
registerWhatIf(program);
registerExport(program);
registerImport(program);
registerGenerate(program);
registerDoctor(program);

// Who reads has seen enough: `portolan … | head`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? exitCodes.done : exitCodes.environment);
});

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = report(error);
}

/** What went wrong, for people, on standard error; never a stack trace. */
function report(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.wrongUse;
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`${message}\n`);
  return error instanceof CommandFailure ? error.code : exitCodes.environment;
}
