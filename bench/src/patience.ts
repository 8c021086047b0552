import { setTimeout as pause } from 'node:timers/promises';

/** Resolves when it holds. @throws saying what was waited for, after so many seconds */
export async function until(
  holds: () => boolean | Promise<boolean>,
  { seconds, what, everyMs = 100 }: { readonly seconds: number; readonly what: string; readonly everyMs?: number },
): Promise<void> {
  for (const end = Date.now() + seconds * 1000; !(await holds()); await pause(everyMs))
    if (Date.now() > end) throw late(what, seconds);
}

/** What the work comes to. @throws saying what was waited for, after so many seconds; the work itself goes on */
export async function within<T>(seconds: number, what: string, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(late(what, seconds)), seconds * 1000);
  });
  return Promise.race([work, over]).finally(() => clearTimeout(timer));
}

const late = (what: string, seconds: number): Error => new Error(`${what}: not within ${seconds} s`);
