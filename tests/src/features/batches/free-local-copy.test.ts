import { afterEach, expect, test } from 'vitest';
import { type LocalBatch, relaxedDatabase } from '../../../../src/database/database.ts';
import { freeLocalCopy } from '../../../../src/features/batches/free-local-copy.ts';

const ID = '0123456789ab';

async function keep(changes: Partial<LocalBatch>): Promise<void> {
  const batch: LocalBatch = {
    id: ID,
    eventId: 'event',
    runId: 'run',
    typeIndex: 0,
    publicKey: '',
    count: 120,
    chunkSize: 50,
    notBefore: null,
    notAfter: null,
    keyProtection: 'webcrypto',
    proof: '',
    mintedAt: 0,
    personalised: false,
    seatPattern: null,
    seatOffset: 0,
    fromList: false,
    state: 'minted',
    declared: true,
    acknowledged: [[0, 2]],
    refused: [],
    sealed: 'complete',
    freed: false,
    ...changes,
  };
  await relaxedDatabase().batches.put(batch);
  const others = [{ batchId: '0123456789ac', seq: 0, count: 50, bytes: new Uint8Array(1) }];
  const own = [0, 1, 2].map((seq) => ({ batchId: ID, seq, count: 50, bytes: new Uint8Array(1) }));
  await relaxedDatabase().chunks.bulkPut([...own, ...others]);
}

afterEach(async () => {
  await Promise.all([relaxedDatabase().batches.clear(), relaxedDatabase().chunks.clear()]);
});

test('gives up the copy of a batch that is wholly on the server, and of no other', async () => {
  await keep({});
  expect(await freeLocalCopy(ID)).toBe(true);
  expect(await relaxedDatabase().chunks.toCollection().primaryKeys()).toEqual([['0123456789ac', 0]]);
  expect((await relaxedDatabase().batches.get(ID))?.freed).toBe(true);
  expect(await freeLocalCopy(ID)).toBe(false);
});

test('keeps a copy of which one part is not acknowledged, or that is not all minted', async () => {
  await keep({ acknowledged: [[0, 1]] });
  expect(await freeLocalCopy(ID)).toBe(false);
  await keep({ state: 'minting' });
  expect(await freeLocalCopy(ID)).toBe(false);
  expect(await relaxedDatabase().chunks.count()).toBe(4);
});
