import { type Chunk, chunkRange, type FieldColumns } from '../../../core/chunk/chunk.ts';
import { type SeqRanges, seqsOf } from '../../../core/chunk/seq-ranges.ts';
import type { RecordPage } from '../../../core/export/format.ts';
import type { ChunkReader, TicketBatch } from '../../../core/export/sources/ticket-batch.ts';
import { type TicketSourceInput, ticketSource } from '../../../core/export/sources/tickets.ts';

export const MINTED_AT = 1_795_000_000_000;

export function batchOf(id: string, facts: Partial<TicketBatch> = {}): TicketBatch {
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

export class MemoryChunks implements ChunkReader {
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

export function sourceOf(
  batches: readonly TicketBatch[],
  chunks: ChunkReader,
  columnIds: readonly string[] | null = null,
  choice: Partial<Pick<TicketSourceInput, 'filters' | 'sort' | 'locale'>> = {},
) {
  const usual = { eventName: 'Gala', fractionDigits: 2, filters: null, sort: null, locale: 'en', pageSize: 40 };
  return ticketSource({ ...usual, ...choice, batches, chunks, columnIds });
}

export async function readAll(pages: AsyncIterable<RecordPage>): Promise<RecordPage[]> {
  const all: RecordPage[] = [];
  for await (const page of pages) all.push(page);
  return all;
}
