import { expose } from 'comlink';
import { TicketmintError } from '../core/errors.ts';
import type { BatchRequest, ExportOutcome, ExportRequest } from '../core/export/job.ts';
import type { ExportPreview, PreviewRequest } from '../core/export/preview.ts';
import type { ExportProgress } from '../core/export/progress.ts';
import { Sha256 } from '../core/export/sha256.ts';
import { collectEarly } from './early-collection.ts';
import { installErrorTransfer } from './error-transfer.ts';
import { deviceChunks } from './export/device-chunks.ts';
import { drawPreview } from './export/preview.ts';
import { exportLock, forgetExport, recordCompletion, recordEnd, recordStart, sweepExports } from './export/records.ts';
import { writeExport } from './export/run.ts';
import { hasStaging, stagedFile } from './export/staging.ts';
import { ticketBatchOf } from './export/ticket-batches.ts';

export interface ExportApi {
  /**
   * Runs one export, start to end, and keeps its record in the `exports` table: `completed` only once the file is closed
   * and has the right size. Holds two windows of about 8,000 tickets and 2 MiB of file.
   * @param onProgress a few times a second, and at each change of phase.
   * @throws {TicketmintError} `export-incomplete`, `export-sink-failed`; `aborted` after {@link ExportApi.cancel}. No
   * part of a file is left then.
   */
  run(request: ExportRequest, onProgress: (progress: ExportProgress) => void): Promise<ExportOutcome>;
  /** Ends the export within 200 ms, if it runs here. */
  cancel(exportId: string): void;
  /** The first records as the format writes them, and what the whole will take; {@link ExportApi.cancel} ends it. */
  preview(request: PreviewRequest): Promise<ExportPreview>;
  /** The personal columns that the batches have, each once. */
  fieldColumns(eventId: string, batches: readonly BatchRequest[]): Promise<readonly string[]>;
  /** SHA-256 and size of a file, as a manifest has them. */
  hashFile(file: Blob): Promise<{ readonly bytes: number; readonly sha256: string }>;
  /** The staged file of a finished export, to be saved again; `undefined` when it is gone. */
  stagedFile(stagedName: string): Promise<File | undefined>;
  /** Puts in order what crashes left. Call it once when the app starts. */
  sweep(): Promise<void>;
  /** Takes an export off the list, with its staged file. */
  forget(exportId: string): Promise<void>;
}

const running = new Map<string, AbortController>();

async function runRecorded(
  request: ExportRequest,
  signal: AbortSignal,
  onProgress: (progress: ExportProgress) => void,
): Promise<ExportOutcome> {
  await recordStart(request);
  try {
    const outcome = await writeExport(request, signal, onProgress);
    await recordCompletion(request.id, outcome);
    return outcome;
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    await recordEnd(request.id, signal.aborted ? 'cancelled' : 'failed', signal.aborted ? null : words);
    throw error;
  }
}

const api: ExportApi = {
  async run(request, onProgress) {
    const controller = new AbortController();
    running.set(request.id, controller);
    try {
      return await navigator.locks.request(exportLock(request.id), () =>
        runRecorded(request, controller.signal, onProgress),
      );
    } finally {
      running.delete(request.id);
    }
  },
  cancel(exportId) {
    running.get(exportId)?.abort(new TicketmintError('aborted', 'the export was cancelled'));
  },
  async preview(request) {
    const controller = new AbortController();
    running.set(request.id, controller);
    try {
      return await drawPreview(request, controller.signal);
    } finally {
      running.delete(request.id);
    }
  },
  async fieldColumns(eventId, batches) {
    const sizes = new Map(batches.map(({ id, chunkSize }) => [id, chunkSize]));
    const chunks = deviceChunks(eventId, (id) => sizes.get(id) ?? 1);
    const { signal } = new AbortController();
    const found = await Promise.all(batches.map((batch) => ticketBatchOf(batch, chunks, signal)));
    return [...new Set(found.flatMap(({ fieldColumns }) => fieldColumns))];
  },
  async hashFile(file) {
    const hash = new Sha256();
    // Not `for await`: Safari cannot iterate streams.
    const reader = file.stream().getReader();
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) hash.update(piece.value);
    return { bytes: file.size, sha256: hash.digest() };
  },
  stagedFile: async (stagedName) => (hasStaging() ? stagedFile(stagedName) : undefined),
  async sweep() {
    await sweepExports();
  },
  forget: forgetExport,
};

collectEarly();
installErrorTransfer();
expose(api);
