// node care-process.mjs HOW: starts a server and makes a folder, prints both, and ends in one of several ways; see care.spec.ts.
import { letAllGo } from '../../tools/servers/care.mjs';
import { startProcess, stopProcess, temporaryFolder } from '../../tools/servers/process.mjs';

const how = process.argv[2];
const stopped = startProcess('sleep', ['600'], temporaryFolder('care'));
await stopProcess(stopped);
const server = startProcess('sleep', ['600'], temporaryFolder('care'));
const scratch = temporaryFolder('care-scratch');
console.log(JSON.stringify({ ...server, scratch }));
if (how === 'let go') letAllGo();
if (how === 'throw') throw new Error('as the test wants it');
if (how === 'wait') setInterval(() => {}, 1000);
