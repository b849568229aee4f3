import { MAX_SERIAL } from '../../core/ticket/token.ts';
import { strictDatabase } from './database.ts';

/** Held while a workspace file is brought in. */
export const JOIN_LOCK = 'ticketmint-workspace-join';

const KEY = 'workspace-join';

/** Notes, before the first of them, whose chunks come in though their batches are not there yet. */
export async function noteJoin(batchIds: readonly string[]): Promise<void> {
  await strictDatabase().settings.put({ key: KEY, value: batchIds });
}

/** Removes noted chunks that no batch owns, and the note; after a success there are none. */
export async function endJoin(): Promise<void> {
  const database = strictDatabase();
  await database.transaction('rw', database.batches, database.chunks, database.settings, async () => {
    const ids = ((await database.settings.get(KEY))?.value ?? []) as readonly string[];
    const owners = await database.batches.bulkGet([...ids]);
    for (const [index, id] of ids.entries())
      if (owners[index] === undefined)
        await database.chunks.where('[batchId+seq]').between([id, 0], [id, MAX_SERIAL], true, true).delete();
    await database.settings.delete(KEY);
  });
}

/** Puts in order what a crash in the middle has left; leaves one alone that is under way in another tab. */
export function sweepJoin(): Promise<void> {
  return navigator.locks.request(JOIN_LOCK, { ifAvailable: true }, (lock) => (lock === null ? undefined : endJoin()));
}
