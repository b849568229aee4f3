import type { TicketmintError } from '../../core/errors.ts';
import { exportError } from '../../core/export/fault-error.ts';
import type { ExportManifest } from '../../core/export/manifest.ts';
import { recordNames } from '../../src/database/export-records.ts';
import { createFreshFile, layManifest, removeEmpty, removeFiles, removeIfEmpty, sizeIn } from './folder.ts';
import { sinkErrorOf } from './sink-error.ts';
import type { StagedExport } from './stage.ts';
import { stagedFile } from './staging.ts';

/** A cancellation waits for one of them. */
const COPY_BYTES = 8 * 1024 * 1024;

interface Delivery extends StagedExport {
  readonly exportId: string;
  /** Names that an attempt before has taken in the folder. */
  readonly takenNames: readonly string[];
  readonly signal: AbortSignal;
}

/**
 * Copies what is staged into the picked file, which is replaced when all of it is there.
 * @returns the manifest under the name that the file has.
 * @throws {TicketmintError} `export-sink-failed`; the signal's reason.
 */
export async function deliverToFile(
  handle: FileSystemFileHandle,
  { manifest, staged, signal }: Delivery,
): Promise<ExportManifest> {
  const [file] = staged;
  if (file === undefined || staged.length > 1) throw new TypeError('expected one file for one file');
  await copy(await openStaged(file), handle, () => removeIfEmpty(handle), signal);
  return named(manifest, [handle.name]);
}

/**
 * Copies what is staged into the folder, under names that are free there, and lays the manifest beside. Goes on where an
 * attempt before was interrupted.
 * @throws {TicketmintError} `export-sink-failed`; the signal's reason.
 */
export async function deliverToFolder(
  folder: FileSystemDirectoryHandle,
  { exportId, manifest, staged, takenNames, signal }: Delivery,
): Promise<ExportManifest> {
  const names: string[] = [];
  try {
    for (const [index, file] of staged.entries()) {
      const taken = takenNames[index];
      const size = taken === undefined ? null : await sizeIn(folder, taken);
      if (taken !== undefined && size === file.bytes) {
        names.push(taken);
        continue;
      }
      if (taken !== undefined && size === 0) await removeEmpty(folder, [taken]);
      // Noted before it is made: a crash leaves it empty, and it is known as ours then.
      const handle = await createFreshFile(folder, file.fileName, async (name) => {
        names.push(name);
        await recordNames(exportId, names);
      });
      await copy(await openStaged(file), handle, () => removeEmpty(folder, [handle.name]), signal);
    }
    const delivered = named(manifest, names);
    await layManifest(folder, delivered, names);
    return delivered;
  } catch (error) {
    // Files that are whole but not all there, or not proven, are not what was asked for.
    await removeFiles(folder, names);
    throw error;
  }
}

async function openStaged(staged: StagedExport['staged'][number]): Promise<File> {
  const file = await stagedFile(staged);
  if (file === undefined) throw stagedFilesGone();
  return file;
}

/** What was staged is not there any more. */
export function stagedFilesGone(): TicketmintError {
  return exportError({ code: 'file-cleared' });
}

/** Slice by slice, without its bytes coming into this thread's memory. */
async function copy(
  file: File,
  handle: FileSystemFileHandle,
  remove: () => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  let writable: FileSystemWritableFileStream | undefined;
  try {
    writable = await handle.createWritable();
    for (let at = 0; at < file.size; at += COPY_BYTES) {
      signal.throwIfAborted();
      await writable.write(file.slice(at, at + COPY_BYTES));
    }
    signal.throwIfAborted();
    await writable.close();
    const { size } = await handle.getFile();
    if (size !== file.size)
      throw exportError({ code: 'file-size', expected: file.size, found: size }, { code: 'export-sink-failed' });
  } catch (error) {
    // One that failed is closed already: either way nothing is left to do.
    await writable?.abort().catch(() => {});
    await remove();
    throw signal.aborted ? signal.reason : sinkErrorOf(error);
  }
}

/** The manifest with the names that the files have where they are now. */
function named(manifest: ExportManifest, names: readonly string[]): ExportManifest {
  const parts = manifest.parts.map((part, index) => ({ ...part, fileName: names[index] ?? part.fileName }));
  const [only] = names;
  return { ...manifest, fileName: names.length === 1 && only !== undefined ? only : manifest.fileName, parts };
}
