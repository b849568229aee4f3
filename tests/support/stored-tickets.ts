import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import type { Page } from '@playwright/test';
import { decode } from 'cborg';

/**
 * What lies in the stores, read past the program: the server's SQLite file with `node:sqlite`, the browser's IndexedDB
 * with its own API, and the chunks in both with `cborg` by the layout of `docs/upload.md`. Nothing of `core` is used.
 */
export interface StoredTicket {
  /** `batch/serial` */
  readonly id: string;
  readonly batchId: string;
  readonly serial: number;
  readonly signature: Uint8Array;
}

interface ChunkMap {
  readonly batch: Uint8Array;
  readonly firstSerial: number;
  readonly count: number;
  readonly signatures: Uint8Array;
}

/** Every ticket of an encoded chunk. */
export function ticketsOfChunk(bytes: Uint8Array): StoredTicket[] {
  const { batch, firstSerial, count, signatures } = decode(bytes) as ChunkMap;
  const batchId = Buffer.from(batch).toString('hex');
  return Array.from({ length: count }, (_, index) => ({
    id: `${batchId}/${firstSerial + index}`,
    batchId,
    serial: firstSerial + index,
    signature: signatures.subarray(64 * index, 64 * index + 64),
  }));
}

/** Every ticket in the server's database, or of these batches; one that lies there twice comes twice. */
export function serverTickets(databaseFile: string, batchIds?: readonly string[]): StoredTicket[] {
  return withDatabase(databaseFile, (database) => {
    const bodies =
      batchIds === undefined
        ? database.prepare('SELECT body FROM chunk ORDER BY id').all()
        : batchIds.flatMap((id) => database.prepare('SELECT body FROM chunk WHERE batch_id = ? ORDER BY id').all(id));
    return (bodies as { body: Uint8Array }[]).flatMap(({ body }) => ticketsOfChunk(body));
  });
}

export interface ServerBatch {
  readonly id: string;
  readonly eventId: string;
  readonly publicKey: string;
  readonly typeIndex: number;
  readonly count: number;
  readonly stored: number;
  readonly state: string;
  readonly sealReason: string | null;
}

export function serverBatches(databaseFile: string): ServerBatch[] {
  return withDatabase(databaseFile, (database) =>
    database
      .prepare(
        `SELECT id, event_id AS eventId, public_key AS publicKey, type_index AS typeIndex, count, stored, state, seal_reason AS sealReason
         FROM batch ORDER BY declared_at, id`,
      )
      .all()
      .map((row) => ({ ...row }) as unknown as ServerBatch),
  );
}

/** What `PRAGMA integrity_check` says: `ok` when the file is sound. */
export function integrityOf(databaseFile: string): string {
  return withDatabase(databaseFile, (database) =>
    String((database.prepare('PRAGMA integrity_check').get() as { integrity_check: string }).integrity_check),
  );
}

function withDatabase<Result>(file: string, use: (database: DatabaseSync) => Result): Result {
  const database = new DatabaseSync(file, { readOnly: true, timeout: 5_000 });
  try {
    return use(database);
  } finally {
    database.close();
  }
}

const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');

const keys = new Map<string, KeyObject>();

/** An Ed25519 public key for `node:crypto` (OpenSSL), from its base64url. */
export function publicKeyOf(base64url: string): KeyObject {
  const der = Buffer.concat([SPKI_PREFIX, Buffer.from(base64url, 'base64url')]);
  const key = keys.get(base64url) ?? createPublicKey({ key: der, format: 'der', type: 'spki' });
  keys.set(base64url, key);
  return key;
}

/** Whether a signature is the batch's over the ticket (design: ASCII `ticketmint/1\n`, then the 12 payload bytes). */
export function isSignedBy(
  key: KeyObject,
  ticket: { batchId: string; serial: number; typeIndex: number; signature: Uint8Array },
): boolean {
  const payload = Buffer.alloc(12);
  payload.writeUInt8(1, 0);
  payload.write(ticket.batchId, 1, 'hex');
  payload.writeUInt32BE(ticket.serial, 7);
  payload.writeUInt8(ticket.typeIndex, 11);
  return verify(null, Buffer.concat([Buffer.from('ticketmint/1\n', 'ascii'), payload]), key, ticket.signature);
}

/** The encoded chunks in the browser's own database, or those of these batches; the page must be of the application's origin. */
async function bufferedChunks(page: Page, batchIds?: readonly string[]): Promise<Buffer[]> {
  const texts = await page.evaluate(async (wanted) => {
    const opening = indexedDB.open('ticketmint');
    await new Promise((resolve, reject) => {
      opening.onsuccess = resolve;
      opening.onerror = () => reject(opening.error);
    });
    const database = opening.result;
    const store = database.transaction('chunks').objectStore('chunks');
    // The key is [batch, seq], and an array comes after every number.
    const ranges = wanted?.map((id) => IDBKeyRange.bound([id, 0], [id, []])) ?? [null];
    const rows = await Promise.all(
      ranges.map(
        (range) =>
          new Promise<{ bytes: Uint8Array<ArrayBuffer> }[]>((resolve, reject) => {
            const reading = store.getAll(range);
            reading.onsuccess = () => resolve(reading.result);
            reading.onerror = () => reject(reading.error);
          }),
      ),
    );
    database.close();
    return rows.flat().map(({ bytes }) => {
      let text = '';
      for (const byte of bytes) text += String.fromCharCode(byte);
      return btoa(text);
    });
  }, batchIds);
  return texts.map((text) => Buffer.from(text, 'base64'));
}

/** Every ticket in the browser's own database, or of these batches. */
export async function bufferedTickets(page: Page, batchIds?: readonly string[]): Promise<StoredTicket[]> {
  return (await bufferedChunks(page, batchIds)).flatMap(ticketsOfChunk);
}
