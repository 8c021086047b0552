import { readMessage } from '@portolan/formats';
import { bombOf, fullSize } from '../../libs/formats/src/testing/fuzz/bombs.js';
import { refusalOf } from '../../libs/formats/src/testing/fuzz/laws.js';
import { ends } from './processes.js';

/** What reading a message took that was made to take much. */
export interface Blast {
  /** Why it was refused; empty when it was not. */
  readonly refused: string;
  readonly milliseconds: number;
  /** More at the peak than before, resident. */
  readonly megabytes: number;
}

// node … bomb-process.ts NAME: reads one bomb at its full size.
const name = process.argv[2]!;
const { body, format } = bombOf(name, fullSize);
globalThis.gc?.();
const before = process.resourceUsage().maxRSS;
const began = performance.now();
const reading = readMessage({ body, format }, { received: Date.UTC(2026, 2, 2, 8) });
const milliseconds = performance.now() - began;
const megabytes = (process.resourceUsage().maxRSS - before) / 1000;
ends({ refused: refusalOf(reading), milliseconds, megabytes } satisfies Blast);
