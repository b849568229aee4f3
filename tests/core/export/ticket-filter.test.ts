import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasSeq } from '../../../core/chunk/seq-ranges.ts';
import { commonOptions } from '../../../core/export/common-options.ts';
import { type Filter, filterSchema } from '../../../core/export/filters.ts';
import type { TicketBatch } from '../../../core/export/sources/ticket-batch.ts';
import { batchOf, MemoryChunks, MINTED_AT, readAll, sourceOf } from './memory-tickets.ts';

const { signal } = new AbortController();
const NAMES = ['Asha', 'BJÖRN', 'Ｃhidi', null];
const holderOf = (serial: number) => NAMES[serial % NAMES.length] ?? null;

const BATCHES = [
  batchOf('aaaaaaaaaaaa', { typeIndex: 0, fieldColumns: ['holder'], revoked: [[2, 3]], notBefore: 5_000 }),
  batchOf('bbbbbbbbbbbb', { typeIndex: 1, fieldColumns: ['holder'], count: 60, seqs: [[0, 1]] }),
];

async function keysOf(filters: Filter | null, batches: readonly TicketBatch[] = BATCHES) {
  const chunks = new MemoryChunks(batches, (serial) => ({ holder: holderOf(serial) }));
  const pages = await readAll(sourceOf(batches, chunks, ['serial'], { filters }).pages(signal));
  for (const { keys, rows } of pages) {
    expect(keys.length).toBeGreaterThan(0);
    expect(rows).toHaveLength(keys.length);
  }
  return { keys: pages.flatMap(({ keys }) => keys), reads: chunks.reads };
}

