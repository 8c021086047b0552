import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { open } from 'lmdb';
import type { NewRecord } from '../log.js';
import { openEmbeddedLog } from './embedded-log.js';

describe('records on disk', () => {
  let directory: string;
  beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'portolan-records-'))));
  afterEach(() => rmSync(directory, { recursive: true }));

  const inLog = async <T>(work: (log: Awaited<ReturnType<typeof openEmbeddedLog>>) => Promise<T>): Promise<T> => {
    const log = await openEmbeddedLog({ directory });
    try {
      return await work(log);
    } finally {
      await log.close();
    }
  };
  const readBack = () => inLog((log) => log.read('topic', 0, 0, 10_000));

  it('of an older log are read as they were written', async () => {
    await inLog((log) => log.append('topic', [{ key: 'new', value: 'new', headers: { ce_id: '3' } }]));
    const root = open({ path: directory, maxDbs: 8 });
    const records = root.openDB<unknown, number[]>({ name: 'records' });
    await records.put([0, 0, 1], ['pairs', [['ce_id', '1']], Buffer.from('a'), 5, null]);
    await records.put([0, 0, 2], ['flat', ['ce_id', '2', 'x', 'y'], Buffer.from('b'), 6, 'id']);
    await records.put([0, 0, 3], ['none', [], Buffer.from('c'), 7, null]);
    await root.close();
    const found = (await readBack()).map(({ key, headers, value, dedupe }) => [
      key,
      headers,
      Buffer.from(value).toString(),
      dedupe,
    ]);
    expect(found).toEqual([
      ['new', { ce_id: '3' }, 'new', undefined],
      ['pairs', { ce_id: '1' }, 'a', undefined],
      ['flat', { ce_id: '2', x: 'y' }, 'b', 'id'],
      ['none', {}, 'c', undefined],
    ]);
  });

  it('have JSON as it is where it comes back to the letter, and the same bytes as anywhere else', async () => {
    const json = ['{"a":1,"b":["Zürich ☃ 𝛑",null,{}],"c":"\\ud800"}', '{}', `{"long":"${'☃'.repeat(2500)}"}`];
    const others = [
      '{"a":1.0}',
      '{"a":1,"a":2}',
      '{"b":0,"1":1}',
      '{ }',
      '{',
      '',
      '[1]',
      'null',
      'a lone \ud800',
      'Zürich',
    ];
    const values = [...json, ...others, `{"long":"${'☃'.repeat(3000)}"}`, Buffer.from([0xff, 0, 1])];
    await inLog((log) =>
      log.append(
        'topic',
        values.map((value) => ({ key: 'a', value })),
      ),
    );
    const found = await readBack();
    expect(found.map(({ value }) => Buffer.from(value))).toEqual(values.map((value) => Buffer.from(value as string)));
    expect(found.map(({ json: known }) => known)).toEqual([
      ...json.map((text): unknown => JSON.parse(text)),
      ...Array<undefined>(12),
    ]);
  });

  it('have their own headers, however many kinds there are, also after the log was opened again', async () => {
    const kinds = Array.from({ length: 1100 }, (_, i) => ({ [`name-${i}`]: `${i}`, also: '☃' }));
    const append = () =>
      inLog((log) =>
        log.append(
          'topic',
          kinds.map((headers) => ({ key: 'a', value: '{}', headers })),
        ),
      );
    await append();
    await append();
    expect((await readBack()).map(({ headers }) => headers)).toEqual([...kinds, ...kinds]);
  });

  const record: fc.Arbitrary<NewRecord> = fc.record(
    {
      key: fc.constantFrom('a', 'b', 'c'),
      value: fc.oneof(
        { weight: 5, arbitrary: fc.nat().map((n) => `{"n":${n}}`) },
        { weight: 1, arbitrary: fc.constantFrom('text', `{"long":"${'x'.repeat(8000)}"}`, Buffer.from([1, 2])) },
      ),
      headers: fc.constantFrom<Record<string, string>>(
        {},
        { one: '1' },
        { one: 'a', other: '3', third: '3', 'content-type': 'x; y=3' },
        { ce_type: 'z', one: 'b', 'content-type': 'application/json' },
      ),
      dedupe: fc.nat({ max: 300 }).map(String),
    },
    { requiredKeys: ['key', 'value'] },
  );
  const appends = fc.array(fc.array(record, { maxLength: 130, size: 'max' }), { minLength: 1, maxLength: 8 });
  const reads = fc.array(fc.tuple(fc.nat({ max: 300 }), fc.nat({ max: 300 })), { minLength: 5, maxLength: 5 });

  it('are read from anywhere, as many as are wanted, whichever were appended together', async () => {
    let number = 0;
    const log = await openEmbeddedLog({ directory, partitions: 2 });
    await fc.assert(
      fc.asyncProperty(appends, reads, async (batches, wanted) => {
        const topic = `topic-${(number += 1)}`;
        const kept: { offset: number; partition: number; record: NewRecord }[] = [];
        for (const batch of batches) {
          const appended = await log.append(topic, batch);
          appended.forEach(({ duplicate, offset, partition }, index) => {
            if (!duplicate) kept.push({ offset, partition, record: batch[index]! });
          });
        }
        for (const partition of [0, 1]) {
          const own = kept.filter((each) => each.partition === partition);
          expect(own.map(({ offset }) => offset)).toEqual(own.map((_, index) => index));
          expect((await log.ends(topic))[partition]).toBe(own.length);
          for (const [from, limit] of wanted) {
            const found = await log.read(topic, partition, from, limit);
            const read = found.map(({ offset, key, value, headers, dedupe }) => [
              offset,
              key,
              text(value),
              headers,
              dedupe,
            ]);
            const expected = own.slice(from, from + limit).map(({ offset, record }) => {
              const { key, value, headers, dedupe } = record;
              return [offset, key, text(value), headers ?? {}, dedupe];
            });
            expect(read).toEqual(expected);
          }
        }
      }),
      { numRuns: 40 },
    );
    await log.close();
  }, 60_000);
});

const text = (value: Uint8Array | string): string => Buffer.from(value as string).toString('latin1');
