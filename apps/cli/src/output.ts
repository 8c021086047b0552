import { once } from 'node:events';

/** Writes to standard output, and waits where its reader is slower. */
export async function print(text: string): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, 'drain');
}

/** Do people look at the output, and have not asked for JSON? */
export const forPeople = ({ json }: { readonly json?: boolean | undefined }): boolean =>
  json !== true && process.stdout.isTTY === true;

/** Messages are written by others: nothing in them may steer the terminal. */
export const printable = (text: string): string => text.replaceAll(/\p{Cc}+/gu, ' ');
