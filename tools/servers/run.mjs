// node tools/servers/run.mjs COMMAND ARGUMENTS: runs a command with Kafka and Redis running, ends them, and exits as the command did.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { withServers } from './servers.mjs';

const [command, ...args] = process.argv.slice(2);
if (!command) {
  console.error('Use: node tools/servers/run.mjs COMMAND [ARGUMENT…]');
  process.exit(2);
}

process.exitCode = await withServers(async (env) => {
  const child = spawn(command, args, { stdio: 'inherit', env: { ...process.env, ...env } });
  // The command gets a terminal's Ctrl+C as well; this process stays to end the servers.
  for (const name of ['SIGINT', 'SIGTERM']) process.on(name, () => child.kill(name));
  const [code] = await once(child, 'close');
  return code ?? 1;
});
