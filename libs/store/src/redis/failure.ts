import { StoreError } from '../error.js';

/** Redis answers, and cannot do it at the moment: codes at the beginning of its errors, or behind what a script says before them. */
const passing: Readonly<Record<string, string>> = {
  READONLY: 'it is a replica, a failover may be under way',
  LOADING: 'it is loading its data',
  MASTERDOWN: 'it is a replica without its primary',
  NOREPLICAS: 'it has too few replicas to take writes',
  CLUSTERDOWN: 'a part of the cluster is down',
  TRYAGAIN: 'keys are being moved',
  MOVED: 'keys are being moved',
  ASK: 'keys are being moved',
  BUSY: 'a script keeps it busy',
  OOM: 'it is at its maxmemory: give it more',
  MISCONF: 'it cannot write to its disk',
};

/** Redis answers, and will not do it as it is set up. */
const final: Readonly<Record<string, string>> = {
  NOAUTH: 'it wants a password: set PORTOLAN_REDIS_PASSWORD',
  WRONGPASS: 'user or password are wrong: see PORTOLAN_REDIS_USERNAME and PORTOLAN_REDIS_PASSWORD',
  NOPERM: 'the user may not do this: it needs all commands on keys of the prefix, and INFO',
  DENIED: 'it is in protected mode',
};

/** What went wrong as an error that says where and what to do. Other answers are faults of ours, and stay as they are. */
export const failureOf = (error: Error, place: string, setting: string): Error => {
  const { message } = error;
  // A reply carries its command, and that documents or passwords: nothing for the log.
  const cause = new Error(message);
  const codes = message.match(/\b[A-Z]{3,}\b/g) ?? [];
  const [code] = codes.filter((each) => Object.hasOwn(passing, each) || Object.hasOwn(final, each));
  if (code !== undefined && Object.hasOwn(final, code))
    return new StoreError('store-refused', `Redis at ${place} refuses (${code}): ${final[code]}.`, false, { cause });
  if (code !== undefined)
    return new StoreError('store-unavailable', `Redis at ${place} cannot serve (${code}): ${passing[code]}.`, true, {
      cause,
    });
  if (error.name === 'ReplyError') return error;
  const text = `No answer from Redis at ${place} (${message}). Start it, or set ${setting} to where it runs.`;
  return new StoreError('store-unreachable', text, true, { cause });
};
