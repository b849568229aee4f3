import { api } from '../../api/client.ts';
import { strictDatabase } from '../../database/database.ts';
import { isGateKept } from '../../database/gate-database.ts';
import { forgetWitness } from '../store/witness.ts';
import { CLEAR_MARK, DEVICE_LOCK, isMarked, unmark } from './device-marks.ts';

/** Pages of before are gone in a moment; one that sleeps may not be. */
const ALONE_MS = 5_000;
/** A tab that sleeps may keep the emptied database open for a while. */
const DELETE_MS = 3_000;
const TIMEOUT_MS = 4_000;
/** What holds nobody's data: the application itself, and fonts. */
const KEPT_CACHES = /^(?:workbox-precache-|fonts$)/;

/**
 * Takes everything that was made or heard here off this device: the local database, files staged for saving, answers. The
 * application itself stays, or comes again at once. Called before anything else has started; a crash in the middle begins it
 * anew, as does a part that cannot be cleared: the page starts all the same, and says so where that part is used.
 */
export async function clearDevice(): Promise<void> {
  const isWiped = await whenAlone(async () => {
    if (!isMarked(CLEAR_MARK)) return false;
    const results = await Promise.allSettled([clearDatabase(), clearFiles(), clearCaches()]);
    forgetWitness();
    const failed = results.find((result) => result.status === 'rejected');
    if (failed === undefined) unmark(CLEAR_MARK);
    else console.error('This device could not be cleared.', failed.reason);
    return failed === undefined && (await wipeFiles());
  });
  if (!isWiped) return;
  // The service worker and the locks of this page went with the rest.
  location.reload();
  await new Promise(() => {});
}

/** One page clears, once all that were open before are gone; the others wait, and find it done. */
async function whenAlone<Result>(work: () => Promise<Result>): Promise<Result> {
  const patience = AbortSignal.timeout(ALONE_MS);
  let isBegun = false;
  try {
    return await navigator.locks.request(DEVICE_LOCK, { signal: patience }, () => {
      isBegun = true;
      return work();
    });
  } catch (error) {
    if (isBegun || !patience.aborted) throw error;
    return work();
  }
}

/**
 * Browsers keep the bytes of deleted rows in their files until they rewrite them; told so by the server, they delete the
 * files. @returns whether they did; without the server the rows are gone all the same.
 */
async function wipeFiles(): Promise<boolean> {
  // A gate's scans belong to the device, and may be nowhere else yet.
  if (await isGateKept()) return false;
  const choices = Object.entries(localStorage);
  try {
    await api.post('auth/clear-device', { timeout: TIMEOUT_MS, retry: 0 });
  } catch {
    return false;
  }
  for (const [name, value] of choices) localStorage.setItem(name, value);
  return true;
}

/** Emptied first, as that needs nobody else to let go of it. One that cannot be opened is deleted as it is. */
async function clearDatabase(): Promise<void> {
  const database = strictDatabase();
  await database
    .transaction('rw', database.tables, () => Promise.all(database.tables.map((table) => table.clear())))
    .catch((error: unknown) => console.error('The store could not be emptied.', error));
  await Promise.race([database.delete(), new Promise((resolve) => setTimeout(resolve, DELETE_MS))]);
}

async function clearFiles(): Promise<void> {
  // Not in every engine.
  const root = await navigator.storage?.getDirectory?.();
  if (root === undefined) return;
  for await (const name of root.keys()) await root.removeEntry(name, { recursive: true });
}

async function clearCaches(): Promise<void> {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => !KEPT_CACHES.test(name)).map((name) => caches.delete(name)));
}
