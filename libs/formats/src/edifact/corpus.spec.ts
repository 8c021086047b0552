import { corpusText, describeCorpus } from '../testing/corpus.js';
import { draftsOf, refusals } from '../testing/read.js';
import { readEdifact } from './edifact.js';

const received = Date.UTC(2026, 2, 6);
const read = (file: string) => readEdifact(corpusText(`edifact/${file}.edi`), { received });

/** Values that a pattern finds in the raw text, each once. */
const inText = (file: string, pattern: RegExp): string[] =>
  [...new Set([...corpusText(`edifact/${file}.edi`).matchAll(pattern)].map((match) => match[1]!))].sort();

/** Each once, wherever in the events, what was only kept as text apart. */
function inEvents(file: string, pattern: RegExp): string[] {
  const said = draftsOf(read(file)).map(({ data }) => ({ ...data, extensions: { way: data.extensions?.way } }));
  return [...new Set([...JSON.stringify(said).matchAll(pattern)].map((match) => match[1]!))].sort();
}

const minutes = (texts: string[]) => texts.map((text) => text.padEnd(12, '0').slice(-10)).sort();

describeCorpus('messages of the EDIFACT corpus', () => {
  it.each([
    ['d00b_iftsta', 'edifact-iftsta-d00b', 1],
    ['d04b_baplie', 'edifact-baplie-d04b', 4],
    ['d95b_coprar', 'edifact-coprar-d95b', 4],
  ])('%s is read whole', (file, format, events) => {
    expect(read(file)).toMatchObject({ format });
    expect(refusals(read(file))).toEqual([]);
    expect(draftsOf(read(file))).toHaveLength(events);
    expect(draftsOf(read(file))).toEqual(draftsOf(read(file)));
  });

  it.each(['d00b_iftsta', 'd95b_coprar'])('%s has every container', (file) => {
    const containers = inText(file, /\+([A-Z]{4}\d{7})/g);
    expect(containers.length).toBeGreaterThan(0);
    expect(inEvents(file, /"equipment":"(\w+)"/g)).toEqual(containers);
  });

  it('the container that the bay plan calls CONTAINER has no number, and is there all the same', () => {
    const stowed = draftsOf(read('d04b_baplie')).filter(({ type }) => type === 'org.portolan.equipment.stowed');
    expect(stowed).toHaveLength(inText('d04b_baplie', /(EQD\+)/g).length);
    expect(stowed[0]).toMatchObject({
      data: {
        slot: '0050302',
        isoType: '2210',
        empty: false,
        grossMassKg: 23000,
        flags: [expect.any(String), expect.stringContaining('no-equipment')],
      },
    });
  });

  it.each(['d00b_iftsta', 'd04b_baplie', 'd95b_coprar'])('%s has every place', (file) => {
    const [codes, own] = [inText(file, /LOC\+(?!147)\d+\+([^:+']+)/g), inText(file, /LOC\+147\+(\d+)/g)];
    const places = inEvents(file, /"(?:unlocode|facility|name|slot)":"([^"]+)"/g);
    expect([...codes, ...own].filter((each) => !places.includes(each))).toEqual(
      file === 'd95b_coprar' ? ['INNSA'] : [],
    );
  });

  // The message's own date orders its revisions, and what a container's destination is stays with its segments.
  it.each([
    ['d00b_iftsta', 6],
    ['d04b_baplie', 3],
    ['d95b_coprar', 2],
  ])('%s has every date of what happened', (file, count) => {
    const flagged = inEvents(file, /local-time: (\d+)/g);
    const way = new Set(inEvents(file, /"(?:at|arrival\w+|departure\w+)":"([^"]+)"/g));
    const dates = inText(file, /DTM\+(?!137)\d+:(\d+)/g);
    expect(dates).toHaveLength(count);
    expect(way.size).toBe(count);
    expect(minutes(flagged).every((each) => minutes(dates).includes(each))).toBe(true);
  });
});
