// node tools/tally.mjs FOLDER: sums the `Tests:` lines of the logs in a folder and prints `N passed, N failed, N skipped`.
// A step whose log ends with "exit N", N not 0, without a failed test in it (a build, a lint rule, a crash) counts as one failed.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

export const tallyOf = (log) => {
  const lines = stripVTControlCharacters(log).split(/\r?\n/);
  const tests = lines.filter((line) => /(^|\s)Tests:\s+\d/.test(line));
  const sum = (word) =>
    tests.reduce((total, line) => total + Number(new RegExp(`(\\d+) ${word}`).exec(line)?.[1] ?? 0), 0);
  const tally = { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') + sum('todo') };
  const broken = lines.some((line) => /^exit [1-9]\d*$/.test(line));
  return broken && tally.failed === 0 ? { ...tally, failed: 1 } : tally;
};

const folder = process.argv[2];
if (folder) {
  const tallies = readdirSync(folder).map((name) => tallyOf(readFileSync(join(folder, name), 'utf8')));
  const sum = (word) => tallies.reduce((total, tally) => total + tally[word], 0);
  const skipped = sum('skipped');
  console.log(`${sum('passed')} passed, ${sum('failed')} failed${skipped ? `, ${skipped} skipped` : ''}`);
}
