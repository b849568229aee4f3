import type { Chunk } from '../../chunk/chunk.ts';
import type { SeqRanges } from '../../chunk/seq-ranges.ts';

/** Where chunks come from: this device's buffer, the server, the store. */
export interface ChunkReader {
  /**
   * The batch's chunks of these seqs, in order; each is good until the next one is asked for. It may read ahead a stated
   * number of chunks once the first is pulled.
   * @throws {TicketmintError} `export-incomplete` when one of them cannot be had.
   */
  read(batchId: string, seqs: SeqRanges, signal: AbortSignal): AsyncIterable<Chunk>;
}

/** Serial, then column, to the value that holds now. */
export type CorrectionMap = ReadonlyMap<number, ReadonlyMap<string, string | null>>;

/** All that an export needs to know of a batch, besides its chunks. */
export interface TicketBatch {
  readonly id: string;
  readonly typeIndex: number;
  readonly typeName: string;
  /** In the currency's minor unit. */
  readonly priceMinor: number;
  readonly count: number;
  readonly chunkSize: number;
  /** Which of its chunks exist and are to be exported. */
  readonly seqs: SeqRanges;
  /** When its tickets are valid, ms since epoch; null: without bound. */
  readonly notBefore: number | null;
  readonly notAfter: number | null;
  /** The personal columns that its chunks have. */
  readonly fieldColumns: readonly string[];
  readonly corrections: CorrectionMap;
  /** Serials, as sorted, disjoint, inclusive pairs. */
  readonly revoked: SeqRanges;
}
