import { expose } from 'comlink';
import { compileSeatPattern } from '../core/attendees/seat-pattern.ts';
import { type Chunk, chunkRange, encodeChunk, type FieldColumns } from '../core/chunk/chunk.ts';
import { TicketmintError } from '../core/errors.ts';
import type { RecentTicket } from '../core/mint/run-event.ts';
import { shortCodeOf } from '../core/ticket/short-code.ts';
import { engineFor, preferredProtection } from '../core/ticket/signer/choose.ts';
import type { Signer } from '../core/ticket/signer/signer.ts';
import { SIGNATURE_BYTES, signedMessageWriter, tokenWriter } from '../core/ticket/token.ts';
import { type LocalBatch, relaxedDatabase } from '../src/database/database.ts';
import { storageErrorOf } from '../src/database/storage-error.ts';
import { collectAfter, collectEarly } from './early-collection.ts';
import { installErrorTransfer } from './error-transfer.ts';

/** Tickets written in one transaction, in whole chunks, and the most that wait in memory while the next are signed. */
const TICKETS_PER_WRITE = 2_000;
const RECENT_TICKETS = 10;

export interface MintResult {
  readonly tickets: number;
  /** The last tickets of the last chunk, oldest first, at most 10. */
  readonly recent: readonly RecentTicket[];
}

export interface MintApi {
  /**
   * Signs, encodes and buffers chunks of one batch, in order. When it resolves, all of them are in the local database
   * (relaxed durability). Holds at most twice {@link TICKETS_PER_WRITE} tickets, or two chunks.
   * @param onSigned called after each chunk is signed with its number of tickets.
   * @param onBuffered called after each write with the chunks it holds.
   * @throws {TicketmintError} `mint-key-missing`, `mint-storage-full`, `mint-storage-lost`.
   */
  mintChunks(
    batchId: string,
    seqs: readonly number[],
    onSigned: (tickets: number) => void,
    onBuffered: (seqs: readonly number[], tickets: number) => void,
  ): Promise<MintResult>;
  /** Signs `count` payloads with a throwaway key and drops them: the device's speed, in milliseconds for all of them. */
  measureSigning(count: number): Promise<number>;
}

/** What minting a batch needs, kept while chunks of it come in. */
interface OpenBatch {
  readonly batch: LocalBatch;
  readonly signer: Signer;
  readonly messageOf: (serial: number) => Uint8Array<ArrayBuffer>;
  readonly fieldsOf: (seq: number) => Promise<FieldColumns | undefined>;
}

let open: { readonly id: string; readonly opening: Promise<OpenBatch> } | undefined;

function openBatch(id: string): Promise<OpenBatch> {
  if (open?.id === id) return open.opening;
  // Forget the last batch's key; calls for different batches never overlap.
  void open?.opening.then(
    ({ signer }) => signer.close(),
    () => {},
  );
  const opening = loadBatch(id);
  open = { id, opening };
  // A failed opening must not be remembered: the next call tries again.
  opening.catch(() => {
    if (open?.opening === opening) open = undefined;
  });
  return opening;
}

async function loadBatch(id: string): Promise<OpenBatch> {
  const database = relaxedDatabase();
  const [batch, key] = await Promise.all([database.batches.get(id), database.keys.get(id)]);
  if (batch === undefined || key === undefined)
    throw new TicketmintError('mint-key-missing', 'this batch has no key on this device any more');
  const engine = await engineFor(key.storedKey.protection);
  return {
    batch,
    signer: await engine.openSigner(key.storedKey),
    messageOf: signedMessageWriter(id, batch.typeIndex),
    fieldsOf: fieldSourceOf(batch),
  };
}

function fieldSourceOf(batch: LocalBatch): OpenBatch['fieldsOf'] {
  const seatsOf = seatSourceOf(batch);
  if (!batch.fromList) return async (seq) => seatsOf?.(seq);
  return async (seq) => {
    const page = await relaxedDatabase().stagedPages.get([batch.id, seq]);
    if (page === undefined)
      throw new TicketmintError('mint-storage-lost', 'the attendee list is no longer on this device');
    return { ...page.fields, ...seatsOf?.(seq) };
  };
}

function seatSourceOf(batch: LocalBatch): ((seq: number) => FieldColumns) | undefined {
  if (batch.seatPattern === null) return undefined;
  const seatAt = compileSeatPattern(batch.seatPattern);
  return (seq) => {
    const { firstSerial, count } = chunkRange(batch, seq);
    const firstSeat = batch.seatOffset + firstSerial - 1;
    return { seat: Array.from({ length: count }, (_, index) => seatAt(firstSeat + index)) };
  };
}

