import { TicketmintError } from '../../core/errors.ts';
import { exportFaultOf } from '../../core/export/fault-error.ts';
import type { ExportDestination, ExportOutcome, ExportRequest } from '../../core/export/job.ts';
import type { ExportManifest } from '../../core/export/manifest.ts';
import type { ExportProgress } from '../../core/export/progress.ts';
import type { ExportRecord } from '../../src/database/database.ts';
import { recordStaged } from '../../src/database/export-records.ts';
import { hasOwnFiles } from '../../src/database/own-files.ts';
import { deliverToFile, deliverToFolder } from './deliver.ts';
import { writeDirectly } from './direct.ts';
import { memorySink } from './memory-sink.ts';
import { openJob } from './open-job.ts';
import { discardStaged, type ExportJob, type StagedExport, stage, write } from './stage.ts';
import { stagedFiles } from './staging.ts';

export interface ExportRun {
  readonly request: ExportRequest;
  /** As an attempt before left it. */
  readonly record: ExportRecord;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: ExportProgress) => void;
}

type Picked = Extract<ExportDestination, { readonly handle: unknown }>;

/**
 * Makes an export and puts it where it was asked for. It is staged first, so that it survives whatever happens to that
 * place, and a crash; then it is copied. Where the browser's own files cannot be written, it goes straight to its place.
 */
export async function runExportRequest(run: ExportRun): Promise<ExportOutcome> {
  const { request, signal } = run;
  const { destination } = request;
  const meter = holdCompletion(run.onProgress);
  const open = () => openJob(request, signal, meter.onProgress);
  try {
    if (destination.kind === 'memory' || !(await hasOwnFiles())) return await writeToMemory(await open());
    const staged = await stageOrSkip(run, open);
    const isPicked = destination.kind === 'file' || destination.kind === 'folder';
    if (!(staged instanceof TicketmintError)) return await deliver(staged, run);
    if (!isPicked) throw staged;
    await discardStaged(request.id);
    const manifest = await writeDirectly(destination, await open());
    return { manifest, place: destination.kind, stagedBecause: null, staged: [], blob: null };
  } catch (error) {
    meter.release(signal.aborted ? 'export-cancelled' : 'export-failed');
    throw error;
  } finally {
    meter.release('export-completed');
  }
}

/** What is staged, from an attempt before or made now; or why it cannot be. */
async function stageOrSkip(
  { request, record }: ExportRun,
  open: () => Promise<ExportJob>,
): Promise<StagedExport | TicketmintError> {
  const { manifest, staged } = record;
  if (manifest !== null && staged.length > 0 && (await stagedFiles(staged)).length > 0) return { manifest, staged };
  try {
    const made = await stage(await open());
    await recordStaged(request.id, made.manifest, made.staged);
    return made;
  } catch (error) {
    if (isSinkError(error)) return error;
    throw error;
  }
}

/** Where it cannot be put into its place it stays staged, and says why. */
async function deliver(made: StagedExport, { request, record, signal }: ExportRun): Promise<ExportOutcome> {
  const { destination } = request;
  const { staged } = made;
  const outcome = { manifest: made.manifest, place: 'staging', stagedBecause: null, staged, blob: null } as const;
  if (destination.kind !== 'file' && destination.kind !== 'folder') return outcome;
  try {
    const takenNames = record.unfinishedNames;
    const manifest = await deliverTo(destination, made, { exportId: request.id, takenNames, signal });
    return { ...outcome, manifest, place: destination.kind };
  } catch (error) {
    if (signal.aborted || !isSinkError(error)) throw error;
    return { ...outcome, stagedBecause: exportFaultOf(error) };
  }
}

/** Copies what is staged to a place that was picked. @throws {TicketmintError} `export-sink-failed` */
export function deliverTo(
  destination: Picked,
  made: StagedExport,
  how: { readonly exportId: string; readonly takenNames: readonly string[]; readonly signal: AbortSignal },
): Promise<ExportManifest> {
  const delivery = { ...made, ...how };
  return destination.kind === 'file'
    ? deliverToFile(destination.handle, delivery)
    : deliverToFolder(destination.handle, delivery);
}

async function writeToMemory(job: ExportJob): Promise<ExportOutcome> {
  const sink = memorySink();
  const manifest = await write(job, {
    async openSink(fileName, number) {
      if (number > 1) throw new TypeError('memory: expected one file');
      return { sink, fileName };
    },
  });
  const mimeType = job.request.archiveName === undefined ? job.files[0]?.format.mimeType : 'application/zip';
  const blob = sink.blob(mimeType ?? '');
  return { manifest, place: 'memory', stagedBecause: null, staged: [], blob };
}

function isSinkError(error: unknown): error is TicketmintError {
  return error instanceof TicketmintError && error.code === 'export-sink-failed';
}

/** The engine is done when the files are staged; the export is when they are in their place. */
function holdCompletion(onProgress: (progress: ExportProgress) => void) {
  let held: ExportProgress | undefined;
  return {
    onProgress(progress: ExportProgress) {
      held = progress.phase === 'export-completed' ? progress : undefined;
      onProgress(held === undefined ? progress : { ...progress, phase: 'export-finalizing' });
    },
    release(phase: ExportProgress['phase']) {
      if (held !== undefined) onProgress({ ...held, phase });
      held = undefined;
    },
  };
}
