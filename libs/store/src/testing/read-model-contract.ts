import { setTimeout as pause } from 'node:timers/promises';
import fc from 'fast-check';
import { type Change, NOWHERE, type Put, type ReadModel } from '../read-model.js';

export interface StoreUnderTest {
  /** Opens the same store again each time, as another process would. Closed by the contract. */
  open(): Promise<ReadModel>;
  dispose(): Promise<void>;
}

/** What every adapter of the read model has to do. Run it with an adapter: `readModelContract('embedded', open)`. */
export const readModelContract = (name: string, setUp: () => Promise<StoreUnderTest>): void => {
  describe(`the ${name} read model`, () => {
    let under: StoreUnderTest;
    let store: ReadModel;
    let opened: ReadModel[];

    const open = async () => {
      const fresh = await under.open();
      opened.push(fresh);
      return fresh;
    };
    const idsOf = async (collection: string, prefix?: string) => {
      const page = await store.list(collection, { limit: 1000, ...(prefix !== undefined && { prefix }) });
      return page.items.map(({ id }) => id);
    };

    const positionOf = async (scope: string) => (await store.positions([scope]))[0];

    beforeEach(async () => {
      under = await setUp();
      opened = [];
      store = await open();
    });

    afterEach(async () => {
      await Promise.all(opened.map((each) => each.close()));
      await under.dispose();
    });

    describe('documents', () => {
      it('come back as they were put, with the position of the change that wrote them', async () => {
        const document = {
          status: 'open',
          saves: { amount: 12.5, currency: 'EUR' },
          causes: ['a', null, true],
          name: 'Zürich ☃',
        };
        await store.apply(change(7, [{ collection: 'recommendations', id: 'r/1', document }]));
        expect(await store.get('recommendations', 'r/1')).toEqual({
          id: 'r/1',
          document,
          json: JSON.stringify(document),
          position: 7,
        });
      });

      it('are not there before they were put, nor in another collection', async () => {
        await store.apply(change(1, [put('a', { of: 'shipments' })]));
        expect(await store.get('shipments', 'b')).toBeUndefined();
        expect(await store.get('orders', 'a')).toBeUndefined();
        expect(await store.count('orders')).toBe(0);
        expect(await store.list('orders', { limit: 5 })).toEqual({ items: [] });
      });

      it('are replaced by a later change and go when they are deleted, puts before deletes', async () => {
        await store.apply(change(1, [put('a', { v: 1 }), put('b', { v: 1 })]));
        await store.apply(change(2, [put('a', { v: 2 }), put('c', { v: 2 })], ['b', 'c', 'never there']));
        expect(await store.get('shipments', 'a')).toMatchObject({ id: 'a', document: { v: 2 }, position: 2 });
        expect(await store.get('shipments', 'b')).toBeUndefined();
        expect(await idsOf('shipments')).toEqual(['a']);
        expect(await store.count('shipments')).toBe(1);
      });

      it('may be anything JSON can hold', async () => {
        const documents = fc.jsonValue().filter((value) => !JSON.stringify(value).includes('-0'));
        let position = 0;
        await fc.assert(
          fc.asyncProperty(documents, async (document) => {
            await store.apply(change((position += 1), [{ collection: 'any', id: 'one', document }]));
            const stored = await store.get('any', 'one');
            expect(stored?.document).toEqual(JSON.parse(JSON.stringify(document)));
          }),
          { numRuns: 50 },
        );
      });

      it('come many at once, in the order asked for', async () => {
        await store.apply(change(1, [put('a', { v: 'a' }), put('b', { v: 'b' })]));
        const found = await store.getMany<{ v: string }>('shipments', ['b', 'none', 'a', 'b']);
        expect(found.map((stored) => stored?.document.v)).toEqual(['b', undefined, 'a', 'b']);
        expect(await store.getMany('shipments', [])).toEqual([]);
      });

      it('are there after the store was closed and opened again', async () => {
        await store.apply(change(3, [put('a', { v: 1 })]));
        await store.close();
        store = await open();
        expect(await store.get('shipments', 'a')).toMatchObject({ id: 'a', document: { v: 1 }, position: 3 });
        expect(await positionOf('plans/0')).toBe(3);
      });
    });

    describe('fencing', () => {
      it('ignores a change at or behind the position of its scope', async () => {
        expect(await positionOf('plans/0')).toBe(NOWHERE);
        expect(await store.apply(change(5, [put('a', { v: 5 })]))).toBe('applied');
        expect(await store.apply(change(5, [put('a', { v: 'again' })], ['a']))).toBe('stale');
        expect(await store.apply(change(4, [put('a', { v: 4 }), put('b', { v: 4 })]))).toBe('stale');
        expect(await store.get('shipments', 'a')).toMatchObject({ document: { v: 5 } });
        expect(await idsOf('shipments')).toEqual(['a']);
        expect(await positionOf('plans/0')).toBe(5);
      });

      it('begins at 0, and knows positions apart that differ by one far out', async () => {
        expect(await store.apply(change(0, [put('a', { v: 0 })]))).toBe('applied');
        expect(await store.apply(change(0, [put('a', { v: 0 })]))).toBe('stale');
        const far = Number.MAX_SAFE_INTEGER;
        expect(await store.apply(change(far - 1, []))).toBe('applied');
        expect(await store.apply(change(far, [put('a', { v: far })]))).toBe('applied');
        expect(await store.get('shipments', 'a')).toMatchObject({ position: far, document: { v: far } });
      });

      it('is a matter of one scope', async () => {
        await store.apply(change(5, [put('a', { v: 5 })]));
        const other = { ...change(1, [put('b', { v: 1 })]), scope: 'plans/1' };
        expect(await store.apply(other)).toBe('applied');
        expect(await positionOf('plans/0')).toBe(5);
        expect(await positionOf('plans/1')).toBe(1);
      });

      it('takes a change that names the position before it only there, so that none is missing before it', async () => {
        expect(await store.apply({ ...change(3, [put('a', { v: 3 })]), after: 2 })).toBe('moved');
        expect([await positionOf('plans/0'), await store.count('shipments')]).toEqual([NOWHERE, 0]);
        expect(await store.apply({ ...change(3, [put('a', { v: 3 })]), after: NOWHERE })).toBe('applied');
        expect(await store.apply({ ...change(9, [put('a', { v: 9 })]), after: NOWHERE })).toBe('moved');
        expect(await store.apply({ ...change(2, [put('a', { v: 2 })]), after: 1 })).toBe('stale');
        expect(await store.apply({ ...change(9, [put('a', { v: 9 })]), after: 3 })).toBe('applied');
        expect(await store.get('shipments', 'a')).toMatchObject({ document: { v: 9 } });
      });

      it('tells positions of many scopes at once', async () => {
        await store.apply(change(5, []));
        expect(await store.positions(['none', 'plans/0'])).toEqual([NOWHERE, 5]);
      });

      it('holds between two writers: every position is applied at most once, and what is there is the newest', async () => {
        const rival = await open();
        const steps = Array.from({ length: 60 }, (_, position) => position);
        const race = async (writer: ReadModel, by: string) => {
          const applied: number[] = [];
          for (const position of steps) {
            const result = await writer.apply(
              change(position, [put('latest', { position, by }), put(`step-${position}`, { by })]),
            );
            if (result === 'applied') applied.push(position);
          }
          return applied;
        };
        const [one, two] = await Promise.all([race(store, 'one'), race(rival, 'two')]);
        expect([...one, ...two].sort((a, b) => a - b)).toEqual(steps);
        expect(await rival.get('shipments', 'latest')).toMatchObject({ position: 59, document: { position: 59 } });
        for (const position of one)
          expect(await rival.get('shipments', `step-${position}`)).toMatchObject({ document: { by: 'one' } });
      });
    });

    describe('listing', () => {
      const fill = (ids: readonly string[]) =>
        store.apply(
          change(
            1,
            ids.map((id) => put(id, { of: id })),
          ),
        );

      it('goes page by page, by id ascending, and the last page has no next', async () => {
        await fill(['e', 'a', 'd', 'b', 'c']);
        const first = await store.list('shipments', { limit: 2 });
        const second = await store.list('shipments', { limit: 2, after: first.next as string });
        const third = await store.list('shipments', { limit: 2, after: second.next as string });
        expect([first, second, third].map(({ items }) => items.map(({ id }) => id))).toEqual([
          ['a', 'b'],
          ['c', 'd'],
          ['e'],
        ]);
        expect([first.next, second.next, third.next]).toEqual(['b', 'd', undefined]);
        expect(first.items[0]).toMatchObject({ id: 'a', document: { of: 'a' }, position: 1 });
      });

      it('has no next when a page is exactly full', async () => {
        await fill(['a', 'b']);
        expect(await store.list('shipments', { limit: 2 })).not.toHaveProperty('next');
      });

      it('keeps to a prefix, also behind an id', async () => {
        await fill(['BE/1', 'BE/2', 'BE/3', 'BEL', 'CH/1', 'B']);
        expect(await idsOf('shipments', 'BE/')).toEqual(['BE/1', 'BE/2', 'BE/3']);
        const list = async (after: string) =>
          (await store.list('shipments', { limit: 9, prefix: 'BE/', after })).items.map(({ id }) => id);
        expect(await list('BE/1')).toEqual(['BE/2', 'BE/3']);
        expect(await list('A')).toEqual(['BE/1', 'BE/2', 'BE/3']);
        expect(await list('BF')).toEqual([]);
        expect(await list('BE/2/gone')).toEqual(['BE/3']);
      });

      it('orders ids by their bytes, whatever they are made of', async () => {
        let position = 0;
        const unit = fc.constantFrom('grapheme' as const, 'binary' as const);
        const id = unit
          .chain((of) => fc.string({ unit: of, minLength: 1, maxLength: 40 }))
          .filter((text) => Buffer.byteLength(text) <= 512);
        await fc.assert(
          fc.asyncProperty(fc.uniqueArray(id, { maxLength: 12 }), async (ids) => {
            await store.clear();
            await store.apply(
              change(
                (position += 1),
                ids.map((each) => put(each, {})),
              ),
            );
            const ascending = ids.map((each) => Buffer.from(each)).sort(Buffer.compare);
            expect(await idsOf('shipments')).toEqual(ascending.map(String));
          }),
          { numRuns: 40 },
        );
      });

      it('shows what a later change leaves', async () => {
        await fill(['a', 'b', 'c']);
        await store.apply(change(2, [put('d', {})], ['b']));
        expect(await idsOf('shipments')).toEqual(['a', 'c', 'd']);
        expect(await store.count('shipments')).toBe(3);
      });
    });

    it('takes 50 000 documents in one change, and as many deletions in another', async () => {
      const ids = Array.from({ length: 50_000 }, (_, i) => `shipment-${String(i).padStart(5, '0')}`);
      const puts = ids.map((id) => put(id, { id, note: 'x'.repeat(100) }));
      expect(await store.apply(change(1, puts))).toBe('applied');
      expect(await store.count('shipments')).toBe(50_000);
      expect((await store.list('shipments', { limit: 1, after: 'shipment-49998' })).items).toMatchObject([
        { id: 'shipment-49999', document: { id: 'shipment-49999' } },
      ]);
      expect(await store.apply(change(1, puts))).toBe('stale');
      expect(await store.apply(change(2, [], ids.slice(1)))).toBe('applied');
      expect(await idsOf('shipments')).toEqual(['shipment-00000']);
    });

    it('takes documents of many megabytes', async () => {
      const large = { legs: Array.from({ length: 60_000 }, (_, leg) => ({ leg, of: 'BARGE-0412' })) };
      await store.apply(change(1, [put('a', large), put('b', large), put('d', large), put('c', { small: true })]));
      expect((await store.get('shipments', 'b'))?.document).toEqual(large);
      expect((await store.get('shipments', 'c'))?.document).toEqual({ small: true });
    });

    it('keeps what is not of the log for its time, also when the projection begins anew', async () => {
      const key = { collection: 'answers', id: 'k-1' };
      expect(await store.kept(key)).toBeUndefined();
      await store.keep(key, { decision: 'accept' }, 60_000);
      await store.keep({ ...key, id: 'k-2' }, { decision: 'reject' }, 50);
      await store.clear();
      expect(await store.kept(key)).toEqual({ decision: 'accept' });
      await pause(80);
      expect(await store.kept({ ...key, id: 'k-2' })).toBeUndefined();
      await store.keep(key, { decision: 'none' }, 60_000);
      expect(await store.kept(key)).toEqual({ decision: 'none' });
    });

    it('forgets documents and positions with clear, so that a projection can begin anew', async () => {
      await store.apply(change(9, [put('a', {}), { collection: 'orders', id: 'o', document: 1 }]));
      await store.clear();
      expect([await store.count('shipments'), await store.count('orders')]).toEqual([0, 0]);
      expect(await store.get('shipments', 'a')).toBeUndefined();
      expect(await positionOf('plans/0')).toBe(NOWHERE);
      expect(await store.apply(change(0, [put('a', {})]))).toBe('applied');
    });

    it('refuses what is a mistake of the program, and then writes nothing', async () => {
      const wrong: [Change, RegExp][] = [
        [change(1.5, []), /position \(1\.5\)/],
        [change(-1, []), /position \(-1\)/],
        [change(1, [put('a', {}), put('', {})]), /has 0 bytes/],
        [change(1, [put('a', {}), put('x'.repeat(513), {})]), /has 513 bytes/],
        [change(1, [put('a', {}), put('b', undefined)]), /shipments\/b: undefined/],
        [{ ...change(1, [put('a', {})]), scope: '' }, /needs a scope/],
        [{ ...change(1, [put('a', {})]), after: -2 }, /after \(-2\)/],
      ];
      for (const [mistake, message] of wrong) await expect(store.apply(mistake)).rejects.toThrow(message);
      expect(await store.count('shipments')).toBe(0);
    });

    it('refuses to work after it was closed', async () => {
      await store.close();
      await expect(store.get('shipments', 'a')).rejects.toMatchObject({ code: 'store-closed', retriable: false });
    });
  });
};

const change = (position: number, puts: readonly Put[], deleted: readonly string[] = []): Change => ({
  scope: 'plans/0',
  position,
  puts,
  deletes: deleted.map((id) => ({ collection: 'shipments', id })),
});

const put = (id: string, document: unknown): Put => ({ collection: 'shipments', id, document });
