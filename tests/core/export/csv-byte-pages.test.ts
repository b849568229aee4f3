import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Chunk, decodeTrustedChunk, encodeChunk } from '../../../core/chunk/chunk.ts';
import type { SeqRanges } from '../../../core/chunk/seq-ranges.ts';
import type { RecordSource } from '../../../core/export/format.ts';
import type { ExportManifest } from '../../../core/export/manifest.ts';
import { EXPORT_FORMATS } from '../../../core/export/registry.ts';
import type { TicketBatch } from '../../../core/export/sources/ticket-batch.ts';
import { HOSTILE_TEXTS, MemorySink, run } from '../../suites/export/format-contract.ts';
import { batchOf, MemoryChunks, sourceOf } from './memory-tickets.ts';

/** As the device keeps them: encoded, and decoded when read. */
class StoredChunks extends MemoryChunks {
  override async *read(batchId: string, seqs: SeqRanges): AsyncGenerator<Chunk> {
    for await (const chunk of super.read(batchId, seqs)) yield decodeTrustedChunk(encodeChunk(chunk));
  }
}

interface Case {
  readonly batches: readonly TicketBatch[];
  readonly fields: (serial: number) => Record<string, string | null>;
  readonly columns: readonly string[] | null;
  readonly options: Record<string, unknown>;
}

/** The file and what is said of it, from byte pages where `asBytes`, and else from rows. */
async function exported({ batches, fields, columns, options }: Case, asBytes: boolean, isStored = true) {
  const chunks = isStored ? new StoredChunks(batches, fields) : new MemoryChunks(batches, fields);
  const source = sourceOf(batches, chunks, columns);
  expect(source.bytePages).toBeDefined();
  const format = await EXPORT_FORMATS.csv.prepare(options);
  const sink = new MemorySink();
  const manifest = await run({ format, source: asBytes ? source : rowsOnly(source), sink });
  return { manifest, file: await sink.file() };
}

function rowsOnly({ columns, estimatedCount, pages }: RecordSource): RecordSource {
  return { columns, estimatedCount, pages };
}

async function expectSame(one: Case, isStored = true): Promise<ExportManifest> {
  const [bytes, rows] = [await exported(one, true, isStored), await exported(one, false, isStored)];
  expect(new TextDecoder().decode(bytes.file)).toBe(new TextDecoder().decode(rows.file));
  expect(bytes.manifest).toEqual(rows.manifest);
  return bytes.manifest;
}

const texts = fc.oneof(
  fc.constantFrom(
    ...HOSTILE_TEXTS.filter(({ length }) => length < 1_000),
    '\ufeffmark first',
    '\u00e9',
    '＂',
    '𐀀',
    null,
  ),
  fc.string({ unit: 'grapheme', maxLength: 20 }),
  fc.string({ unit: fc.constantFrom(' ', '"', ',', ';', '\t', '\r', '\n', '=', '＝', 'a', 'ß', '漢', '😀') }),
);
const options = fc.record({
  delimiter: fc.constantFrom(',', ';', '\t'),
  lineEnd: fc.constantFrom('\r\n', '\n'),
  bom: fc.boolean(),
  safety: fc.constantFrom('spreadsheet', 'raw'),
});
const COLUMNS = [
  'event',
  'batch',
  'serial',
  'code',
  'token',
  'type',
  'typeName',
  'holder',
  'x-shirt',
  'email',
  'price',
];
const MORE_COLUMNS = ['status', 'notBefore', 'notAfter', 'mintedAt'];

describe('CSV from byte pages', () => {
  it('is the very file that rows give, whatever the texts, the options and the columns', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(texts, { minLength: 1, maxLength: 40 }),
        options,
        fc.option(fc.shuffledSubarray([...COLUMNS, ...MORE_COLUMNS], { minLength: 1 })),
        async (values, csvOptions, columns) => {
          const batch = batchOf('0123456789ab', {
            count: 120,
            typeName: '=VIP, "gold"',
            fieldColumns: ['holder', 'x-shirt', 'email'],
            revoked: [
              [3, 5],
              [100, 100],
            ],
          });
          const at = (index: number) => values[index % values.length] ?? null;
          const fields = (serial: number) => ({ holder: at(serial), 'x-shirt': at(7 * serial), email: null });
          const manifest = await expectSame({ batches: [batch], fields, columns, options: csvOptions });
          expect(manifest).toMatchObject({ records: 120, firstKey: '0123456789ab/1', lastKey: '0123456789ab/120' });
        },
      ),
      { numRuns: 60 },
    );
  });

  it('takes corrections, columns that no chunk has, and chunks that were never encoded', async () => {
    const batches = [
      batchOf('0123456789ab', {
        fieldColumns: ['holder'],
        corrections: new Map([
          [2, new Map<string, string | null>([['holder', '=Änderung, "neu"']])],
          [51, new Map<string, string | null>([['holder', null]])],
          [120, new Map<string, string | null>([['seat', 'A-1']])],
        ]),
      }),
      batchOf('ba9876543210', { count: 60, seqs: [[0, 1]], fieldColumns: ['holder'] }),
    ];
    const fields = (serial: number) => ({ holder: serial % 3 === 0 ? null : `Guest ${serial}` });
    for (const isStored of [true, false]) await expectSame({ batches, fields, columns: null, options: {} }, isStored);
  });

  it('sets all records of a page aside whose common cell cannot be written', async () => {
    const batches = [
      batchOf('0123456789ab', { priceMinor: 0.5 }),
      batchOf('ba9876543210', { count: 60, seqs: [[0, 1]] }),
    ];
    const manifest = await expectSame({ batches, fields: () => ({}), columns: null, options: {} });
    expect(manifest).toMatchObject({ records: 60, rejectedCount: 120, firstKey: 'ba9876543210/1' });
  });

  it('selects and reorders columns of a source that has more', async () => {
    const columns = [{ id: 'token' }, { id: 'holder', title: 'Name' }, { id: 'serial' }];
    const batches = [batchOf('0123456789ab', { fieldColumns: ['holder'] })];
    const fields = (serial: number) => ({ holder: `Guest ${serial}` });
    await expectSame({ batches, fields, columns: null, options: { columns } });
  });

  it('is not offered where records are filtered or sorted', () => {
    const batches = [batchOf('0123456789ab'), batchOf('ba9876543210')];
    const chunks = new StoredChunks(batches);
    const sort = { column: 'serial', direction: 'descending' } as const;
    expect(sourceOf(batches, chunks, null, { sort }).bytePages).toBeUndefined();
    const filters = { kind: 'serial', from: 1, to: 5 } as const;
    expect(sourceOf(batches, chunks, null, { filters }).bytePages).toBeUndefined();
  });

  it('refuses stored bytes whose columns hold anything but texts', () => {
    const chunk = new MemoryChunks([batchOf('0123456789ab')]).chunk('0123456789ab', 0);
    for (const value of [7, ['a'], true, 'a'.repeat(70_000)])
      expect(() => decodeTrustedChunk(encodeChunk({ ...chunk, fields: { holder: [value as never] } }))).toThrow(
        TypeError,
      );
  });
});
