import { ed25519 } from '@noble/curves/ed25519.js';
import { proxy } from 'comlink';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chunkCountOf, decodeChunk } from '../../core/chunk/chunk.ts';
import { batchIdOf } from '../../core/ticket/batch-id.ts';
import { engineFor } from '../../core/ticket/signer/choose.ts';
import type { KeyProtection } from '../../core/ticket/signer/signer.ts';
import { parseToken, SIGNATURE_BYTES, signedMessageWriter } from '../../core/ticket/token.ts';
import { type LocalBatch, relaxedDatabase } from '../../src/database/database.ts';
import { startWorker, type WorkerHandle } from '../../workers/bridge.ts';

interface Fixture {
  readonly batch: LocalBatch;
  readonly publicKey: Uint8Array<ArrayBuffer>;
}

async function addBatch(protection: KeyProtection, shape: Partial<LocalBatch> = {}): Promise<Fixture> {
  const engine = await engineFor(protection);
  const { publicKey, storedKey } = await engine.generateKeyPair();
  const batch: LocalBatch = {
    id: await batchIdOf(publicKey),
    eventId: 'aaaaaaaaaaaa',
    runId: '0'.repeat(32),
    typeIndex: 3,
    publicKey: '',
    count: 1_230,
    chunkSize: 100,
    notBefore: null,
    notAfter: null,
    keyProtection: protection,
    proof: '',
    mintedAt: 1_790_000_000_000,
    personalised: false,
    seatPattern: null,
    seatOffset: 0,
    fromList: false,
    state: 'minting',
    declared: false,
    acknowledged: [],
    refused: [],
    sealed: null,
    freed: false,
    ...shape,
  };
  await relaxedDatabase().batches.add(batch);
  await relaxedDatabase().keys.add({ batchId: batch.id, storedKey });
  return { batch, publicKey };
}

function allSeqs(batch: LocalBatch): number[] {
  return Array.from({ length: chunkCountOf(batch) }, (_, seq) => seq);
}

async function mint(worker: WorkerHandle<'mint'>, batch: LocalBatch, seqs: readonly number[]) {
  const news = { signed: 0, buffered: 0, seqs: [] as number[] };
  const result = await worker.call((api) =>
    api.mintChunks(
      batch.id,
      seqs,
      proxy((tickets: number) => {
        news.signed += tickets;
      }),
      proxy((buffered: readonly number[], tickets: number) => {
        news.buffered += tickets;
        news.seqs.push(...buffered);
      }),
    ),
  );
  return { ...result, news };
}

async function storedBytes(batch: LocalBatch): Promise<Uint8Array<ArrayBuffer>[]> {
  return (await relaxedDatabase().chunks.orderBy(':id').toArray())
    .filter(({ batchId }) => batchId === batch.id)
    .map(({ bytes }) => bytes);
}

let worker: WorkerHandle<'mint'>;
beforeEach(() => {
  worker = startWorker('mint');
});
afterEach(async () => {
  worker.terminate();
  await Promise.all(relaxedDatabase().tables.map((table) => table.clear()));
});

describe.each<KeyProtection>(['webcrypto', 'software'])('the mint worker with %s keys', (protection) => {
  it('buffers dense chunks whose every signature another library verifies', async () => {
    const { batch, publicKey } = await addBatch(protection, protection === 'software' ? { count: 230 } : {});
    const { tickets, news, recent } = await mint(worker, batch, allSeqs(batch));
    expect(tickets).toBe(batch.count);
    expect(news).toMatchObject({ signed: batch.count, buffered: batch.count, seqs: allSeqs(batch) });
    const messageOf = signedMessageWriter(batch.id, batch.typeIndex);
    let serial = 1;
    for (const bytes of await storedBytes(batch)) {
      const chunk = decodeChunk(bytes);
      expect(chunk).toMatchObject({ batchId: batch.id, firstSerial: serial, mintedAt: batch.mintedAt });
      for (let index = 0; index < chunk.count; index++, serial++) {
        const signature = chunk.signatures.subarray(index * SIGNATURE_BYTES, (index + 1) * SIGNATURE_BYTES);
        expect(ed25519.verify(signature, messageOf(serial), publicKey, { zip215: false })).toBe(true);
      }
    }
    expect(serial).toBe(batch.count + 1);
    expect(recent.map((ticket) => parseToken(ticket.token)?.serial)).toEqual(recent.map((ticket) => ticket.serial));
    expect(recent.at(-1)?.serial).toBe(batch.count);
  });

  it('mints a chunk again to the same bytes', async () => {
    const { batch } = await addBatch(protection, { count: 150 });
    await mint(worker, batch, allSeqs(batch));
    const first = await storedBytes(batch);
    await mint(worker, batch, [1, 0]);
    expect(await storedBytes(batch)).toEqual(first);
  });
});

