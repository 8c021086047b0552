// node tools/servers/stop.mjs: ends what start.mjs left running.
import { stopServers } from './servers.mjs';
import { forget, remembered } from './state.mjs';

await stopServers(remembered()?.servers ?? []);
forget();
