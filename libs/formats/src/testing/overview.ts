import { standards } from '../registry.js';
import { type Subject, subjects } from './fuzz/seeds.js';

/** Between these lines `docs/formats.md` has the table. */
export const marks = { begin: '<!-- standards: npm run docs:formats -->', end: '<!-- /standards -->' } as const;

/** What `docs/formats.md` tells of every standard, in Markdown: its names, and the events that our samples of it become. */
export function overview(): string {
  const rows = standards.map(({ name, title, aliases, contentTypes }) => [
    title,
    [name, ...aliases].map(code).join(', '),
    contentTypes.map(code).join(', ') || '–',
    [...new Set(subjects.filter(({ standard }) => standard === name).flatMap(eventTypes))].sort().map(code).join(', '),
  ]);
  const head = ['standard', 'format', 'content type', 'events'];
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** The page with the table as it is now. */
export function pageWith(page: string): string {
  const [begin, end] = [page.indexOf(marks.begin), page.indexOf(marks.end)];
  if (begin < 0 || end < begin) throw new Error(`docs/formats.md has no lines ${marks.begin} and ${marks.end}`);
  return `${page.slice(0, begin + marks.begin.length)}\n\n${overview()}\n\n${page.slice(end)}`;
}

const code = (text: string): string => `\`${text}\``;

/** Types of the events that samples become, without what all begin with. */
function eventTypes({ samples, read }: Subject): readonly string[] {
  return samples.flatMap((sample) => {
    const reading = read(sample);
    const items = 'items' in reading ? reading.items : [];
    return items.flatMap((item) => (item.ok ? item.events : [])).map(({ type }) => type.replace('org.portolan.', ''));
  });
}
