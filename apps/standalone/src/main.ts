import { startStandalone } from './standalone.js';

try {
  await startStandalone({ demo: process.argv.includes('--demo') });
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 3;
}
