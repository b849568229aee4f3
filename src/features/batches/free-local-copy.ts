import { isComplete } from '../../../core/chunk/seq-ranges.ts';
import { MAX_SERIAL } from '../../../core/ticket/token.ts';
import { type LocalBatch, strictDatabase } from '../../database/database.ts';

/** Whether the server has all of it, so that this device may give up its copy. */
export function canFree(batch: LocalBatch): boolean {
  return !batch.freed && batch.state === 'minted' && isComplete(batch.acknowledged, batch);
}

/**
 * Deletes this device's copy of a batch that is wholly on the server. What was acknowledged is read again in the same
 * transaction that deletes, so that a copy is never given up on an old promise.
 * @returns whether it was deleted.
 */
export async function freeLocalCopy(batchId: string): Promise<boolean> {
  const database = strictDatabase();
  return database.transaction('rw', database.batches, database.chunks, async () => {
    const batch = await database.batches.get(batchId);
    if (batch === undefined || !canFree(batch)) return false;
    await database.chunks.where('[batchId+seq]').between([batchId, 0], [batchId, MAX_SERIAL], true, true).delete();
    await database.batches.update(batchId, { freed: true });
    return true;
  });
}
