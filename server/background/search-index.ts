import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { type Chunk, decodeTrustedChunk } from '../../core/chunk/chunk.ts';
import { SIGNATURE_BYTES } from '../../core/ticket/token.ts';

/** The columns that people search by. */
const SEARCHED_COLUMNS = ['holder', 'email', 'ref', 'seat'] as const;
/** A ticket's id in the index is its batch's number times this, plus its serial. */
export const SERIALS = 2 ** 32;

/** Stands among a ticket's words for its event, so that a search stays within one. */
export function eventWord(eventId: string): string {
  return `event${eventId}`;
}

interface CorrectionRow {
  readonly id: number;
  readonly batch_id: string;
  readonly serial: number;
  readonly column_name: string;
  readonly value: string | null;
}

/** Takes chunks and corrections of the main database into the search index, each chunk in a transaction. */
export class SearchIndexer {
  readonly #index: DatabaseSync;
  readonly #nextChunk: StatementSync;
  readonly #chunkOfSerial: StatementSync;
  readonly #lastChunkTo: StatementSync;
  readonly #nextCorrection: StatementSync;
  readonly #correctionsOfRange: StatementSync;
  readonly #insertCode: StatementSync;
  readonly #insertWords: StatementSync;
  readonly #deleteWords: StatementSync;

