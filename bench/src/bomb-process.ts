import { readFileSync, writeFileSync } from 'node:fs';
import { readMessage } from '@portolan/formats';
import { bombOf } from '../../libs/formats/src/testing/fuzz/bombs.js';
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

// node … bomb-process.ts NAME FILE: reads the bomb of that name, whose bytes are in the file: making them takes room of its own.
const [name, file] = process.argv.slice(2);
const smallest = 1e-9;
const message = { ...bombOf(name!, smallest), body: readFileSync(file!) };
globalThis.gc?.();
forgetPeak();
const before = process.resourceUsage().maxRSS;
const began = performance.now();
const reading = readMessage(message, { received: Date.UTC(2026, 2, 2, 8) });
const milliseconds = performance.now() - began;
const megabytes = (process.resourceUsage().maxRSS - before) / 1000;
ends({ refused: refusalOf(reading), milliseconds, megabytes } satisfies Blast);

/** Starting takes more room for a moment than most messages: Linux lets a process begin its peak anew, elsewhere it counts as it is. */
function forgetPeak(): void {
  try {
    writeFileSync('/proc/self/clear_refs', '5');
  } catch {
    // Then what is measured may be too little.
  }
}
