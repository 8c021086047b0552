import { readFileSync, readdirSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseAllDocuments } from 'yaml';

const root = fileURLToPath(new URL('../../../../', import.meta.url));

/** A file of the repository as text. */
export const textOf = (path: string): string => readFileSync(root + path, 'utf8');

/** Whether the repository has something at this path. */
export const isThere = (path: string): boolean => statSync(root + path, { throwIfNoEntry: false }) !== undefined;

/** Paths of all files below a folder of the repository. */
export const filesBelow = (folder: string): string[] =>
  readdirSync(root + folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath}/${entry.name}`.slice(root.length))
    .sort();

/** The documents of a YAML file; throws where it is none. */
export const yamlIn = <T>(path: string): T[] =>
  parseAllDocuments(textOf(path), { merge: true }).map((document) => {
    if (document.errors.length > 0) throw document.errors[0]!;
    return document.toJS() as T;
  });

/** Cells of the rows of the tables in a Markdown text whose first cell is code, without the code's marks. */
export const tableRows = (markdown: string): string[][] =>
  [...markdown.matchAll(/^\| `([^`]+)` *\|(.*)\|$/gm)].map(([, name, rest]) => [
    name!,
    ...rest!.split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll('`', '').replaceAll('\\|', '|')),
  ]);
