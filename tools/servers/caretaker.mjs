// node tools/servers/caretaker.mjs: hears of servers and folders on standard input, one line of JSON each. When that closes, whoever wrote there is gone:
// kills the servers that are left, and removes the folders. See care.mjs.
import { rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { killProcess } from './process.mjs';

const charges = new Set();

for await (const line of createInterface({ input: process.stdin })) {
  const { what, charge } = JSON.parse(line);
  if (what === 'take') charges.add(JSON.stringify(charge));
  else charges.delete(JSON.stringify(charge));
}

const left = [...charges].map((charge) => JSON.parse(charge));
const servers = left.filter(({ pid }) => pid !== undefined);
// One that cannot be killed keeps neither the others nor the folders.
await Promise.allSettled(servers.map((server) => killProcess(server)));
for (const { folder } of left) if (folder) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
