import { describe, expect, it } from 'vitest';
import type { Filter } from '../../../core/export/filters.ts';
import { previewExport } from '../../../core/export/preview.ts';
import { EXPORT_FORMATS, type FormatId } from '../../../core/export/registry.ts';
import { ChunkCount } from '../../../core/export/sources/chunk-count.ts';
import type { TicketBatch } from '../../../core/export/sources/ticket-batch.ts';
import { batchOf, MemoryChunks, sourceOf } from './memory-tickets.ts';

const BIG = { count: 10_000, chunkSize: 5_000, seqs: [[0, 1]], fieldColumns: ['holder'] } as const;
const NAMES = ['Asha', 'Bilal', 'Chen', 'Devi'];

async function preview(
  formatId: FormatId,
  {
    options = {},
    filters = null,
    batch = batchOf('0123456789ab', BIG),
    signal = new AbortController().signal,
  }: {
    readonly options?: Record<string, unknown>;
    readonly filters?: Filter | null;
    readonly batch?: TicketBatch;
    readonly signal?: AbortSignal;
  } = {},
) {
  const chunks = new MemoryChunks([batch], (serial) => ({ holder: NAMES[serial % 4] ?? null }));
  const { compression: _, ...uncompressed } = options;
  const format = await EXPORT_FORMATS[formatId].prepare({ ...options, filters });
  const plain = await EXPORT_FORMATS[formatId].prepare({ ...uncompressed, filters });
  const count = new ChunkCount();
  const source = sourceOf([batch], count.watch(chunks), null, { filters });
  const context = { signal, now: new Date(0), timeZone: 'Asia/Kolkata', locale: 'en' };
  return previewExport({
    format,
    plain,
    ordered: source,
    isOrdered: true,
    source,
    looked: (lastKey) => count.upTo(lastKey),
    context,
    clock: () => performance.now(),
  });
}

describe('a preview', () => {
  it('is the text that the encoder writes of the first records', async () => {
    const { content, shown } = await preview('csv', {
      options: { columns: [{ id: 'serial' }, { id: 'holder', title: 'Guest' }], delimiter: ';', compression: 'gzip' },
    });
    expect(shown).toBe(5);
    const text = 'Serial;Guest\r\n1;Bilal\r\n2;Chen\r\n3;Devi\r\n4;Asha\r\n5;Bilal\r\n';
    expect(content).toEqual({ kind: 'text', text, isCut: false });
  });

  it.each(['json', 'ndjson', 'xml'] as const)('of %s is whole text', async (formatId) => {
    const { content } = await preview(formatId);
    expect(content.kind === 'text' && content.text).toContain('Devi');
  });

  it('of a workbook is a table with the cells as a sheet shows them', async () => {
    const columns = ['serial', 'holder', 'price', 'mintedAt', 'notBefore'].map((id) => ({ id }));
    const { content } = await preview('xlsx', { options: { columns } });
    expect(content).toMatchObject({ kind: 'table' });
    if (content.kind !== 'table') return;
    expect(content.columns.map(({ isNumber }) => isNumber)).toEqual([true, false, true, false, false]);
    expect(content.rows[0]).toEqual(['1', 'Bilal', '1499.00', '2026-11-18 16:36', '']);
    const summary = await preview('xlsx', { options: { includeRawData: false } });
    expect(summary.content).toEqual({ kind: 'none' });
  });

  it('counts all tickets without a filter, and guesses from the first ones with one', async () => {
    expect(await preview('csv')).toMatchObject({ records: 10_000, isExact: true, tried: 1_000 });
    const filters = { kind: 'text', text: 'asha', columns: null } as const;
    expect(await preview('csv', { filters })).toMatchObject({ records: 2_500, isExact: false });
    const few = batchOf('0123456789ab', { fieldColumns: ['holder'] });
    expect(await preview('csv', { filters, batch: few })).toMatchObject({ records: 30, isExact: true });
    const none = await preview('csv', { filters: { kind: 'text', text: 'nobody', columns: null }, batch: few });
    expect(none).toMatchObject({ records: 0, isExact: true, shown: 0, trial: null });
  });

  it('measures what a record takes: the whole file comes out as foretold', async () => {
    const { trial } = await preview('csv');
    const format = await EXPORT_FORMATS.csv.prepare({});
    const batch = batchOf('0123456789ab', BIG);
    const chunks = new MemoryChunks([batch], (serial) => ({ holder: NAMES[serial % 4] ?? null }));
    const context = {
      signal: new AbortController().signal,
      now: new Date(0),
      timeZone: 'Asia/Kolkata',
      locale: 'en',
      part: { number: 1, of: 1 },
      reject: () => {},
      progress: () => {},
    };
    let bytes = 0;
    for await (const chunk of format.encode(sourceOf([batch], chunks), context)) bytes += chunk.length;
    const foretold = (trial?.fixedBytes ?? 0) + 10_000 * (trial?.bytesPerRecord ?? 0);
    expect(Math.abs(foretold - bytes) / bytes).toBeLessThan(0.02);
    expect(trial?.msPerRecord).toBeGreaterThan(0);
  });

  it('ends with the reason of the signal', async () => {
    const controller = new AbortController();
    controller.abort(new Error('other options'));
    await expect(preview('csv', { signal: controller.signal })).rejects.toThrow('other options');
  });
});
