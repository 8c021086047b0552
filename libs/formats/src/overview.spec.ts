import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { jsonSchemas } from '@portolan/domain';
import { standards } from './registry.js';
import { overview, pageWith } from './testing/overview.js';

const docs = new URL('../../../docs/', import.meta.url);
const page = readFileSync(new URL('formats.md', docs), 'utf8');
/** Prettier aligns tables. */
const plain = (text: string): string => text.replace(/-+/g, '-').replace(/ +/g, ' ');

describe('docs/formats.md', () => {
  it('has the table that the code gives (npm run docs:formats)', () => {
    expect(plain(page)).toBe(plain(pageWith(page)));
  });

  it('tells the events of every standard', () => {
    const rows = overview().split('\n').slice(2);
    expect(rows).toHaveLength(standards.length);
    for (const row of rows) expect(row).toMatch(/\| `[a-z]+\.[a-z-]+`[^|]* \|$/);
  });

  it('tells what every event does', () => {
    const types = Object.keys(jsonSchemas()).flatMap((name) => /^org\.portolan\.(\w+\.\w+)$/.exec(name)?.[1] ?? []);
    expect(types.length).toBeGreaterThan(20);
    const [, table] = page.split('## What events do');
    expect(types.filter((type) => !table!.includes(`\`${type}\``))).toEqual([]);
  });

  it('leads to the page of every standard, and only to pages that are there', () => {
    const links = [...page.matchAll(/\]\(([\w./-]+)(?:#[\w-]+)?\)/g)].map(([, path]) => path!);
    expect(links.filter((path) => !existsSync(new URL(path, docs)))).toEqual([]);
    const pages = readdirSync(docs).filter((name) => name.startsWith('formats-'));
    expect(pages.filter((name) => !links.includes(name))).toEqual([]);
  });
});
