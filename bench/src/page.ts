import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';

/** When, and by which command, figures are measured. */
export const aboutRun = (script: string, args: readonly string[]): { date: string; command: string } => ({
  date: new Date().toISOString().slice(0, 10),
  command: [`npm run ${script}`, ...(args.length > 0 ? ['--', ...args] : [])].join(' '),
});

/** Writes a page of Markdown, laid out as the rest of the documentation. */
export async function writePage(folder: string, name: string, page: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const config = await resolveConfig(join('docs', name));
  writeFileSync(join(folder, name), await format(page, { ...config, parser: 'markdown' }));
}
