import { expose } from 'comlink';
import { TicketmintError } from '../core/errors.ts';
import { exportFaultOf } from '../core/export/fault-error.ts';
import type { BatchRequest, ExportDestination, ExportOutcome, ExportRequest } from '../core/export/job.ts';
import type { ExportManifest } from '../core/export/manifest.ts';
import type { ExportPreview, PreviewRequest } from '../core/export/preview.ts';
import type { ExportProgress } from '../core/export/progress.ts';
import { Sha256 } from '../core/export/sha256.ts';
import type { FontName } from '../core/fonts/catalog.ts';
import { type ExportRecord, relaxedDatabase } from '../src/database/database.ts';
import {
  recordAttempt,
  recordCancelled,
  recordCompletion,
  recordFailure,
  recordRequest,
  recordSaved,
} from '../src/database/export-records.ts';
import { collectEarly } from './early-collection.ts';
import { installErrorTransfer } from './error-transfer.ts';
import { stagedFilesGone } from './export/deliver.ts';
import { deviceChunks } from './export/device-chunks.ts';
import { removeEmpty } from './export/folder.ts';
import { keepFonts, keptFonts } from './export/kept-fonts.ts';
import { drawPreview } from './export/preview.ts';
import { deliverTo, runExportRequest } from './export/run.ts';
import { discardStaged } from './export/stage.ts';
import { stagedFiles } from './export/staging.ts';
import { forgetExport, freeSavedFiles, sweepExports } from './export/sweep.ts';
import { ticketBatchOf } from './export/ticket-batches.ts';

export interface ExportApi {
  /**
   * Runs one attempt of an export, start to end, and keeps its record in the `exports` table, which it makes unless there
   * is one: `completed` only once its files are closed and have the right size. Goes on where an attempt before was
   * interrupted. Holds two windows of about 8,000 tickets and 2 MiB of file. Whoever calls holds the export's lock.
   * @param onProgress a few times a second, and at each change of phase.
   * @throws {TicketmintError} `export-incomplete`, `export-sink-failed`; `aborted` after {@link ExportApi.cancel}. No
   * part of a file is left then, but for whole parts that another attempt can go on from after a failure.
   */
  run(request: ExportRequest, onProgress: (progress: ExportProgress) => void): Promise<ExportOutcome>;
  /** Ends the export within 200 ms, if it runs here. */
  cancel(exportId: string): void;
  /** Puts in order what an export has left whose worker was ended: nothing of it stays. */
  discard(exportId: string): Promise<void>;
  /**
   * Puts what is staged of a completed export into a place that was picked, without making it again.
   * @throws {TicketmintError} `export-sink-failed`: it is still staged then; `export-incomplete` when it is not.
   */
  save(exportId: string, destination: ExportDestination): Promise<ExportManifest>;
  /** The first records as the format writes them, and what the whole will take; {@link ExportApi.cancel} ends it. */
  preview(request: PreviewRequest): Promise<ExportPreview>;
  /** The personal columns that the batches have, each once. */
  fieldColumns(eventId: string, batches: readonly BatchRequest[]): Promise<readonly string[]>;
  /** SHA-256 and size of a file, as a manifest has them. */
  hashFile(file: Blob): Promise<{ readonly bytes: number; readonly sha256: string }>;
  /** The staged files of a completed export, to be downloaded; none when they are gone. */
  stagedFiles(exportId: string): Promise<readonly SavedFile[]>;
  /** The fonts that are on this device. */
  keptFonts(): Promise<readonly FontName[]>;
  /**
   * Keeps fonts on this device, for exports without the server.
   * @param onProgress how many bytes of them have come.
   * @throws {TicketmintError} `font-missing`, `mint-storage-full`
   */
  keepFonts(names: readonly FontName[], onProgress: (bytes: number) => void): Promise<void>;
  /** Puts in order what crashes left. Call it once when the app starts. */
  sweep(): Promise<void>;
  /** Clears the copies of exports that were saved; those that wait to be saved stay. @returns the bytes they took. */
  freeSaved(): Promise<number>;
  /** Takes an export off the list, with its staged file. */
  forget(exportId: string): Promise<void>;
}

export interface SavedFile {
  readonly fileName: string;
  readonly file: File;
}

const running = new Map<string, AbortController>();

async function recordOf(request: ExportRequest): Promise<ExportRecord> {
  const { exports } = relaxedDatabase();
  const known = await exports.get(request.id);
  if (known === undefined || known.state === 'completed' || known.state === 'cancelled') await recordRequest(request);
  const record = await exports.get(request.id);
  if (record === undefined) throw new TypeError('expected the record of the export');
  return record;
}

async function runAttempt(
  request: ExportRequest,
  signal: AbortSignal,
  onProgress: (progress: ExportProgress) => void,
): Promise<ExportOutcome> {
  const record = await recordOf(request);
  await recordAttempt(record);
  try {
    const outcome = await runExportRequest({ request, record, signal, onProgress });
    await recordCompletion(request.id, outcome);
    return outcome;
  } catch (error) {
    if (signal.aborted) await discardExport(request.id);
    else await recordFailure(request.id, exportFaultOf(error));
    throw error;
  }
}

async function discardExport(exportId: string): Promise<void> {
  const record = await relaxedDatabase().exports.get(exportId);
  if (record?.destination.kind === 'folder') await removeEmpty(record.destination.handle, record.unfinishedNames);
  await discardStaged(exportId);
  await recordCancelled(exportId);
}

async function saveStaged(exportId: string, destination: ExportDestination): Promise<ExportManifest> {
  const record = await relaxedDatabase().exports.get(exportId);
  if (record?.manifest == null || destination.kind === 'staging' || destination.kind === 'memory')
    throw new TypeError('save: expected a completed export and a place that was picked');
  const { signal } = new AbortController();
  const { manifest, staged } = record;
  if (staged.length === 0) throw stagedFilesGone();
  const delivered = await deliverTo(destination, { manifest, staged }, { exportId, takenNames: [], signal });
  await recordSaved(exportId, destination);
  return delivered;
}

const api: ExportApi = {
  async run(request, onProgress) {
    const controller = new AbortController();
    running.set(request.id, controller);
    try {
      return await runAttempt(request, controller.signal, onProgress);
    } finally {
      running.delete(request.id);
    }
  },
  cancel(exportId) {
    running.get(exportId)?.abort(new TicketmintError('aborted', 'the export was cancelled'));
  },
  discard: discardExport,
  save: saveStaged,
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
  async stagedFiles(exportId) {
    const { staged = [] } = (await relaxedDatabase().exports.get(exportId)) ?? {};
    const files = await stagedFiles(staged);
    return files.map((file, index) => ({ file, fileName: staged[index]?.fileName ?? file.name }));
  },
  async sweep() {
    await sweepExports();
  },
  freeSaved: freeSavedFiles,
  forget: forgetExport,
  keptFonts,
  keepFonts,
};

collectEarly();
installErrorTransfer();
expose(api);