async function mintChunk({ batch, signer, messageOf, fieldsOf }: OpenBatch, seq: number): Promise<Chunk> {
  const { firstSerial, count } = chunkRange(batch, seq);
  const messages = Array.from({ length: count }, (_, index) => messageOf(firstSerial + index));
  const [signatures, fields] = await Promise.all([signer.signAll(messages), fieldsOf(seq)]);
  const chunk = { batchId: batch.id, seq, firstSerial, count, mintedAt: batch.mintedAt, signatures };
  return fields === undefined ? chunk : { ...chunk, fields };
}

async function bufferChunks(batchId: string, chunks: readonly Chunk[]): Promise<void> {
  const database = relaxedDatabase();
  const rows = chunks.map((chunk) => ({ batchId, seq: chunk.seq, count: chunk.count, bytes: encodeChunk(chunk) }));
  collectAfter(rows.reduce((sum, { bytes }) => sum + bytes.length, 0));
  const pageKeys = chunks
    .filter(({ fields }) => fields !== undefined)
    .map(({ seq }): [string, number] => [batchId, seq]);
  try {
    await database.transaction('rw', database.chunks, database.stagedPages, database.keys, async () => {
      // A store that was emptied under us has nothing that these would belong to.
      if ((await database.keys.where('batchId').equals(batchId).count()) === 0)
        throw new TicketmintError('mint-storage-lost', 'the batch is no longer on this device', { retryable: true });
      await database.chunks.bulkPut(rows);
      await database.stagedPages.bulkDelete(pageKeys);
    });
  } catch (error) {
    throw storageErrorOf(error);
  }
}

const api: MintApi = {
  async mintChunks(batchId, seqs, onSigned, onBuffered) {
    const batch = await openBatch(batchId);
    let writing = Promise.resolve();
    let last: Chunk | undefined;
    let tickets = 0;
    const perWrite = Math.max(1, Math.floor(TICKETS_PER_WRITE / batch.batch.chunkSize));
    for (let start = 0; start < seqs.length; start += perWrite) {
      const group: Chunk[] = [];
      for (const seq of seqs.slice(start, start + perWrite)) {
        last = await mintChunk(batch, seq);
        group.push(last);
        onSigned(last.count);
      }
      // One write is under way while the next chunks are signed; waiting here is what keeps memory flat.
      await writing;
      const groupTickets = group.reduce((sum, { count }) => sum + count, 0);
      tickets += groupTickets;
      writing = bufferChunks(batchId, group).then(() =>
        onBuffered(
          group.map(({ seq }) => seq),
          groupTickets,
        ),
      );
      // Read at the next `await writing`; this keeps an early failure from counting as unhandled meanwhile.
      writing.catch(() => {});
    }
    await writing;
    return { tickets, recent: last === undefined ? [] : recentTickets(batch.batch, last) };
  },

  async measureSigning(count) {
    const engine = await engineFor(await preferredProtection());
    const { storedKey } = await engine.generateKeyPair();
    const signer = await engine.openSigner(storedKey);
    const messageOf = signedMessageWriter('000000000000', 0);
    const messages = Array.from({ length: count }, (_, index) => messageOf(index + 1));
    await signer.signAll(messages.slice(0, 50));
    const startedAt = performance.now();
    await signer.signAll(messages);
    const elapsedMs = performance.now() - startedAt;
    signer.close();
    return elapsedMs;
  },
};

function recentTickets(batch: LocalBatch, chunk: Chunk): RecentTicket[] {
  const tokenOf = tokenWriter(batch.id, batch.typeIndex);
  const length = Math.min(RECENT_TICKETS, chunk.count);
  return Array.from({ length }, (_, position) => {
    const index = chunk.count - length + position;
    const serial = chunk.firstSerial + index;
    return {
      batchId: batch.id,
      serial,
      typeIndex: batch.typeIndex,
      token: tokenOf(serial, chunk.signatures, index * SIGNATURE_BYTES),
      shortCode: shortCodeOf(chunk.signatures, index * SIGNATURE_BYTES),
      seat: chunk.fields?.seat?.[index] ?? null,
      holder: chunk.fields?.holder?.[index] ?? null,
    };
  });
}

collectEarly();
installErrorTransfer();
expose(api);
