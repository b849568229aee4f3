import { proxy } from 'comlink';
import type {
  SavedWorkspace,
  SaveRequest,
  WorkspacePlan,
  WorkspaceProgress,
} from '../../../core/workspace/workspace-job.ts';
import { startWorker, type WorkerHandle } from '../../../workers/bridge.ts';
import { exportLock } from '../../database/export-records.ts';
import { download } from '../exports/destination.ts';
import { wakeRuns } from '../mint/run-controller.ts';
import { bearWitnessToAll } from '../store/witness.ts';

/** The staged file is kept for so long after a download has begun. */
const DOWNLOAD_MS = 60_000;

interface JobOptions {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: WorkspaceProgress) => void;
}

/** Calls a worker of its own; an abort is asked of it first, so that it can tidy up. */
async function withWorker<Result>(
  { signal }: JobOptions,
  use: (worker: WorkerHandle<'workspace'>) => Promise<Result>,
): Promise<Result> {
  const worker = startWorker('workspace');
  const cancel = () => void worker.call((api) => api.cancel()).catch(() => {});
  signal.addEventListener('abort', cancel, { once: true });
  try {
    return await use(worker);
  } finally {
    signal.removeEventListener('abort', cancel);
    worker.terminate();
  }
}

/** Saves everything of this device into one encrypted file; a download is begun where no place was picked. */
export function saveWorkspace(input: SaveRequest, options: JobOptions): Promise<SavedWorkspace> {
  const { promise, resolve, reject } = Promise.withResolvers<SavedWorkspace>();
  // The name that keeps the staged file from being swept, and a second save from overwriting it.
  void navigator.locks.request(exportLock('workspace'), { ifAvailable: true }, async (lock) => {
    try {
      if (lock === null) throw new Error('A file is being saved already: wait a minute, then try again.');
      const saved = await withWorker(options, (worker) =>
        worker.call((api) => api.save(input, proxy(options.onProgress))),
      );
      if (saved.file !== null) download(saved.file, input.fileName);
      resolve(saved);
      if (saved.file !== null) await new Promise((end) => setTimeout(end, DOWNLOAD_MS));
    } catch (error) {
      reject(error);
    }
  });
  return promise;
}

/** What bringing a file in would do; changes nothing. */
export function inspectWorkspace(file: File, passphrase: string, options: JobOptions): Promise<WorkspacePlan> {
  return withWorker(options, (worker) =>
    worker.call((api) => api.inspect(file, passphrase, proxy(options.onProgress))),
  );
}

/** Brings in what this device lacks; what waits to be uploaded goes up from then on. */
export async function bringWorkspace(file: File, passphrase: string, options: JobOptions): Promise<WorkspacePlan> {
  const plan = await withWorker(options, (worker) =>
    worker.call((api) => api.bring(file, passphrase, proxy(options.onProgress))),
  );
  await bearWitnessToAll();
  wakeRuns();
  return plan;
}
