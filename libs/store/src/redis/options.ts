export interface HostPort {
  readonly host: string;
  readonly port: number;
}

/** Contents of files, PEM. Absent authorities: those of the system. */
export interface RedisTls {
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
}

/** Where Redis is: one server (`url`), a primary that Sentinel watches, or a cluster. */
export interface RedisReadModelOptions {
  /** `redis://[user:password@]host:port[/database]`, or `rediss://` for TLS. Not used with `sentinel` or `cluster`. */
  readonly url?: string;
  /** The Sentinels, the name they know the primary by, and their own password where they have one. */
  readonly sentinel?: { readonly hosts: readonly HostPort[]; readonly primary: string; readonly password?: string };
  /** Some of the cluster's nodes; the others are learned from them. */
  readonly cluster?: readonly HostPort[];
  /** Before those of the URL. */
  readonly username?: string;
  readonly password?: string;
  readonly tls?: RedisTls;
  /** Begins every key, in braces, so that a cluster keeps all of them in one slot. Default `portolan`. */
  readonly prefix?: string;
  /** Told what an operator should change, such as a policy by which Redis evicts keys. */
  readonly onWarning?: (message: string) => void;
}