describe('filters of tickets', () => {
  it('choose serials, and read only the chunks that hold some', async () => {
    const { keys, reads } = await keysOf({ kind: 'serial', from: 49, to: 51 });
    expect(keys).toEqual(
      [49, 50, 51]
        .flatMap((serial) => `aaaaaaaaaaaa/${serial}`)
        .concat([49, 50, 51].map((serial) => `bbbbbbbbbbbb/${serial}`)),
    );
    expect(reads).toBe(4);
    expect((await keysOf({ kind: 'serial', from: 101, to: null })).reads).toBe(1);
  });

  it('choose types, batches and dates without reading the others', async () => {
    expect(await keysOf({ kind: 'type', types: [1] })).toMatchObject({ reads: 2, keys: { length: 60 } });
    expect(await keysOf({ kind: 'batch', batches: ['aaaaaaaaaaaa'] })).toMatchObject({ reads: 3 });
    const dated = (from: number | null, before: number | null): Filter => ({
      kind: 'date',
      column: 'notBefore',
      from,
      before,
    });
    expect(await keysOf(dated(5_000, 5_001))).toMatchObject({ reads: 3, keys: { length: 120 } });
    expect(await keysOf(dated(null, 5_000))).toMatchObject({ reads: 0, keys: [] });
    expect(await keysOf({ kind: 'date', column: 'mintedAt', from: MINTED_AT + 1, before: null })).toMatchObject({
      keys: [],
    });
  });

  it('find text whatever its case and width, also where it was corrected', async () => {
    const corrections = new Map([
      [
        8,
        new Map([
          ['holder', 'Chidinma'],
          ['seat', 'A-8'],
        ]),
      ],
    ]);
    const batches = [batchOf('aaaaaaaaaaaa', { fieldColumns: ['holder'], count: 12, seqs: [[0, 0]], corrections })];
    const text = (wanted: string, columns: string[] | null = null) =>
      keysOf({ kind: 'text', text: wanted, columns }, batches).then(({ keys }) =>
        keys.map((key) => Number(key.split('/')[1])),
      );
    expect(await text('chidi')).toEqual([2, 6, 8, 10]);
    expect(await text('a-8')).toEqual([8]);
    expect(await text('a-8', ['holder'])).toEqual([]);
    expect(await text(' ')).toHaveLength(12);
    expect(await text('vip', ['typeName'])).toHaveLength(12);
  });

  it('combine as and, or and not do, whatever the combination', async () => {
    const leaf: fc.Arbitrary<Filter> = fc.oneof(
      fc.record({ kind: fc.constant('type'), types: fc.subarray([0, 1, 2]) }),
      fc.record({ kind: fc.constant('batch'), batches: fc.subarray(['aaaaaaaaaaaa', 'bbbbbbbbbbbb']) }),
      fc.record({ kind: fc.constant('status'), statuses: fc.subarray(['valid', 'revoked'] as const) }),
      fc.record({
        kind: fc.constant('serial'),
        from: fc.option(fc.integer({ min: 1, max: 130 })),
        to: fc.option(fc.integer({ min: 1, max: 130 })),
      }),
      fc.record({
        kind: fc.constant('text'),
        text: fc.constantFrom('', 'sha', 'björn', 'x'),
        columns: fc.constant(null),
      }),
      fc.record({
        kind: fc.constant('date'),
        column: fc.constantFrom('notBefore' as const, 'mintedAt' as const),
        from: fc.option(fc.constantFrom(0, 5_001, MINTED_AT)),
        before: fc.option(fc.constantFrom(5_001, MINTED_AT, MINTED_AT + 1)),
      }),
    );
    const { filter } = fc.letrec<{ filter: Filter }>((tie) => ({
      filter: fc.oneof(
        { maxDepth: 3, depthSize: 'small' },
        leaf,
        fc.record({
          kind: fc.constantFrom('and' as const, 'or' as const),
          filters: fc.array(tie('filter'), { maxLength: 3 }),
        }),
        fc.record({ kind: fc.constant('not'), filter: tie('filter') }),
      ),
    }));
    await fc.assert(
      fc.asyncProperty(filter, async (wanted) => {
        expect(filterSchema.parse(JSON.parse(JSON.stringify(wanted)))).toEqual(wanted);
        const expected = BATCHES.flatMap((batch) =>
          Array.from({ length: batch.count }, (_, index) => index + 1)
            .filter((serial) => isMeant(wanted, batch, serial))
            .map((serial) => `${batch.id}/${serial}`),
        );
        expect((await keysOf(wanted)).keys).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });
});

/** What filters mean, ticket by ticket. */
function isMeant(filter: Filter, batch: TicketBatch, serial: number): boolean {
  switch (filter.kind) {
    case 'and':
      return filter.filters.every((one) => isMeant(one, batch, serial));
    case 'or':
      return filter.filters.some((one) => isMeant(one, batch, serial));
    case 'not':
      return !isMeant(filter.filter, batch, serial);
    case 'type':
      return filter.types.includes(batch.typeIndex);
    case 'batch':
      return filter.batches.includes(batch.id);
    case 'status':
      return filter.statuses.includes(hasSeq(batch.revoked, serial) ? 'revoked' : 'valid');
    case 'serial':
      return serial >= (filter.from ?? 0) && serial <= (filter.to ?? 1e9);
    case 'date': {
      if (filter.column === 'scannedAt' || filter.column === 'receivedAt') return false;
      const at = filter.column === 'mintedAt' ? MINTED_AT : batch[filter.column];
      return at !== null && at >= (filter.from ?? 0) && at < (filter.before ?? 1e15);
    }
    case 'gate':
    case 'scan':
    case 'effect':
      return false;
    case 'text':
      return filter.text === '' || (holderOf(serial) ?? '').toLowerCase().includes(filter.text);
  }
}

describe('filterSchema', () => {
  const nested = (depth: number): unknown =>
    depth === 0 ? { kind: 'type', types: [] } : { kind: 'not', filter: nested(depth - 1) };

  it('refuses what is no filter', () => {
    const wrongs = [
      { kind: 'nope' },
      { kind: 'type', types: ['0'] },
      { kind: 'serial', from: 0, to: null },
      { kind: 'and' },
      5,
    ];
    for (const wrong of wrongs) expect(filterSchema.safeParse(wrong).success).toBe(false);
    expect(commonOptions.filters.parse(undefined)).toBeNull();
  });

  it('goes eight deep, and refuses deeper ones without going into them', () => {
    expect(filterSchema.safeParse(nested(7)).success).toBe(true);
    expect(filterSchema.safeParse(nested(8)).success).toBe(false);
    expect(
      filterSchema.safeParse(JSON.parse(`${'{"kind":"not","filter":'.repeat(100_000)}1${'}'.repeat(100_000)}`)).success,
    ).toBe(false);
  });
});
