import { proxy } from 'comlink';
import type { BatchRequest, ExportOutcome, ExportRequest } from '../../../core/export/job.ts';
import type { ExportProgress } from '../../../core/export/progress.ts';
import { startWorker, type WorkerHandle } from '../../../workers/bridge.ts';
import { relaxedDatabase } from '../../database/database.ts';
import { download } from './destination.ts';

/** An export of this tab, from the press to its result. */
export interface LiveExport {
  readonly id: string;
  readonly eventId: string;
  readonly fileName: string;
  readonly state: 'preparing' | 'running' | 'completed' | 'failed' | 'cancelled';
  /** Null while it is prepared. */
  readonly progress: ExportProgress | null;
  readonly outcome: ExportOutcome | null;
  readonly error: unknown;
  /** False when corrections and revocations are only as this device last heard of them. */
  readonly isUpToDate: boolean;
}

/** What is asked for, before its batches are gathered. */
interface ExportOrder extends Omit<ExportRequest, 'batches' | 'id'> {
  gather(): Promise<{ readonly batches: readonly BatchRequest[]; readonly isUpToDate: boolean }>;
}

/** The exports of this tab, each in a worker of its own. */
class ExportService {
  readonly #exports = new Map<string, LiveExport>();
  readonly #workers = new Map<string, WorkerHandle<'export'>>();
  readonly #cancelled = new Set<string>();
  readonly #listeners = new Set<() => void>();
  #snapshot: readonly LiveExport[] = [];

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** All exports of this tab, the newest first. */
  readonly all = (): readonly LiveExport[] => this.#snapshot;

  /** Starts an export and returns at once; how it goes is in {@link all} under the id. */
  start(order: ExportOrder): string {
    const { eventId, fileName } = order;
    const id = crypto.randomUUID();
    this.#set({
      id,
      eventId,
      fileName,
      state: 'preparing',
      progress: null,
      outcome: null,
      error: null,
      isUpToDate: true,
    });
    void this.#run(id, order);
    return id;
  }

  async #run(id: string, { gather, ...order }: ExportOrder): Promise<void> {
    addEventListener('beforeunload', warnOfRunningExport);
    const worker = startWorker('export');
    this.#workers.set(id, worker);
    try {
      const { batches, isUpToDate } = await gather();
      if (this.#cancelled.has(id)) throw new DOMException('Cancelled.', 'AbortError');
      this.#update(id, { state: 'running', isUpToDate });
      const onProgress = proxy((progress: ExportProgress) => this.#update(id, { progress }));
      const outcome = await worker.call((api) => api.run({ ...order, id, batches }, onProgress));
      await deliver(worker, outcome);
      this.#update(id, { state: 'completed', outcome });
    } catch (error) {
      this.#update(id, { state: this.#cancelled.has(id) ? 'cancelled' : 'failed', error });
    } finally {
      worker.terminate();
      this.#workers.delete(id);
      if (this.#workers.size === 0) removeEventListener('beforeunload', warnOfRunningExport);
    }
  }

  /** Ends it; nothing that looks done is left. */
  async cancel(id: string): Promise<void> {
    this.#cancelled.add(id);
    await this.#workers.get(id)?.call((api) => api.cancel(id));
  }

  /** Takes an export that is over off the list of this tab; its record stays. */
  dismiss(id: string): void {
    this.#exports.delete(id);
    this.#tell();
  }

  #set(live: LiveExport): void {
    this.#exports.set(live.id, live);
    this.#tell();
  }

  #update(id: string, change: Partial<LiveExport>): void {
    const live = this.#exports.get(id);
    if (live !== undefined) this.#set({ ...live, ...change });
  }

  #tell(): void {
    this.#snapshot = [...this.#exports.values()].reverse();
    for (const listener of this.#listeners) listener();
  }
}

export const exportService = new ExportService();

/** A file that was not written to its place is handed to the browser's downloads. */
async function deliver(worker: WorkerHandle<'export'>, { stagedName, blob, manifest }: ExportOutcome): Promise<void> {
  const staged = stagedName === null ? undefined : await worker.call((api) => api.stagedFile(stagedName));
  const file = staged ?? blob;
  if (file !== null && file !== undefined) download(file, manifest.fileName);
}

function warnOfRunningExport(event: BeforeUnloadEvent): void {
  event.preventDefault();
}

/** Calls a worker once, for the small jobs around exports. */
export async function withExportWorker<Result>(
  use: (worker: WorkerHandle<'export'>) => Promise<Result>,
): Promise<Result> {
  const worker = startWorker('export');
  try {
    return await use(worker);
  } finally {
    worker.terminate();
  }
}

/** Puts in order what crashes left. Call it once when the app starts; does nothing where nothing was exported. */
export async function sweepExports(): Promise<void> {
  if ((await relaxedDatabase().exports.count()) === 0) return;
  await withExportWorker((worker) => worker.call((api) => api.sweep()));
}
