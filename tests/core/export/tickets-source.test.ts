import { describe, expect, it } from 'vitest';
import type { Chunk, FieldColumns } from '../../../core/chunk/chunk.ts';
import { chunkRange } from '../../../core/chunk/chunk.ts';
import { type SeqRanges, seqsOf } from '../../../core/chunk/seq-ranges.ts';
import type { RecordPage } from '../../../core/export/format.ts';
import { type ChunkReader, type TicketBatch, ticketSource } from '../../../core/export/sources/tickets.ts';
import { shortCodeOf } from '../../../core/ticket/short-code.ts';
import { encodeToken } from '../../../core/ticket/token.ts';

const MINTED_AT = 1_795_000_000_000;

function batchOf(id: string, facts: Partial<TicketBatch> = {}): TicketBatch {
  return {
    id,
    typeIndex: 2,
    typeName: 'VIP',
    priceMinor: 149_900,
    count: 120,
    chunkSize: 50,
    seqs: [[0, 2]],
    notBefore: null,
    notAfter: 1_796_000_000_000,
    fieldColumns: [],
    corrections: new Map(),
    revoked: [],
    ...facts,
  };
}

class MemoryChunks implements ChunkReader {
  reads = 0;
  isClosed = false;
  readonly #batches: ReadonlyMap<string, TicketBatch>;
  readonly #fields: ((serial: number) => Record<string, string | null>) | undefined;

  constructor(batches: readonly TicketBatch[], fields?: (serial: number) => Record<string, string | null>) {
    this.#batches = new Map(batches.map((batch) => [batch.id, batch]));
    this.#fields = fields;
  }

  async *read(batchId: string, seqs: SeqRanges): AsyncGenerator<Chunk> {
    try {
      for (const seq of seqsOf(seqs)) {
        this.reads++;
        yield this.chunk(batchId, seq);
      }
    } finally {
      this.isClosed = true;
    }
  }

