import { chunkCountOf } from '../../../core/chunk/chunk.ts';
import { hasSeq, mergeRanges, rangesOfSeqs, ticketsInRanges } from '../../../core/chunk/seq-ranges.ts';
import { FONT_CACHE } from '../../../core/fonts/font-cache.ts';
import { type ExportRecord, type LocalBatch, relaxedDatabase } from '../../database/database.ts';
import { canFree, freeLocalCopy } from '../batches/free-local-copy.ts';
import { withExportWorker } from '../exports/export-pool.ts';

/** How workbox names what the service worker keeps of the application. */
const APP_CACHE = /^workbox-precache-/;

interface Share {
  /** Tickets, or files. */
  readonly count: number;
  /** As it lies there, before the browser compresses or indexes it; of tickets an estimate by samples. */
  readonly bytes: number;
}

/** What takes the space on this device, of all events. */
export interface StorageUse {
  /** Only here: never to be freed. */
  readonly unsent: Share;
  /** On the server too, of batches that are not wholly there yet. */
  readonly sent: Share;
  /** Of batches that are wholly on the server. */
  readonly freeable: Share;
  /** Copies of exports that were saved. */
  readonly savedExports: Share;
  /** Exports that wait to be saved, or are being made. */
  readonly unsavedExports: Share;
  readonly fonts: Share;
  readonly app: Share;
}

export const storageUseKey = ['storage-use'] as const;

export async function measureUse(): Promise<StorageUse> {
  const database = relaxedDatabase();
  const [batches, exports, fonts, app] = await Promise.all([
    database.batches.toArray(),
    database.exports.toArray(),
    cacheShare((name) => name === FONT_CACHE),
    cacheShare((name) => APP_CACHE.test(name)),
  ]);
  const tickets = await Promise.all(batches.filter(({ freed }) => !freed).map(ticketShares));
  const staged = exports.filter((record) => record.staged.length > 0);
  return {
    unsent: sum(tickets.map(({ unsent }) => unsent)),
    sent: sum(tickets.map(({ sent }) => sent)),
    freeable: sum(tickets.map(({ freeable }) => freeable)),
    savedExports: sum(staged.filter(({ savedAt }) => savedAt !== null).map(stagedShare)),
    unsavedExports: sum(staged.filter(({ savedAt }) => savedAt === null).map(stagedShare)),
    fonts,
    app,
  };
}

const NONE: Share = { count: 0, bytes: 0 };

function sum(shares: readonly Share[]): Share {
  return shares.reduce((total, { count, bytes }) => ({ count: total.count + count, bytes: total.bytes + bytes }), NONE);
}

async function ticketShares(batch: LocalBatch): Promise<Pick<StorageUse, 'unsent' | 'sent' | 'freeable'>> {
  const { chunks } = relaxedDatabase();
  const range = chunks.where('[batchId+seq]').between([batch.id, 0], [batch.id, chunkCountOf(batch)]);
  const [keys, sample] = await Promise.all([range.primaryKeys(), range.first()]);
  const bytesPerTicket = sample === undefined ? 0 : sample.bytes.length / sample.count;
  const seqs = keys.map(([, seq]) => seq);
  const share = (isSent: boolean): Share => {
    const own = seqs.filter((seq) => hasSeq(batch.acknowledged, seq) === isSent);
    const count = ticketsInRanges(mergeRanges(rangesOfSeqs(own)), batch);
    return { count, bytes: count * bytesPerTicket };
  };
  const [unsent, sent] = [share(false), share(true)];
  return canFree(batch) ? { unsent, sent: NONE, freeable: sent } : { unsent, sent, freeable: NONE };
}

function stagedShare({ staged }: ExportRecord): Share {
  return { count: staged.length, bytes: staged.reduce((total, { bytes }) => total + bytes, 0) };
}

async function cacheShare(isMeant: (name: string) => boolean): Promise<Share> {
  // Neither in an insecure page, nor where the browser keeps nothing.
  const names = (await globalThis.caches?.keys().catch(() => [])) ?? [];
  const shares = await Promise.all(names.filter(isMeant).map(shareOfCache));
  return sum(shares);
}

async function shareOfCache(name: string): Promise<Share> {
  const responses = await (await caches.open(name)).matchAll();
  const sizes = await Promise.all(responses.map(async (response) => (await response.blob()).size));
  return { count: sizes.length, bytes: sizes.reduce((total, size) => total + size, 0) };
}

/** Gives up the copies of all batches that are wholly on the server, whatever their event. */
export async function freeTickets(): Promise<void> {
  for (const batch of await relaxedDatabase().batches.toArray()) if (canFree(batch)) await freeLocalCopy(batch.id);
}

/** Deletes copies of exports that were saved; one that waits to be saved stays. */
export async function freeExports(): Promise<void> {
  await withExportWorker((worker) => worker.call((api) => api.freeSaved()));
}

/** Deletes the fonts that are kept besides those of the application. */
export async function freeFonts(): Promise<void> {
  await caches.delete(FONT_CACHE);
}
