import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { canRunKafka } from '../../../tools/servers/servers.mjs';

const why = canRunKafka() ? '' : ' (skipped: no Java and Maven to run a broker that may be killed)';
const source = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** `npm run check:kills -- --events 100000 --kills 40` is the whole of it. */
(canRunKafka() ? it : it.skip)(
  `what is in log and store is the same, byte for byte, when everything is killed meanwhile${why}`,
  async () => {
    const loader = ['--conditions=@portolan/source', '--import', source('../../../tools/register.mjs')];
    const command = [...loader, source('../kills.ts'), '--events', '3600', '--kills', '6'];
    const run = promisify(execFile)(process.execPath, command, { timeout: 280_000 });
    // What differs is said on standard output, which the error of a failed command does not have in its message.
    const { stdout } = await run.catch(({ stdout, message }: Error & { stdout: string }) => {
      throw new Error(`${message}\n${stdout}`);
    });
    expect(stdout.match(/^✓ [\w-]+\.jsonl: \d+ lines, all the same$/gm)).toHaveLength(4);
    expect(stdout.match(/^✓ \w+: every accepted event is in the log once/gm)).toHaveLength(2);
  },
  300_000,
);
