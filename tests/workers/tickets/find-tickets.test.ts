import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { chunkCountOf, chunkRange, encodeChunk } from '../../../core/chunk/chunk.ts';
import { shortCodeOf } from '../../../core/ticket/short-code.ts';
import { encodeToken } from '../../../core/ticket/token.ts';
import { type LocalBatch, relaxedDatabase } from '../../../src/database/database.ts';
import { findTickets } from '../../../workers/tickets/find-tickets.ts';

const PLAIN = 'aaaaaaaaaaaa';
const NAMED = 'bbbbbbbbbbbb';

const batchOf = (id: string, personalised: boolean): LocalBatch => ({
  id,
  eventId: 'event',
  runId: 'run',
  typeIndex: 2,
  publicKey: '',
  count: 4_020,
  chunkSize: 50,
  notBefore: null,
  notAfter: null,
  keyProtection: 'webcrypto',
  proof: '',
  mintedAt: 0,
  personalised,
  seatPattern: null,
  seatOffset: 0,
  fromList: false,
  state: 'minted',
  declared: false,
  acknowledged: [],
  refused: [],
  sealed: null,
  freed: false,
});

/** A signature that differs from ticket to ticket and from batch to batch. */
function signatureOf(id: string, serial: number): Uint8Array<ArrayBuffer> {
  const signature = new Uint8Array(64).fill(id.charCodeAt(0));
  new DataView(signature.buffer).setUint32(2, serial);
  return signature;
}

async function buffer(batch: LocalBatch): Promise<void> {
  await relaxedDatabase().batches.put(batch);
  const chunks = Array.from({ length: chunkCountOf(batch) }, (_, seq) => {
    const { firstSerial, count } = chunkRange(batch, seq);
    const serials = Array.from({ length: count }, (_unused, index) => firstSerial + index);
    const signatures = new Uint8Array(count * 64);
    serials.forEach((serial, index) => {
      signatures.set(signatureOf(batch.id, serial), index * 64);
    });
    const fields = {
      holder: serials.map((serial) => (serial === 3_999 ? 'Zoë Ångström' : `Guest ${serial}`)),
      ref: serials.map((serial) => (serial % 1_000 === 0 ? 'STAFF' : null)),
    };
    const chunk = { batchId: batch.id, seq, firstSerial, count, mintedAt: 0, signatures };
    const bytes = encodeChunk(batch.personalised ? { ...chunk, fields } : chunk);
    return { batchId: batch.id, seq, count, bytes };
  });
  await relaxedDatabase().chunks.bulkPut(chunks);
}

beforeEach(async () => {
  await buffer(batchOf(PLAIN, false));
  await buffer(batchOf(NAMED, true));
});

afterEach(async () => {
  await Promise.all([relaxedDatabase().batches.clear(), relaxedDatabase().chunks.clear()]);
});

const both = [PLAIN, NAMED];

describe('findTickets', () => {
  test('finds the one ticket of a token, and none whose signature is another', async () => {
    const token = encodeToken({ batchId: NAMED, serial: 4_020, typeIndex: 2 }, signatureOf(NAMED, 4_020));
    expect(await findTickets(both, ` ${token.toLowerCase()} `, 10)).toEqual([
      { batch: NAMED, serial: 4_020, matched: 'token' },
    ]);
    const forged = encodeToken({ batchId: NAMED, serial: 4_020, typeIndex: 2 }, signatureOf(NAMED, 1));
    expect(await findTickets(both, forged, 10)).toEqual([]);
    const outside = encodeToken({ batchId: NAMED, serial: 4_021, typeIndex: 2 }, signatureOf(NAMED, 4_021));
    expect(await findTickets(both, outside, 10)).toEqual([]);
  });

  test('finds a short code as people type it', async () => {
    const code = shortCodeOf(signatureOf(PLAIN, 2_345));
    expect(await findTickets(both, code.replaceAll('-', ' ').toLowerCase(), 10)).toEqual([
      { batch: PLAIN, serial: 2_345, matched: 'code' },
    ]);
  });

  test('finds a serial in every batch, and beyond the batch none', async () => {
    const found = await findTickets(both, '4020', 10);
    expect(found).toContainEqual({ batch: PLAIN, serial: 4_020, matched: 'serial' });
    expect(found).toContainEqual({ batch: NAMED, serial: 4_020, matched: 'serial' });
    expect(await findTickets([PLAIN], '4021', 10)).toEqual([]);
    expect(await findTickets([PLAIN], '0', 10)).toEqual([]);
  });

  test('finds text in any field, whatever its case', async () => {
    expect(await findTickets(both, 'zoë ång', 10)).toEqual([{ batch: NAMED, serial: 3_999, matched: 'text' }]);
    const staff = await findTickets(both, 'staff', 10);
    expect(staff.map(({ serial }) => serial)).toEqual([1_000, 2_000, 3_000, 4_000]);
  });

  test('ends at its limit', async () => {
    const found = await findTickets(both, 'Guest', 7);
    expect(found.map(({ serial }) => serial)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  test('finds nothing in a batch that is not on this device', async () => {
    expect(await findTickets(['cccccccccccc'], '1', 10)).toEqual([]);
    expect(await findTickets(both, '   ', 10)).toEqual([]);
  });
});
