import { TicketmintError } from '../../../core/errors.ts';
import { exportError, exportFaultOf } from '../../../core/export/fault-error.ts';
import type { ExportDestination, ExportOutcome, ExportRequest } from '../../../core/export/job.ts';
import { titleOf } from '../../../core/export/job.ts';
import { relaxedDatabase } from '../../database/database.ts';
import {
  exportLock,
  recordCancelled,
  recordFailure,
  recordRequest,
  recordRetry,
  recordSaved,
} from '../../database/export-records.ts';
import { download, downloadDestination, mayWrite } from './destination.ts';
import { runToEnd } from './export-attempt.ts';
import { withExportWorker } from './export-pool.ts';
import { withSlot } from './export-slots.ts';
import type { GatheredRecords } from './gather-records.ts';
import { isOver, type LiveExport, liveExports } from './live-exports.ts';

export type { LiveExport };

/** What is asked for, before its records are gathered. */
export interface ExportOrder extends Omit<ExportRequest, 'batches' | 'checkIns' | 'id' | 'createdAt'> {
  gather(): Promise<GatheredRecords>;
}

/**
 * The exports of this device, as far as this tab has them: each runs in a worker of its own, at most five at once over all
 * tabs, and has one owner, the tab that holds its lock. When that tab is gone another one takes it up, or the next visit.
 */
class ExportService {
  /** Of the exports that this tab runs or waits to run. */
  readonly #controllers = new Map<string, AbortController>();
  /** Each resolves when nothing is left to be done for its export here. */
  readonly #settling = new Map<string, Promise<void>>();

  constructor() {
    liveExports.onNews = (news) => {
      if (news.type === 'cancel') this.#controllers.get(news.id)?.abort(cancelled());
      else if (news.live.state === 'queued') this.#standBy(news.live.id);
    };
  }

  readonly subscribe = liveExports.subscribe;

  /** All exports under way on this device and those that this tab has seen end, the newest first. */
  readonly all = liveExports.all;

  /** Starts an export and returns at once; how it goes is in {@link all} under the id. */
  start(order: ExportOrder): string {
    const id = crypto.randomUUID();
    const controller = this.#own(id);
    liveExports.begin({ id, eventId: order.eventId, fileName: titleOf(order), state: 'preparing' });
    void this.#settle(id, () => this.#begin(id, order, controller.signal));
    return id;
  }

