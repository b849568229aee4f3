import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { TicketHit, TicketSearch } from '../../core/api/batch.ts';
import { decodeTrustedChunk } from '../../core/chunk/chunk.ts';
import { parseShortCode, shortCodeToInteger } from '../../core/ticket/short-code.ts';
import { normalizeTokenInput, type ParsedToken, parseToken, SIGNATURE_BYTES } from '../../core/ticket/token.ts';
import type { SearchRequest } from './messages.ts';
import { eventWord, SERIALS } from './search-index.ts';

/** Answers searches from the index, and from the main database where that is enough. */
export class SearchQuery {
  readonly #byCode: StatementSync;
  readonly #byWords: StatementSync;
  readonly #indexedChunk: StatementSync;
  readonly #bySerial: StatementSync;
  readonly #chunkOfToken: StatementSync;
  readonly #notYetIndexed: StatementSync;

  constructor(index: DatabaseSync, main: DatabaseSync) {
    // Numbers are bound as floating point, hence the casts where one is divided.
    this.#byCode = index.prepare(`
      SELECT batch.id AS batch, code.ticket % ${SERIALS} AS serial
      FROM code JOIN batch ON batch.number = code.ticket / ${SERIALS}
      WHERE code.code = ? AND batch.event_id = ? LIMIT ?`);
    this.#byWords = index.prepare(`
      SELECT batch.id AS batch, words.rowid % ${SERIALS} AS serial
      FROM words JOIN batch ON batch.number = words.rowid / ${SERIALS}
      WHERE words MATCH ? LIMIT ?`);
    this.#indexedChunk = index.prepare('SELECT chunk_id FROM progress');
    this.#bySerial = main.prepare(`
      SELECT batch.id AS batch FROM batch
      JOIN chunk ON chunk.batch_id = batch.id AND chunk.seq = (CAST(:serial AS INTEGER) - 1) / batch.chunk_size
      WHERE batch.event_id = :event AND :serial <= batch.count ORDER BY batch.declared_at DESC LIMIT :limit`);
    this.#chunkOfToken = main.prepare(`
      SELECT chunk.body FROM batch
      JOIN chunk ON chunk.batch_id = batch.id AND chunk.seq = (CAST(:serial AS INTEGER) - 1) / batch.chunk_size
      WHERE batch.id = :batch AND batch.event_id = :event AND :serial <= batch.count`);
    this.#notYetIndexed = main.prepare(`
      SELECT coalesce(sum(chunk.count), 0) AS tickets FROM chunk JOIN batch ON batch.id = chunk.batch_id
      WHERE chunk.id > ? AND batch.event_id = ?`);
  }

  /** At most `limit` tickets, each once, the surest matches first. */
  answer({ eventId, query, limit }: SearchRequest): TicketSearch {
    const hits = new Map<string, TicketHit>();
    const add = (matched: TicketHit['matched'], rows: Iterable<{ batch: string; serial: number }>) => {
      for (const { batch, serial } of rows) {
        const key = `${batch} ${serial}`;
        if (hits.size < limit && !hits.has(key)) hits.set(key, { batch, serial, matched });
      }
    };
    const token = parseToken(normalizeTokenInput(query));
    if (token !== undefined && this.#isStored(token, eventId))
      add('token', [{ batch: token.batchId, serial: token.serial }]);
    const code = parseShortCode(query);
    if (code !== undefined) add('code', this.#byCode.all(shortCodeToInteger(code), eventId, limit) as never);
    if (/^\d{1,10}$/.test(query)) add('serial', this.#withSerial(Number(query), eventId, limit));
    const words = wordsQuery(query, eventId);
    if (words !== undefined) add('text', this.#byWords.all(words, limit) as never);
    return { hits: [...hits.values()], notYetIndexed: this.#countNotYetIndexed(eventId) };
  }

  /** A token is found when it is the one that was minted, to the last bit of its signature. */
  #isStored({ batchId, serial, signature }: ParsedToken, eventId: string): boolean {
    const row = this.#chunkOfToken.get({ batch: batchId, event: eventId, serial });
    if (row === undefined) return false;
    const { firstSerial, signatures } = decodeTrustedChunk(row.body as Uint8Array);
    const offset = (serial - firstSerial) * SIGNATURE_BYTES;
    return Buffer.compare(signatures.subarray(offset, offset + SIGNATURE_BYTES), signature) === 0;
  }

  #withSerial(serial: number, eventId: string, limit: number): { batch: string; serial: number }[] {
    const rows = this.#bySerial.all({ serial, event: eventId, limit });
    return rows.map((row) => ({ batch: row.batch as string, serial }));
  }

  #countNotYetIndexed(eventId: string): number {
    const indexed = this.#indexedChunk.get()?.chunk_id as number;
    return this.#notYetIndexed.get(indexed, eventId)?.tickets as number;
  }
}

/** Every word of the query, each as the beginning of a word; `undefined` when it has none. */
function wordsQuery(query: string, eventId: string): string | undefined {
  const words = query.match(/[\p{L}\p{M}\p{N}\p{Co}]+/gu);
  return words === null ? undefined : [eventWord(eventId), ...words.map((word) => `"${word}"*`)].join(' AND ');
}
