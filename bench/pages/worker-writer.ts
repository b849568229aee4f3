import type { Timed } from '../harness/scenario.ts';

/** A worker that makes a file by the writer that it was prepared for: ours, or a peer. */
interface WriterWorker {
  /** @returns the bytes that were written, and dropped. */
  write(): Promise<number>;
}

/** Writes once; the clock includes the message to the worker and back. */
export async function timeWriting(worker: WriterWorker): Promise<Timed> {
  const startedAt = performance.now();
  const bytes = await worker.write();
  return { seconds: (performance.now() - startedAt) / 1_000, bytes };
}