  async #begin(id: string, { gather, ...order }: ExportOrder, signal: AbortSignal): Promise<void> {
    const createdAt = Date.now();
    const { isUpToDate, ...records } = await gather();
    signal.throwIfAborted();
    liveExports.update(id, { isUpToDate });
    await navigator.locks.request(exportLock(id), async () => {
      // On the disk first: from here on it outlives this tab.
      await recordRequest({ ...order, ...records, id, createdAt });
      await this.#runInTurn(id, signal, true);
    });
  }

  /** Starts a failed or cancelled export again, from what of it is whole; call it from a press. */
  async retry(id: string): Promise<void> {
    const live = liveExports.get(id);
    if (live !== undefined && !isOver(live)) return;
    await this.#settling.get(id);
    const record = await relaxedDatabase().exports.get(id);
    if (record === undefined) return;
    const { destination, eventId, fileName } = record;
    const isOpen = 'handle' in destination && (await mayWrite(destination.handle));
    await recordRetry(id, isOpen ? destination : await downloadDestination());
    const { signal } = this.#own(id);
    liveExports.begin({ id, eventId, fileName, state: 'queued' });
    await this.#settle(id, () => navigator.locks.request(exportLock(id), () => this.#runInTurn(id, signal, true)));
  }

  /** Takes up what an earlier visit has left unfinished, and tidies. Call it once when the app starts. */
  async resume(): Promise<void> {
    const { exports } = relaxedDatabase();
    if ((await exports.count()) === 0) return;
    await withExportWorker((worker) => worker.call((api) => api.sweep()));
    for (const id of await exports.where('state').anyOf('queued', 'running').primaryKeys()) this.#standBy(id);
  }

  /** Waits until no other tab has the export; then runs it, if it is not over by then. */
  #standBy(id: string): void {
    if (this.#controllers.has(id)) return;
    const { signal } = this.#own(id);
    void this.#settle(id, () =>
      navigator.locks.request(exportLock(id), async () => {
        const record = await relaxedDatabase().exports.get(id);
        if (record?.state !== 'queued' && record?.state !== 'running') return;
        const { eventId, fileName } = record;
        liveExports.begin({ id, eventId, fileName, state: 'queued' });
        await this.#runInTurn(id, signal, false);
      }),
    );
  }

  #own(id: string): AbortController {
    const controller = new AbortController();
    this.#controllers.set(id, controller);
    return controller;
  }

  /** Holding its lock. @param isPressed whether somebody is there who expects a download. */
  async #runInTurn(id: string, signal: AbortSignal, isPressed: boolean): Promise<void> {
    liveExports.update(id, { state: 'queued' });
    const outcome = await withSlot(signal, () => {
      liveExports.update(id, { state: 'running' });
      addEventListener('beforeunload', warnOfRunningExport);
      return runToEnd(id, {
        signal,
        onProgress: (progress) => liveExports.update(id, { progress }),
        onStopped: () => liveExports.update(id, { state: 'cancelled' }),
      });
    });
    if (outcome === null) return liveExports.remove(id);
    const isSaved = await hand(id, outcome, isPressed);
    liveExports.update(id, { state: 'completed', outcome, needsSaving: !isSaved });
  }

  #settle(id: string, run: () => Promise<void>): Promise<void> {
    const settling = this.#runAndNote(id, run);
    this.#settling.set(id, settling);
    return settling;
  }

  async #runAndNote(id: string, run: () => Promise<void>): Promise<void> {
    const { signal } = this.#controllers.get(id) ?? new AbortController();
    try {
      await run();
    } catch (error) {
      await this.#noteEnd(id, signal.aborted, error);
      liveExports.update(id, { state: signal.aborted ? 'cancelled' : 'failed', error });
    } finally {
      this.#controllers.delete(id);
      this.#settling.delete(id);
      if (!liveExports.all().some((live) => live.state === 'running' && !live.isElsewhere))
        removeEventListener('beforeunload', warnOfRunningExport);
    }
  }

  /** Where the worker could not say so itself: it never began, or the storage is full. */
  async #noteEnd(id: string, isCancelled: boolean, error: unknown): Promise<void> {
    try {
      if (isCancelled) return await recordCancelled(id);
      const record = await relaxedDatabase().exports.get(id);
      if (record === undefined || record.state === 'failed' || record.state === 'completed') return;
      await recordFailure(id, exportFaultOf(error));
    } catch (cause) {
      console.error('The end of an export could not be noted.', cause);
    }
  }

  /** Ends it; nothing that looks done is left. Resolves within about 200 ms. */
  async cancel(id: string): Promise<void> {
    const live = liveExports.get(id);
    if (live?.isElsewhere) return liveExports.askToCancel(id);
    this.#controllers.get(id)?.abort(cancelled());
    if (live === undefined || isOver(live)) return;
    await new Promise<void>((resolve) => {
      const unsubscribe = liveExports.subscribe(() => {
        const now = liveExports.get(id);
        if (now !== undefined && !isOver(now)) return;
        unsubscribe();
        resolve();
      });
    });
  }

  /**
   * Saves a completed export from the browser's own files, without making it again; call it from a press.
   * @param destination where to; by default where it was to go, else the downloads.
   * @throws {TicketmintError} `export-incomplete` when the browser has cleared it; `export-sink-failed` when that place fails:
   * it can still be downloaded then.
   */
  async save(id: string, destination?: ExportDestination): Promise<void> {
    const record = await relaxedDatabase().exports.get(id);
    if (record === undefined) throw new TypeError('save: expected an export of the history');
    const place = destination ?? record.destination;
    if ('handle' in place && (await mayWrite(place.handle)))
      await withExportWorker((worker) => worker.call((api) => api.save(id, place)));
    else await downloadStaged(id);
    if (liveExports.get(id)?.isElsewhere === false) liveExports.update(id, { needsSaving: false });
  }

  /** Takes an export that is over off the list of this tab; its record stays. */
  dismiss(id: string): void {
    liveExports.remove(id);
  }

  /** Takes an export that is over off the history, with its copy in the browser's own files. */
  async forget(id: string): Promise<void> {
    await withExportWorker((worker) => worker.call((api) => api.forget(id)));
    liveExports.remove(id);
  }
}

export const exportService = new ExportService();

function cancelled(): TicketmintError {
  return new TicketmintError('aborted', 'the export was cancelled');
}

/**
 * A file that did not go to its place is handed to the browser's downloads, where somebody has just pressed for it. What a
 * crash interrupted, and what comes in many files, waits for a press.
 * @returns whether nothing is left to be saved.
 */
async function hand(
  id: string,
  { place, staged, blob, manifest }: ExportOutcome,
  isPressed: boolean,
): Promise<boolean> {
  if (blob !== null) download(blob, manifest.fileName);
  if (place !== 'staging') return true;
  if (!isPressed || staged.length !== 1) return false;
  await downloadStaged(id);
  return true;
}

async function downloadStaged(id: string): Promise<void> {
  const files = await withExportWorker((worker) => worker.call((api) => api.stagedFiles(id)));
  if (files.length === 0) throw exportError({ code: 'file-cleared' });
  for (const { file, fileName } of files) download(file, fileName);
  await recordSaved(id);
}

function warnOfRunningExport(event: BeforeUnloadEvent): void {
  event.preventDefault();
}
