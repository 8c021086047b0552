import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { type Service, startService } from './testing/service.js';

/** Messages of the DCSA conformance suite, which lie beside the project and are not part of it. */
const folder = new URL('../../../../shared/corpus/dcsa/tnt/', import.meta.url);
const there = existsSync(folder);
const files = there ? readdirSync(folder).filter((name) => name.endsWith('.json')) : [];
const right = files.filter((name) => !name.includes('wrong'));
const json = { 'content-type': 'application/json' };

interface Lists {
  readonly accepted: readonly unknown[];
  readonly duplicates: readonly unknown[];
  readonly rejected: readonly { readonly index: number; readonly pointer: string; readonly reason: string }[];
}

(there ? describe : describe.skip)(
  'real messages over HTTP (skipped where the corpus is not beside the project)',
  () => {
    let service: Service;
    beforeAll(async () => (service = await startService()));
    afterAll(() => service.close());

    const send = async (name: string, compressed = false): Promise<{ status: number } & Lists> => {
      const body = readFileSync(new URL(name, folder));
      const answer = compressed
        ? await service.post('/v1/messages', gzipSync(body), { ...json, 'content-encoding': 'gzip' })
        : await service.post('/v1/messages', new Uint8Array(body), json);
      return { status: answer.status, ...(answer.json as unknown as Lists) };
    };

    it.each(right)('%s is accepted whole, and sent again it is all duplicates', async (name) => {
      const first = await send(name);
      expect(first).toMatchObject({ status: 202, rejected: [] });
      const again = await send(name, true);
      expect(again).toMatchObject({ status: 202, accepted: [], rejected: [] });
      expect(again.duplicates).toHaveLength(first.accepted.length + first.duplicates.length);
    });

    it.each([
      ['tnt-220-response-wrong-date-times.json', 202, 1, 0, [1, 2, 3, 4, 5, 6]],
      ['tnt-220-response-wrong-event-ids.json', 202, 3, 2, [0, 1]],
      ['tnt-220-response-wrong-attribute-values.json', 202, 1, 0, [0, 2]],
      ['tnt-220-response-wrong-structure.json', 422, 0, 0, [0, 1]],
    ])('%s is judged item by item', async (name, status, accepted, duplicates, rejected) => {
      const fresh = await startService();
      try {
        const body = new Uint8Array(readFileSync(new URL(name, folder)));
        const answer = await fresh.post('/v1/messages', body, json);
        const lists = answer.json as unknown as Lists;
        expect([answer.status, lists.accepted.length, lists.duplicates.length]).toEqual([status, accepted, duplicates]);
        expect(lists.rejected.map(({ index }) => index)).toEqual(rejected);
        expect(lists.rejected.every(({ pointer, reason }) => pointer !== '' && reason.length > 10)).toBe(true);
      } finally {
        await fresh.close();
      }
    });
  },
);
