import { TicketmintError } from '../../core/errors.ts';
import { type ExportFile, type PartPlace, runParts } from '../../core/export/engine.ts';
import type { ExportSettings } from '../../core/export/file-encoding.ts';
import type { ExportRequest, StagedFile } from '../../core/export/job.ts';
import type { ExportManifest } from '../../core/export/manifest.ts';
import { deleteParts, finishedParts, recordPart } from '../../src/database/export-records.ts';
import { openStagingSink, removeStagedOf, stagedFile, stagedNameOf } from './staging.ts';
import { freeSavedFiles } from './sweep.ts';

/** An export that is ready to be written. */
export interface ExportJob {
  readonly request: ExportRequest;
  /** One for each of the request's files. */
  readonly files: readonly ExportFile[];
  readonly settings: ExportSettings;
}

export interface StagedExport {
  readonly manifest: ExportManifest;
  readonly staged: readonly StagedFile[];
}

/** Writes a job's files, or its archive, to a place. */
export async function write({ request, files, settings }: ExportJob, place: PartPlace): Promise<ExportManifest> {
  const { archiveName } = request;
  if (archiveName !== undefined) {
    const { runArchive } = await import('../../core/export/archive.ts');
    const { sink, fileName } = await place.openSink(archiveName, 1);
    return runArchive(files, settings, { fileName, sink });
  }
  const [file, second] = files;
  if (file === undefined || second !== undefined) throw new TypeError('files: expected one, or an archive');
  return runParts(file, settings, place);
}

/**
 * Writes a job into the browser's own files, going on after the parts that an earlier attempt has finished there. Where
 * there is no space, copies of exports that were saved are cleared for it, once.
 * @throws {TicketmintError} `export-sink-failed` when the browser's own files cannot be written; what the job throws.
 */
export async function stage(job: ExportJob): Promise<StagedExport> {
  try {
    return await stageOnce(job);
  } catch (error) {
    if (!isNoSpace(error) || (await freeSavedFiles()) === 0) throw error;
    return stageOnce(job);
  }
}

function isNoSpace(error: unknown): boolean {
  return error instanceof TicketmintError && error.details.name === 'QuotaExceededError';
}

async function stageOnce(job: ExportJob): Promise<StagedExport> {
  const { id } = job.request;
  const finished = await partsInPlace(job);
  await removeStagedOf(id, (number) => number <= finished.length);
  const isInParts = job.request.archiveName === undefined && job.files[0]?.recordsPerFile !== undefined;
  const manifest = await write(job, {
    finished,
    async openSink(fileName, number) {
      return { fileName, sink: await openStagingSink(stagedNameOf(id, number, fileName)) };
    },
    async onFinished(part, number) {
      if (isInParts) await recordPart(id, number, part);
    },
  });
  return { manifest, staged: await stagedList(job, manifest) };
}

/** The parts that are recorded and still there, up to the first that is not. */
async function partsInPlace({ request: { id } }: ExportJob) {
  const parts = await finishedParts(id);
  for (const [index, { fileName, bytes }] of parts.entries())
    if ((await stagedFile({ name: stagedNameOf(id, index + 1, fileName), bytes })) === undefined)
      return parts.slice(0, index);
  return parts;
}

async function stagedList({ request, files }: ExportJob, manifest: ExportManifest): Promise<readonly StagedFile[]> {
  const { id, archiveName } = request;
  const mimeType = archiveName === undefined ? (files[0]?.format.mimeType ?? '') : 'application/zip';
  // The manifest lists the first 1,000 only; what is kept to go on with has all parts.
  const recorded = await finishedParts(id);
  const parts = recorded.length > manifest.parts.length ? recorded : manifest.parts;
  return parts.map(({ fileName, bytes }, index) => ({
    name: stagedNameOf(id, index + 1, fileName),
    fileName,
    mimeType,
    bytes,
  }));
}

/** Nothing of the export stays in the browser's own files. */
export async function discardStaged(exportId: string): Promise<void> {
  await deleteParts(exportId);
  await removeStagedOf(exportId);
}
