import { startWorker, type WorkerHandle } from '../../../workers/bridge.ts';

type ExportWorker = WorkerHandle<'export'>;

/** A worker without work ends after this; until then fonts and formats that it has loaded serve again. */
const IDLE_MS = 20_000;

/** Export workers, one for each export that runs: so they share the processor as the system sees fit. */
class ExportPool {
  readonly #idle = new Map<ExportWorker, ReturnType<typeof setTimeout>>();

  take(): ExportWorker {
    for (const [worker, timer] of this.#idle) {
      clearTimeout(timer);
      this.#idle.delete(worker);
      return worker;
    }
    return startWorker('export');
  }

  /** Takes a worker back that is alive and has nothing to do. */
  give(worker: ExportWorker): void {
    const end = () => {
      this.#idle.delete(worker);
      worker.terminate();
    };
    this.#idle.set(worker, setTimeout(end, IDLE_MS));
  }
}

export const exportPool = new ExportPool();

/** Calls a worker once, for the small jobs around exports. */
export async function withExportWorker<Result>(use: (worker: ExportWorker) => Promise<Result>): Promise<Result> {
  const worker = exportPool.take();
  try {
    const result = await use(worker);
    exportPool.give(worker);
    return result;
  } catch (error) {
    worker.terminate();
    throw error;
  }
}
