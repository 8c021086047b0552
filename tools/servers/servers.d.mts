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
export function startRedis(options?: { readonly durable?: boolean }): Promise<Server & { readonly address: string }>;
export function runRedis(folder: string): Promise<Server>;
export function stopProcess(server: Server): Promise<void>;
