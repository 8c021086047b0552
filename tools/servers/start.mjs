// node tools/servers/start.mjs: starts Kafka and Redis, prints the variables the integration tests look for, and leaves them running.
// In a shell: export $(node tools/servers/start.mjs); end them with node tools/servers/stop.mjs.
import { letAllGo } from './care.mjs';
import { startServers, stopServers } from './servers.mjs';
import { isComplete, remember, remembered } from './state.mjs';

const before = remembered();
if (before && !isComplete(before)) await stopServers(before.servers);
const state = before && isComplete(before) ? before : await startServers();
remember(state);
letAllGo();
for (const [name, value] of Object.entries(state.env)) console.log(`${name}=${value}`);
