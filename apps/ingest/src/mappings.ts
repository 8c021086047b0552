import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Mapping, parseMapping, standardNamed } from '@portolan/formats';

/**
 * The mappings in a folder's `*.yaml`, `*.yml` and `*.json`, by their names; none without a folder.
 * @throws Error that names everything wrong with any of them, file by file
 */
export function loadMappings(folder: string | undefined): readonly Mapping[] {
  if (folder === undefined) return [];
  const read = filesIn(folder).map((file) => ({
    file,
    parsed: parseMapping(readFileSync(join(folder, file), 'utf8')),
  }));
  const mappings = read.flatMap(({ parsed }) => (parsed.ok ? [parsed.value] : []));
  const wrong = [
    ...read.flatMap(({ file, parsed }) =>
      parsed.ok ? [] : parsed.faults.map(({ pointer, message }) => `${file}: ${pointer || '/'} ${message}`),
    ),
    ...namesTaken(mappings),
  ];
  if (wrong.length > 0)
    throw new Error(`The mappings in ${folder} are wrong:\n${wrong.map((line) => `  ${line}`).join('\n')}`);
  return mappings;
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => /\.(ya?ml|json)$/i.test(name))
      .sort();
  } catch (error) {
    throw new Error(`The folder of mappings (${folder}) cannot be read: ${(error as Error).message}`, { cause: error });
  }
}

function namesTaken(mappings: readonly Mapping[]): string[] {
  const names = mappings.map(({ name }) => name);
  return [...new Set(names)].flatMap((name) => {
    if (standardNamed(name)) return [`${name} is the name of a standard: a mapping needs another`];
    return names.filter((other) => other === name).length > 1 ? [`${name} is the name of two mappings`] : [];
  });
}