  constructor(index: DatabaseSync, main: DatabaseSync) {
    this.#index = index;
    this.#nextChunk = main.prepare(`
      SELECT chunk.id, chunk.content_sha256, chunk.body, batch.event_id
      FROM chunk JOIN batch ON batch.id = chunk.batch_id WHERE chunk.id > ? ORDER BY chunk.id LIMIT 1`);
    this.#chunkOfSerial = main.prepare(`
      SELECT chunk.id, chunk.body, batch.event_id
      FROM batch JOIN chunk ON chunk.batch_id = batch.id AND chunk.seq = (CAST(? AS INTEGER) - 1) / batch.chunk_size
      WHERE batch.id = ?`);
    this.#lastChunkTo = main.prepare('SELECT id, content_sha256 FROM chunk WHERE id <= ? ORDER BY id DESC LIMIT 1');
    this.#nextCorrection = main.prepare('SELECT * FROM correction WHERE id > ? ORDER BY id LIMIT 1');
    this.#correctionsOfRange = main.prepare(
      'SELECT * FROM correction WHERE batch_id = ? AND serial BETWEEN ? AND ? ORDER BY id',
    );
    this.#insertCode = index.prepare('INSERT OR IGNORE INTO code VALUES (?, ?)');
    this.#insertWords = index.prepare('INSERT INTO words (rowid, text) VALUES (?, ?)');
    this.#deleteWords = index.prepare('DELETE FROM words WHERE rowid = ?');
  }

  /** Takes in the next chunk or correction. Returns whether there was one. */
  step(): boolean {
    return this.#takeChunk() || this.#takeCorrection();
  }

  /** Forgets the tickets of an event that the main database no longer has. */
  remove(eventId: string): void {
    this.#inTransaction(() => {
      const batches = this.#index.prepare('SELECT number FROM batch WHERE event_id = ?').all(eventId);
      for (const { number } of batches as { number: number }[]) {
        const [first, last] = [number * SERIALS, (number + 1) * SERIALS - 1];
        this.#index
          .prepare('DELETE FROM words WHERE rowid BETWEEN CAST(? AS INTEGER) AND CAST(? AS INTEGER)')
          .run(first, last);
        this.#index
          .prepare('DELETE FROM code WHERE ticket BETWEEN CAST(? AS INTEGER) AND CAST(? AS INTEGER)')
          .run(first, last);
      }
      this.#index.prepare('DELETE FROM batch WHERE event_id = ?').run(eventId);
      // An index counts as derived from the main database while the last chunk it took in is there.
      const last = this.#lastChunkTo.get(this.#progress().chunk_id);
      this.#index
        .prepare('UPDATE progress SET chunk_id = ?, chunk_sha256 = ?')
        .run((last?.id as number | undefined) ?? 0, (last?.content_sha256 as Uint8Array | undefined) ?? null);
    });
  }

  #takeChunk(): boolean {
    const row = this.#nextChunk.get(this.#progress().chunk_id);
    if (row === undefined) return false;
    this.#inTransaction(() => {
      const chunk = decodeTrustedChunk(row.body as Uint8Array);
      const base = this.#batchNumber(chunk.batchId, row.event_id as string) * SERIALS;
      this.#takeCodes(chunk, base);
      if (chunk.fields !== undefined) this.#takeWords(chunk, base, row.event_id as string);
      this.#index
        .prepare('UPDATE progress SET chunk_id = ?, chunk_sha256 = ?')
        .run(row.id as number, row.content_sha256 as Uint8Array);
    });
    return true;
  }

  #takeCodes({ signatures, count, firstSerial }: Chunk, base: number): void {
    const view = new DataView(signatures.buffer, signatures.byteOffset);
    for (let index = 0; index < count; index++)
      this.#insertCode.run(view.getBigUint64(index * SIGNATURE_BYTES) >> 4n, base + firstSerial + index);
  }

  #takeWords(chunk: Chunk, base: number, eventId: string): void {
    const corrected = this.#corrected(chunk);
    for (let index = 0; index < chunk.count; index++) {
      const words = wordsOf(index, corrected);
      if (words !== '') this.#insertWords.run(base + chunk.firstSerial + index, `${eventWord(eventId)} ${words}`);
    }
  }

  /** A corrected ticket's words are taken out and in again. */
  #takeCorrection(): boolean {
    const row = this.#nextCorrection.get(this.#progress().correction_id) as unknown as CorrectionRow | undefined;
    if (row === undefined) return false;
    this.#inTransaction(() => {
      const found = this.#chunkOfSerial.get(row.serial, row.batch_id);
      if (found !== undefined) {
        const chunk = decodeTrustedChunk(found.body as Uint8Array);
        const eventId = found.event_id as string;
        const ticket = this.#batchNumber(row.batch_id, eventId) * SERIALS + row.serial;
        const words = wordsOf(row.serial - chunk.firstSerial, this.#corrected(chunk));
        this.#deleteWords.run(ticket);
        if (words !== '') this.#insertWords.run(ticket, `${eventWord(eventId)} ${words}`);
      }
      this.#index.prepare('UPDATE progress SET correction_id = ?').run(row.id);
    });
    return true;
  }

  /** The searched columns of a chunk with its corrections laid over. */
  #corrected({ batchId, firstSerial, count, fields = {} }: Chunk): (string | null)[][] {
    const columns = SEARCHED_COLUMNS.map((name) => [...(fields[name] ?? new Array<null>(count).fill(null))]);
    const corrections = this.#correctionsOfRange.all(batchId, firstSerial, firstSerial + count - 1);
    for (const { serial, column_name, value } of corrections as unknown as CorrectionRow[]) {
      const column = columns[(SEARCHED_COLUMNS as readonly string[]).indexOf(column_name)];
      if (column !== undefined) column[serial - firstSerial] = value;
    }
    return columns;
  }

  #batchNumber(batchId: string, eventId: string): number {
    const known = this.#index.prepare('SELECT number FROM batch WHERE id = ?').get(batchId);
    if (known !== undefined) return known.number as number;
    const { lastInsertRowid } = this.#index
      .prepare('INSERT INTO batch (id, event_id) VALUES (?, ?)')
      .run(batchId, eventId);
    return Number(lastInsertRowid);
  }

  #progress(): { chunk_id: number; correction_id: number } {
    return this.#index.prepare('SELECT chunk_id, correction_id FROM progress').get() as never;
  }

  #inTransaction(work: () => void): void {
    this.#index.exec('BEGIN');
    try {
      work();
      this.#index.exec('COMMIT');
    } catch (error) {
      if (this.#index.isTransaction) this.#index.exec('ROLLBACK');
      throw error;
    }
  }
}

function wordsOf(index: number, columns: readonly (readonly (string | null)[])[]): string {
  return columns.flatMap((column) => column[index] ?? []).join(' ');
}
