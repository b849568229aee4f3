import { TicketmintError } from '../../core/errors.ts';
import { runExport } from '../../core/export/engine.ts';
import type { RecordSource } from '../../core/export/format.ts';
import type { ExportDestination, ExportOutcome, ExportRequest } from '../../core/export/job.ts';
import type { ExportManifest } from '../../core/export/manifest.ts';
import type { PreparedFormat } from '../../core/export/prepared-format.ts';
import type { ExportProgress } from '../../core/export/progress.ts';
import { EXPORT_FORMATS } from '../../core/export/registry.ts';
import type { ExportSink } from '../../core/export/sink.ts';
import { requestAssets } from './assets.ts';
import { openFileSink } from './file-sink.ts';
import { createFreshFile, writeText } from './folder.ts';
import { memorySink } from './memory-sink.ts';
import { openTickets } from './open-tickets.ts';
import { hasStaging, openStagingSink } from './staging.ts';

interface Job {
  readonly request: ExportRequest;
  readonly format: PreparedFormat;
  readonly source: RecordSource;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: ExportProgress) => void;
}

/**
 * Writes the export where it was asked for. Where that place fails, whatever the reason, it is written once more, into
 * staging, so that nothing is lost but time.
 */
export async function writeExport(
  request: ExportRequest,
  signal: AbortSignal,
  onProgress: (progress: ExportProgress) => void,
): Promise<ExportOutcome> {
  const job = { request, ...(await openJob(request, signal)), signal, onProgress };
  try {
    return await writeTo(request.destination, job);
  } catch (error) {
    const isPicked = request.destination.kind === 'file' || request.destination.kind === 'folder';
    const isSink = error instanceof TicketmintError && error.code === 'export-sink-failed';
    if (signal.aborted || !isPicked || !isSink) throw error;
    const place = hasStaging() ? 'staging' : 'memory';
    return { ...(await writeTo({ kind: place }, job)), stagedBecause: error.message };
  }
}

async function openJob(request: ExportRequest, signal: AbortSignal): Promise<Pick<Job, 'format' | 'source'>> {
  const format = await EXPORT_FORMATS[request.formatId].prepare(request.options);
  const sourceOf = await openTickets(request, signal);
  return { format, source: sourceOf(format.options) };
}

async function writeTo(destination: ExportDestination, job: Job): Promise<ExportOutcome> {
  const { request, format } = job;
  const { kind } = destination;
  const done = { place: kind, stagedBecause: null, stagedName: null, blob: null } as const;
  switch (kind) {
    case 'file': {
      const { handle } = destination;
      const sink = await openFileSink(handle, () => removeIfEmpty(handle));
      return { ...done, manifest: await write(job, sink, handle.name) };
    }
    case 'folder':
      return { ...done, manifest: await writeToFolder(destination.handle, job) };
    case 'staging': {
      const stagedName = `${request.id}.${format.extension}`;
      return { ...done, stagedName, manifest: await write(job, await openStagingSink(stagedName), request.fileName) };
    }
    case 'memory': {
      const sink = memorySink();
      const manifest = await write(job, sink, request.fileName);
      return { ...done, manifest, blob: sink.blob(format.mimeType) };
    }
  }
}

async function writeToFolder(folder: FileSystemDirectoryHandle, job: Job): Promise<ExportManifest> {
  const handle = await createFreshFile(folder, job.request.fileName);
  const remove = () => folder.removeEntry(handle.name).catch(() => {});
  const manifest = await write(job, await openFileSink(handle, remove), handle.name);
  try {
    await writeText(folder, `${handle.name}.manifest.json`, `${JSON.stringify(manifest, undefined, 2)}\n`);
  } catch (error) {
    await remove();
    throw error;
  }
  return manifest;
}

function write({ request, format, source, signal, onProgress }: Job, sink: ExportSink, fileName: string) {
  const { timeZone, locale, event, images = {} } = request;
  return runExport({
    format,
    source,
    sink,
    fileName,
    now: new Date(),
    timeZone,
    locale,
    ...(event === undefined ? {} : { event }),
    assets: requestAssets(images),
    signal,
    onProgress,
  });
}

/**
 * Picking a file makes or empties it. After a failure it is taken away again, unless something is in it or the browser
 * cannot: an empty file is at least not taken for an export.
 */
async function removeIfEmpty(handle: FileSystemFileHandle & { remove?(): Promise<void> }): Promise<void> {
  try {
    if ((await handle.getFile()).size === 0) await handle.remove?.();
  } catch {
    // Not readable, or gone: nothing is left to tidy.
  }
}
