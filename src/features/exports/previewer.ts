import { TicketmintError } from '../../../core/errors.ts';
import type { ExportPreview, PreviewRequest } from '../../../core/export/preview.ts';
import type { WorkerHandle } from '../../../workers/bridge.ts';
import { exportPool } from './export-pool.ts';

/**
 * Draws previews in a worker that it keeps from the first until it is closed. One after another: each measures how long
 * it takes.
 */
export class Previewer {
  #worker: WorkerHandle<'export'> | undefined;
  #turn: Promise<void> = Promise.resolve();

  /** @throws what the format throws for its options; the signal's reason once it aborts. */
  async draw(request: PreviewRequest, signal: AbortSignal): Promise<ExportPreview> {
    const before = this.#turn;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#turn = promise;
    try {
      await before;
      return await this.#draw(request, signal);
    } finally {
      resolve();
    }
  }

  async #draw(request: PreviewRequest, signal: AbortSignal): Promise<ExportPreview> {
    signal.throwIfAborted();
    this.#worker ??= exportPool.take();
    const worker = this.#worker;
    const cancel = () => {
      // A worker that is gone has nothing left to cancel.
      worker.call((api) => api.cancel(request.id)).catch(() => {});
    };
    signal.addEventListener('abort', cancel, { once: true });
    try {
      return await worker.call((api) => api.preview(request));
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof TicketmintError && error.code === 'internal') this.close();
      throw error;
    } finally {
      signal.removeEventListener('abort', cancel);
    }
  }

  close(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
  }
}
