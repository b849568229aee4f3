import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Sort } from '../../../core/export/common-options.ts';
import type { CellValue } from '../../../core/export/format.ts';
import { KeyIndex } from '../../../core/export/sources/key-index.ts';
import type { TicketBatch } from '../../../core/export/sources/ticket-batch.ts';
import { batchOf, MemoryChunks, readAll, sourceOf } from './memory-tickets.ts';

const { signal } = new AbortController();
const HOLDER = { id: 'holder', title: 'Holder', type: 'text' } as const;

interface Choice {
  readonly sort: Sort;
  readonly columns?: readonly string[];
  readonly fieldsOf?: (serial: number) => Record<string, string | null>;
  readonly locale?: string;
}

async function rowsOf(batches: readonly TicketBatch[], { sort, columns = [], fieldsOf, locale = 'en' }: Choice) {
  const chunks = new MemoryChunks(batches, fieldsOf);
  const pages = await readAll(sourceOf(batches, chunks, ['serial', ...columns], { sort, locale }).pages(signal));
  expect(pages.every(({ keys }) => keys.length <= 40)).toBe(true);
  return { rows: pages.flatMap(({ rows }) => rows), keys: pages.flatMap(({ keys }) => keys), reads: chunks.reads };
}

describe('sorted tickets', () => {
  const seats = ['B-2', 'A-10', 'A-9', null, 'b-1'];
  const seatOf = (serial: number) => seats[serial - 1] ?? null;
  const batch = batchOf('aaaaaaaaaaaa', { count: 5, seqs: [[0, 0]], fieldColumns: ['seat'] });
  const fieldsOf = (serial: number) => ({ seat: seatOf(serial) });

  it('compare text as people do, with nothing last either way', async () => {
    const sorted = async (direction: Sort['direction']) =>
      (await rowsOf([batch], { sort: { column: 'seat', direction }, fieldsOf })).rows.map(([serial]) => serial);
    expect(await sorted('ascending')).toEqual([3, 2, 5, 1, 4]);
    expect(await sorted('descending')).toEqual([1, 5, 2, 3, 4]);
  });

  it('follow the locale, and keep equal ones in their order', async () => {
    const names = ['Zoe', 'Ärla', 'Ove', 'Zoe', 'Ärla'];
    const byName = async (locale: string) =>
      (
        await rowsOf([{ ...batch, fieldColumns: ['holder'] }], {
          sort: { column: 'holder', direction: 'ascending' },
          fieldsOf: (serial) => ({ holder: names[serial - 1] ?? null }),
          locale,
        })
      ).rows.map(([serial]) => serial);
    expect(await byName('de')).toEqual([2, 5, 3, 1, 4]);
    expect(await byName('sv')).toEqual([3, 1, 4, 2, 5]);
  });

  it('put the tickets of all batches in one order, by numbers too', async () => {
    const batches = [
      batchOf('aaaaaaaaaaaa', { priceMinor: 500, revoked: [[1, 1]] }),
      batchOf('bbbbbbbbbbbb', { priceMinor: 100, count: 60, seqs: [[0, 1]] }),
    ];
    const byPrice = await rowsOf(batches, { sort: { column: 'price', direction: 'ascending' }, columns: ['price'] });
    expect(byPrice.keys.slice(0, 60)).toEqual(Array.from({ length: 60 }, (_, index) => `bbbbbbbbbbbb/${index + 1}`));
    expect(byPrice.keys[60]).toBe('aaaaaaaaaaaa/1');
    expect(byPrice.rows).toHaveLength(180);
    const bySerial = await rowsOf(batches, { sort: { column: 'serial', direction: 'descending' } });
    expect(bySerial.rows.slice(0, 2)).toEqual([[120], [119]]);
    expect(bySerial.keys.slice(-2)).toEqual(['aaaaaaaaaaaa/1', 'bbbbbbbbbbbb/1']);
  });

  it('by serial within one batch are read once, as they are', async () => {
    const { rows, reads } = await rowsOf([batchOf('aaaaaaaaaaaa')], {
      sort: { column: 'serial', direction: 'ascending' },
    });
    expect(reads).toBe(3);
    expect(rows[119]).toEqual([120]);
  });

  it('have the same cells as unsorted ones, whatever the keys', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.option(fc.string({ unit: 'binary', maxLength: 3 })), { minLength: 1, maxLength: 200 }),
        fc.constantFrom('ascending' as const, 'descending' as const),
        async (holders, direction) => {
          const one = batchOf('aaaaaaaaaaaa', {
            count: holders.length,
            seqs: [[0, Math.ceil(holders.length / 50) - 1]],
            fieldColumns: ['holder'],
          });
          const { rows } = await rowsOf([one], {
            sort: { column: 'holder', direction },
            columns: ['holder', 'token'],
            fieldsOf: (serial) => ({ holder: holders[serial - 1] ?? null }),
          });
          const plain = (
            await readAll(
              sourceOf([one], new MemoryChunks([one], (serial) => ({ holder: holders[serial - 1] ?? null })), [
                'serial',
                'holder',
                'token',
              ]).pages(signal),
            )
          ).flatMap((page) => page.rows);
          const { compare } = new Intl.Collator('en', { numeric: true });
          const sign = direction === 'ascending' ? 1 : -1;
          const rank = (a: CellValue, b: CellValue) =>
            a === null || b === null ? Number(a === null) - Number(b === null) : sign * compare(String(a), String(b));
          expect(rows).toEqual(plain.toSorted((left, right) => rank(left[1] ?? null, right[1] ?? null)));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('refuse a column that the source does not have', () => {
    const sort = { column: 'nope', direction: 'ascending' } as const;
    expect(() => sourceOf([batch], new MemoryChunks([batch]), null, { sort })).toThrow(TypeError);
  });
});

describe('KeyIndex', () => {
  it('sorts 200,000 keys in their order, in runs that are merged', async () => {
    const index = new KeyIndex(HOLDER);
    index.beginBatch();
    const keys = Array.from({ length: 200_000 }, (_, serial) => (serial * 7_919) % 200_003);
    for (const [serial, key] of keys.entries()) index.add(serial, key);
    const order = await index.sorted('ascending', 'en', signal);
    const sorted = Array.from(order, (entry) => keys[entry] as number);
    expect(sorted).toEqual(keys.toSorted((left, right) => left - right));
  });

  it('lets a cancellation through while it sorts', async () => {
    const index = new KeyIndex(HOLDER);
    index.beginBatch();
    for (let serial = 0; serial < 150_000; serial++) index.add(serial, `Gäste ${(serial * 7_919) % 150_001}`);
    const controller = new AbortController();
    setTimeout(() => controller.abort(new Error('enough')), 20);
    await expect(index.sorted('ascending', 'de', controller.signal)).rejects.toThrow('enough');
  });

  it('refuses more keys than its memory holds, and says so', () => {
    const index = new KeyIndex(HOLDER, 1024 * 1024);
    index.beginBatch();
    const fill = () => {
      for (let serial = 1; serial <= 100_000; serial++) index.add(serial, `Person ${serial}`);
    };
    expect(fill).toThrow(expect.objectContaining({ code: 'export-sort-too-large' }));
    expect(index.length).toBeGreaterThan(15_000);
    expect(fill).toThrow('cannot be sorted by “Holder”');
  });
});