describe('the mint worker', () => {
  it('writes the fields of a staged list and drops its pages with them', async () => {
    const { batch } = await addBatch('webcrypto', { count: 150, personalised: true, fromList: true });
    const holders = Array.from({ length: batch.count }, (_, index) => `Guest ${index + 1}`);
    await relaxedDatabase().stagedPages.bulkAdd([
      { batchId: batch.id, seq: 0, fields: { holder: holders.slice(0, 100) } },
      { batchId: batch.id, seq: 1, fields: { holder: holders.slice(100) } },
    ]);
    const { recent } = await mint(worker, batch, [0, 1]);
    const chunks = (await storedBytes(batch)).map(decodeChunk);
    expect(chunks.flatMap(({ fields }) => fields?.holder ?? [])).toEqual(holders);
    expect(recent.at(-1)?.holder).toBe('Guest 150');
    expect(await relaxedDatabase().stagedPages.count()).toBe(0);
  });

  it('gives every ticket the seat that its serial has in the pattern', async () => {
    const seatPattern = {
      template: '{row}-{seat}',
      seatsPerRow: 60,
      rowStart: 'A',
      seatStart: 1,
      numberStart: 1,
      padding: 2,
    };
    const { batch } = await addBatch('webcrypto', { count: 130, personalised: true, seatPattern });
    await mint(worker, batch, [1, 0]);
    const seats = (await storedBytes(batch)).map(decodeChunk).flatMap(({ fields }) => fields?.seat ?? []);
    expect([seats[0], seats[59], seats[60], seats[129]]).toEqual(['A-01', 'A-60', 'B-01', 'C-10']);
    expect(new Set(seats).size).toBe(130);
  });

  it('goes on with the seats of the batch before, beside the names of the list', async () => {
    const seatPattern = {
      template: '{row}-{seat}',
      seatsPerRow: 60,
      rowStart: 'A',
      seatStart: 1,
      numberStart: 1,
      padding: 0,
    };
    const shape = { count: 3, personalised: true, fromList: true, seatPattern, seatOffset: 59 };
    const { batch } = await addBatch('webcrypto', shape);
    const holder = ['Asha', 'Bo', 'Cy'];
    await relaxedDatabase().stagedPages.add({ batchId: batch.id, seq: 0, fields: { holder } });
    await mint(worker, batch, [0]);
    const [chunk] = (await storedBytes(batch)).map(decodeChunk);
    expect(chunk?.fields).toEqual({ holder, seat: ['A-60', 'B-1', 'B-2'] });
  });

  it('says with its code that the key is gone', async () => {
    const { batch } = await addBatch('webcrypto');
    await relaxedDatabase().keys.delete(batch.id);
    await expect(mint(worker, batch, [0])).rejects.toMatchObject({ code: 'mint-key-missing' });
  });

  it('says with its code that the staged list is gone, and buffers nothing of it', async () => {
    const { batch } = await addBatch('webcrypto', { personalised: true, fromList: true });
    await expect(mint(worker, batch, [0])).rejects.toMatchObject({ code: 'mint-storage-lost' });
    expect(await relaxedDatabase().chunks.count()).toBe(0);
  });

  it('stores keys that cannot be exported', async () => {
    const { batch } = await addBatch('webcrypto');
    const key = await relaxedDatabase().keys.get(batch.id);
    if (key?.storedKey.protection !== 'webcrypto') throw new TypeError('expected a WebCrypto key');
    await expect(crypto.subtle.exportKey('pkcs8', key.storedKey.privateKey)).rejects.toThrow();
  });

  it('rejects calls under way when it is ended', async () => {
    const { batch } = await addBatch('webcrypto');
    const minting = mint(worker, batch, allSeqs(batch));
    worker.terminate();
    await expect(minting).rejects.toMatchObject({ code: 'aborted' });
  });
});
