import { proxy } from 'comlink';
import { TicketmintError } from '../../../core/errors.ts';
import type { ExportFault } from '../../../core/export/fault.ts';
import { exportError } from '../../../core/export/fault-error.ts';
import { type ExportOutcome, type ExportRequest, MAX_ATTEMPTS } from '../../../core/export/job.ts';
import type { ExportProgress } from '../../../core/export/progress.ts';
import { relaxedDatabase } from '../../database/database.ts';
import { recordFailure, requestOf } from '../../database/export-records.ts';
import { exportPool, withExportWorker } from './export-pool.ts';

/** For so long a worker may end an export by itself; then it is ended. Both together keep to 200 ms. */
const CANCEL_GRACE_MS = 150;

export interface AttemptHooks {
  readonly signal: AbortSignal;
  onProgress(progress: ExportProgress): void;
  /** It was cancelled and has stopped; what it leaves is being removed. */
  onStopped(): void;
}

/**
 * Runs an export to its end, again when its worker dies.
 * @returns null when there is nothing to do: it is over, or gone.
 * @throws {TicketmintError} `export-interrupted` when it was begun too often; what the attempt throws; the signal's reason.
 */
export async function runToEnd(id: string, hooks: AttemptHooks): Promise<ExportOutcome | null> {
  for (;;) {
    const [record, request] = await Promise.all([relaxedDatabase().exports.get(id), requestOf(id)]);
    if (record === undefined || (record.state !== 'queued' && record.state !== 'running')) return null;
    if (request === undefined) return fail(id, { code: 'browser-closed' });
    if (record.attempts >= MAX_ATTEMPTS) return fail(id, { code: 'browser-gave-out', times: MAX_ATTEMPTS });
    try {
      return await attempt(request, hooks);
    } catch (error) {
      if (hooks.signal.aborted || !isWorkerDeath(error)) throw error;
    }
  }
}

async function fail(id: string, fault: ExportFault): Promise<never> {
  await recordFailure(id, fault);
  throw exportError(fault);
}

/** The bridge's word for a worker that stopped; whatever else goes wrong has another. */
function isWorkerDeath(error: unknown): boolean {
  return error instanceof TicketmintError && error.code === 'internal';
}

async function attempt(
  request: ExportRequest,
  { signal, onProgress, onStopped }: AttemptHooks,
): Promise<ExportOutcome> {
  const worker = exportPool.take();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isKilled = false;
  const cancel = () => {
    timer = setTimeout(() => {
      isKilled = true;
      worker.terminate();
    }, CANCEL_GRACE_MS);
    // Its end is told by the run itself.
    worker.call((api) => api.cancel(request.id)).catch(() => {});
  };
  signal.addEventListener('abort', cancel, { once: true });
  try {
    signal.throwIfAborted();
    const outcome = await worker.call((api) => api.run(request, proxy(onProgress)));
    exportPool.give(worker);
    return outcome;
  } catch (error) {
    worker.terminate();
    if (signal.aborted) onStopped();
    if (isKilled) await withExportWorker((other) => other.call((api) => api.discard(request.id)));
    throw signal.aborted ? signal.reason : error;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', cancel);
  }
}
