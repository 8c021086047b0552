import type { Connection } from './connection.js';

/** What is wrong with the way this server treats its keys when its memory is full; `undefined` when nothing is, or it does not say. */
export const evictionOf = async (connection: Connection): Promise<string | undefined> => {
  const policy = await policyOf(connection);
  if (policy === undefined || policy === 'noeviction') return undefined;
  return `Redis at ${connection.place} has maxmemory-policy ${policy} and drops what it likes when its memory is full; the store is then filled anew. Set noeviction.`;
};

/** Servers that are run by others may not tell. */
const policyOf = async (connection: Connection): Promise<string | undefined> => {
  const told = await connection.run((client) => client.info('memory')).catch(() => '');
  return /^maxmemory_policy:([\w-]+)/m.exec(told)?.[1];
};
