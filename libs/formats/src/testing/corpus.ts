import { existsSync, readFileSync, readdirSync } from 'node:fs';

/** Messages of real senders, which lie beside the project and are not part of it. */
const folder = new URL('../../../../../shared/corpus/', import.meta.url);
const there = existsSync(folder);

/** Like `describe`; where the corpus is not there, skipped, with the reason in its name. */
export const describeCorpus = (name: string, tests: () => void): void =>
  there ? describe(name, tests) : describe.skip(`${name} (skipped: the corpus is not beside the project)`, tests);

export const corpusText = (path: string): string => readFileSync(new URL(path, folder), 'utf8');
export const corpusJson = (path: string): unknown => JSON.parse(corpusText(path));
export const corpusFiles = (path: string): readonly string[] => readdirSync(new URL(path, folder));

const isMessage = (file: string): boolean => /\.(json|txt|edi)$/.test(file);

/** A message, or all messages of a folder; none where the corpus is not there. */
export function corpusSamples(path: string): readonly string[] {
  if (!there) return [];
  const files = isMessage(path) ? [path] : corpusFiles(path).map((file) => `${path}/${file}`);
  return files.filter(isMessage).map(corpusText);
}
