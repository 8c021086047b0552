import type { ChildProcess } from 'node:child_process';

export interface Server {
  readonly pid: number;
  readonly folder: string;
}

export function startServers(): Promise<{ env: Record<string, string>; servers: unknown[] }>;
export function stopServers(servers: readonly unknown[]): Promise<void>;
export function withServers<T>(work: (env: Record<string, string>) => Promise<T>): Promise<T>;
export function startKafka(): Promise<Server & { readonly address: string }>;
export function startSecuredKafka(): Promise<
  Server & {
    readonly address: string;
    readonly tls: string;
    readonly sasl: string;
    readonly ca: string;
    readonly user: { readonly username: string; readonly password: string };
  }
>;
export function runKafka(folder: string): Promise<Server>;
export function canRunKafka(): boolean;
export interface RedisServer extends Server {
  readonly port: number;
  readonly address: string;
}

type RedisSettings = Readonly<Record<string, string | number | readonly (string | number)[]>> & {
  readonly port: number;
};

export function canRunRedis(): boolean;
export function startRedis(): Promise<RedisServer>;
export function runRedis(settings: RedisSettings, folder?: string): Promise<RedisServer>;
export function startRedisCluster(): Promise<{
  readonly nodes: readonly RedisServer[];
  readonly addresses: readonly string[];
}>;
export function startSecuredRedis(): Promise<
  RedisServer & {
    readonly ca: string;
    readonly caFile: string;
    readonly user: { readonly username: string; readonly password: string };
  }
>;
export function startWatchedRedis(): Promise<{
  readonly primary: RedisServer;
  readonly replica: RedisServer;
  readonly sentinels: readonly RedisServer[];
  readonly name: string;
}>;
/** Sends a line to a port of this machine; gives what comes back first, or undefined when nobody answers. */
export function ask(port: number, line: string): Promise<string | undefined>;
/** A child that is killed when this process is gone, however that came about: so are all servers of this file. */
export function endsWithUs(child: ChildProcess): void;
/** A new folder, which is removed with `removeFolder`, or when this process is gone. */
export function temporaryFolder(name: string): string;
/** It stays when this process is gone. */
export function keepFolder(folder: string): void;
export function removeFolder(folder: string): void;
export function isRunning(pid: number): boolean;
export function freePort(): Promise<number>;
/** Sends SIGKILL. Rejects when the process is still there after so many seconds (10). */
export function killProcess(server: Pick<Server, 'pid'>, seconds?: number): Promise<void>;
/** Sends SIGTERM, after so many seconds (15) SIGKILL, and removes the folder. Rejects when the process is still there so many seconds (10) later. */
export function stopProcess(server: Server, asked?: number, killed?: number): Promise<void>;
