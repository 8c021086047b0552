import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Mapping, parseMapping } from '@portolan/formats';
import { type EventLog, openEmbeddedLog, topics } from '@portolan/streams';
import { Intake } from '../intake/intake.js';
import type { Incoming } from '../intake/message.js';
import { Rejections } from './rejections.js';

const NOW = Date.UTC(2026, 2, 2, 8);

/** Amounts are words; some are known. */
const mapping = (words: string, name = 'dossiers', source = 'then'): Mapping => {
  const parsed = parseMapping(`format: portolan.mapping/1
name: ${name}
kind: orders
source: /tables/${source}
table: { encoding: windows-1252 }
fields: { id: Dossier, from: { constant: BEANR }, available: { constant: 2026-03-03T06:00:00Z }, to: Naar, quantity: { column: Aantal, values: { ${words} } } }
`);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  return parsed.value;
};
const [one, both] = ['één: 1', 'één: 1, twee: 2'];
const table = Buffer.from('Dossier;Naar;Aantal\nD-1;BELGG;één\nD-2;BELGG;twee\n', 'latin1');

describe('a row that was rejected as its mapping was', () => {
  const directory = mkdtempSync(join(tmpdir(), 'portolan-mapped-'));
  let [log, folder]: [EventLog, number] = [undefined as never, 0];
  beforeEach(async () => {
    log = await openEmbeddedLog({ directory: join(directory, String((folder += 1))) });
  });
  afterEach(() => log.close());
  afterAll(() => rmSync(directory, { recursive: true }));

  const now = () => NOW;
  const take = (mappings: readonly Mapping[], how: Partial<Incoming> = {}) =>
    new Intake(log, now, { mappings }).take({
      body: table,
      headers: { 'content-type': 'text/csv' },
      cell: 'antwerp',
      ...how,
    });
  const rejections = (mappings: readonly Mapping[]) => new Rejections(log, now, { mappings });
  const retried = async (mappings: readonly Mapping[]) => {
    const { tried, resolved, accepted } = await rejections(mappings).retryAll({});
    return { tried, resolved, accepted };
  };
  const events = async () =>
    (await log.read(topics.events, 0, 0, 10)).map(
      ({ headers }) => `${headers['ce_subject']} of ${headers['ce_source']}`,
    );

  it.each([
    ['that it named', { format: 'dossiers' }],
    ['that has its columns', {}],
  ])('is read by the mapping of the service %s, once that is mended', async (_, how) => {
    await take([mapping(one)], how);
    expect(await events()).toEqual(['D-1 of /tables/then']);
    expect(await retried([mapping(one)])).toEqual({ tried: 1, resolved: 0, accepted: 0 });
    expect(await retried([mapping(both)])).toEqual({ tried: 1, resolved: 1, accepted: 1 });
    expect(await events()).toEqual(['D-1 of /tables/then', 'D-2 of /tables/then']);
  });

  it('is read by the mapping as it was where the service has none of that name any more', async () => {
    await take([mapping(one)]);
    expect(await retried([mapping(both, 'others')])).toEqual({ tried: 1, resolved: 0, accepted: 0 });
    const { data } = await rejections([]).list({});
    expect(data).toMatchObject([{ format: 'dossiers', faults: [{ value: 'twee' }] }]);
  });

  it("is read by its sender's mapping as it came, also where the service has another of that name", async () => {
    await take([], { mapping: mapping(one, 'dossiers', 'sender') });
    expect(await retried([mapping(both)])).toEqual({ tried: 1, resolved: 0, accepted: 0 });
    const mended = new Rejections(log, now, {
      mappings: [mapping(both)],
      read: (message) => {
        expect(message.mapping).toEqual(mapping(one, 'dossiers', 'sender'));
        return { unreadable: [{ pointer: '', message: 'seen' }], because: 'not-a-message' };
      },
    });
    const [{ id } = { id: '' }] = (await mended.list({})).data;
    expect(await mended.retry(id)).toMatchObject({ status: 'rejected', faults: [{ message: 'seen' }] });
  });

  it.each([
    ['none was there', []],
    ['two were there and none was named', [mapping(one, 'a'), mapping(one, 'b')]],
  ])('is a table of a mapping now, where %s', async (_, then) => {
    await take(then);
    expect(await events()).toEqual([]);
    expect(await retried(then)).toMatchObject({ resolved: 0 });
    expect(await retried([mapping(both)])).toEqual({ tried: 1, resolved: 1, accepted: 2 });
  });

  it('is shown in its characters, at its row', async () => {
    await take([mapping(one)]);
    const { message } = (await rejections([]).show('0-0'))!;
    expect(message).toMatchObject({ line: 3, excerpt: 'Dossier;Naar;Aantal\nD-1;BELGG;één\nD-2;BELGG;twee' });
  });
});
