import { type KeyObject, verify } from 'node:crypto';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { decodeTrustedChunk } from '../../core/chunk/chunk.ts';
import { SIGNATURE_BYTES, signedMessageWriter } from '../../core/ticket/token.ts';
import { ed25519PublicKey } from '../ingest/ed25519.ts';
import type { ChunkVerification } from '../store/store.ts';

/** Signatures verified before the thread listens for messages again: some 7 ms. */
const SLICE = 100;

interface PendingChunk {
  readonly id: number;
  readonly body: Uint8Array;
  readonly public_key: string;
  readonly type_index: number;
}

/** Verifies every signature of the stored chunks that have no result yet, in the order they were stored. */
export class Verifier {
  readonly #next: StatementSync;
  /** Results below it are recorded or on their way; a restart begins anew at what is not recorded. */
  #lastChunkId = 0;
  #key: { readonly x: string; readonly object: KeyObject } | undefined;

  constructor(database: DatabaseSync) {
    this.#next = database.prepare(`
      SELECT chunk.id, chunk.body, batch.public_key, batch.type_index
      FROM chunk JOIN batch ON batch.id = chunk.batch_id
      WHERE chunk.id > ? AND NOT EXISTS (SELECT 1 FROM chunk_verification WHERE chunk_id = chunk.id)
      ORDER BY chunk.id LIMIT 1`);
  }

  /** Verifies one chunk; yields after each slice. Returns `undefined` when none is left. */
  *verifyNext(): Generator<void, ChunkVerification | undefined> {
    const row = this.#next.get(this.#lastChunkId) as unknown as PendingChunk | undefined;
    if (row === undefined) return undefined;
    const { batchId, firstSerial, count, signatures } = decodeTrustedChunk(row.body);
    const key = this.#keyOf(row.public_key);
    const messageOf = signedMessageWriter(batchId, row.type_index);
    const badSerials: number[] = [];
    for (let index = 0; index < count; index++) {
      if (index > 0 && index % SLICE === 0) yield;
      const signature = signatures.subarray(index * SIGNATURE_BYTES, (index + 1) * SIGNATURE_BYTES);
      const serial = firstSerial + index;
      if (!verify(undefined, messageOf(serial), key, signature)) badSerials.push(serial);
    }
    this.#lastChunkId = row.id;
    return { chunkId: row.id, badSerials };
  }

  #keyOf(x: string): KeyObject {
    if (this.#key?.x !== x) this.#key = { x, object: ed25519PublicKey(x) };
    return this.#key.object;
  }
}