  chunk(batchId: string, seq: number): Chunk {
    const { firstSerial, count } = chunkRange(this.#batches.get(batchId) ?? batchOf(batchId), seq);
    const signatures = Uint8Array.from({ length: 64 * count }, (_, at) => (at * 31 + firstSerial * 7 + seq) & 0xff);
    const chunk = { batchId, seq, firstSerial, count, mintedAt: MINTED_AT, signatures };
    const makeFields = this.#fields;
    if (makeFields === undefined) return chunk;
    const rows = Array.from({ length: count }, (_, index) => makeFields(firstSerial + index));
    const names = Object.keys(rows[0] ?? {});
    const fields: FieldColumns = Object.fromEntries(names.map((name) => [name, rows.map((row) => row[name] ?? null)]));
    return { ...chunk, fields };
  }
}

function sourceOf(batches: readonly TicketBatch[], chunks: ChunkReader, columnIds: readonly string[] | null = null) {
  return ticketSource({ eventName: 'Gala', fractionDigits: 2, batches, chunks, columnIds, pageSize: 40 });
}

async function readAll(pages: AsyncIterable<RecordPage>): Promise<RecordPage[]> {
  const all: RecordPage[] = [];
  for await (const page of pages) all.push(page);
  return all;
}

describe('ticketSource', () => {
  const signal = new AbortController().signal;

  it('gives every ticket of several batches, in order, in pages of at most the page size', async () => {
    const batches = [batchOf('aaaaaaaaaaaa'), batchOf('bbbbbbbbbbbb', { count: 60, seqs: [[0, 1]] })];
    const source = sourceOf(batches, new MemoryChunks(batches));
    const pages = await readAll(source.pages(signal));
    expect(source.estimatedCount).toBe(180);
    expect(pages.flatMap(({ keys }) => keys)).toEqual([
      ...Array.from({ length: 120 }, (_, index) => `aaaaaaaaaaaa/${index + 1}`),
      ...Array.from({ length: 60 }, (_, index) => `bbbbbbbbbbbb/${index + 1}`),
    ]);
    expect(Math.max(...pages.map(({ rows }) => rows.length))).toBe(40);
  });

  it('gives each ticket the token and the code that its signature makes', async () => {
    const batch = batchOf('0123456789ab');
    const chunks = new MemoryChunks([batch]);
    const [page] = await readAll(sourceOf([batch], chunks, ['serial', 'code', 'token']).pages(signal));
    const { signatures } = chunks.chunk(batch.id, 0);
    for (const [index, row] of (page?.rows ?? []).entries()) {
      const signature = signatures.slice(64 * index, 64 * index + 64);
      const payload = { batchId: batch.id, serial: index + 1, typeIndex: 2 };
      expect(row).toEqual([index + 1, shortCodeOf(signature), encodeToken(payload, signature)]);
    }
  });

  it('names its columns in their usual order, personal ones where a batch has them', async () => {
    const batches = [
      batchOf('aaaaaaaaaaaa', { fieldColumns: ['x-shirt_size', 'holder'] }),
      batchOf('bbbbbbbbbbbb', { fieldColumns: ['email', 'holder'] }),
    ];
    const { columns } = sourceOf(batches, new MemoryChunks(batches));
    expect(columns.map(({ id }) => id)).toEqual([
      'event',
      'batch',
      'serial',
      'code',
      'token',
      'type',
      'typeName',
      'holder',
      'email',
      'x-shirt_size',
      'price',
      'status',
      'notBefore',
      'notAfter',
      'mintedAt',
    ]);
    expect(columns.find(({ id }) => id === 'x-shirt_size')?.title).toBe('Shirt size');
  });

  it('lays corrections over fields, adds corrected columns, and says what is revoked', async () => {
    const corrections = new Map<number, Map<string, string | null>>([
      [2, new Map([['holder', 'Meena R']])],
      [3, new Map([['holder', null]])],
      [4, new Map([['seat', 'A-4']])],
    ]);
    const batch = batchOf('aaaaaaaaaaaa', { fieldColumns: ['holder'], corrections, revoked: [[2, 3]] });
    const chunks = new MemoryChunks([batch], (serial) => ({ holder: `Person ${serial}` }));
    const [page] = await readAll(sourceOf([batch], chunks, ['holder', 'seat', 'status']).pages(signal));
    expect(page?.rows.slice(0, 4)).toEqual([
      ['Person 1', null, 'valid'],
      ['Meena R', null, 'revoked'],
      [null, null, 'revoked'],
      ['Person 4', 'A-4', 'valid'],
    ]);
  });

  it('reads nothing before the first page is pulled, and closes the reader when left', async () => {
    const batch = batchOf('aaaaaaaaaaaa');
    const chunks = new MemoryChunks([batch]);
    const pages = sourceOf([batch], chunks).pages(signal);
    expect(chunks.reads).toBe(0);
    for await (const page of pages) {
      expect(page.rows).toHaveLength(40);
      break;
    }
    expect(chunks).toMatchObject({ reads: 1, isClosed: true });
  });

  it('ends with the reason of its signal', async () => {
    const batch = batchOf('aaaaaaaaaaaa');
    const controller = new AbortController();
    const read = async () => {
      for await (const _ of sourceOf([batch], new MemoryChunks([batch])).pages(controller.signal))
        controller.abort(new Error('enough'));
    };
    await expect(read()).rejects.toThrow('enough');
  });

  it('refuses a chunk with columns that its batch did not announce', async () => {
    const batch = batchOf('aaaaaaaaaaaa', { fieldColumns: ['holder'] });
    const chunks = new MemoryChunks([batch], () => ({ holder: 'x', seat: 'y' }));
    await expect(readAll(sourceOf([batch], chunks).pages(signal))).rejects.toMatchObject({ code: 'export-incomplete' });
  });
});
