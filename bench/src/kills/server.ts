import {
  freePort,
  killProcess,
  runKafka,
  runRedis,
  type Server,
  startKafka,
  stopProcess,
} from '../../../tools/servers/servers.mjs';
import type { Actor } from './actor.js';

/** A broker or a Redis of this machine, which keeps its address. */
export class ServerActor implements Actor {
  private constructor(
    readonly name: string,
    readonly address: string,
    private server: Server,
    private readonly run: (folder: string) => Promise<Server>,
  ) {}

  static async kafka(): Promise<ServerActor> {
    const server = await startKafka();
    return new ServerActor('broker', server.address, server, runKafka);
  }

  /** `durable`: every write is on disk before it is answered; else a killed one comes back empty. */
  static async redis(durable: boolean): Promise<ServerActor> {
    const settings = { port: await freePort(), ...(durable && { appendonly: 'yes', appendfsync: 'always' }) };
    const server = await runRedis(settings);
    return new ServerActor('redis', server.address, server, (folder) => runRedis(settings, folder));
  }

  signal(name: NodeJS.Signals): void {
    process.kill(this.server.pid, name);
  }

  kill(): Promise<void> {
    return killProcess(this.server);
  }

  async start(): Promise<void> {
    this.server = await this.run(this.server.folder);
  }

  stop(): Promise<void> {
    return stopProcess(this.server);
  }
}
