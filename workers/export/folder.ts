import type { ExportManifest } from '../../core/export/manifest.ts';
import { splitFileName } from '../../core/export/part-names.ts';
import { sinkErrorOf, throwSinkError } from './sink-error.ts';

/** Names tried before giving up: `tickets.csv`, `tickets (2).csv` … */
const MAX_NAMES = 1_000;

/**
 * Makes a new, empty file under a name that is free in the folder, so that no file that is there is emptied: neither
 * somebody's own nor one that another export makes at the same time.
 * @param onName is told the name before the file is made.
 * @throws {TicketmintError} `export-sink-failed`
 */
export async function createFreshFile(
  folder: FileSystemDirectoryHandle,
  fileName: string,
  onName: (name: string) => Promise<void>,
): Promise<FileSystemFileHandle> {
  return navigator.locks.request('ticketmint-export-names', async () => {
    const name = await freeName(folder, fileName);
    await onName(name);
    return folder.getFileHandle(name, { create: true }).catch(throwSinkError);
  });
}

async function freeName(folder: FileSystemDirectoryHandle, fileName: string): Promise<string> {
  const { stem, extension } = splitFileName(fileName);
  for (let number = 1; number <= MAX_NAMES; number++) {
    const name = number === 1 ? fileName : `${stem} (${number})${extension}`;
    if ((await sizeIn(folder, name)) === null) return name;
  }
  throw sinkErrorOf(new DOMException('No free name.', 'NoModificationAllowedError'));
}

/** The size of a file in the folder; null when nothing has that name, infinite when a folder has. */
export async function sizeIn(folder: FileSystemDirectoryHandle, name: string): Promise<number | null> {
  try {
    return (await (await folder.getFileHandle(name)).getFile()).size;
  } catch (error) {
    if (error instanceof DOMException && error.name === 'NotFoundError') return null;
    if (error instanceof DOMException && error.name === 'TypeMismatchError') return Number.POSITIVE_INFINITY;
    throw sinkErrorOf(error);
  }
}

/** Removes files that were made and not written, as far as the browser still allows. */
export async function removeEmpty(folder: FileSystemDirectoryHandle, names: readonly string[]): Promise<void> {
  for (const name of names)
    try {
      if ((await sizeIn(folder, name)) === 0) await folder.removeEntry(name);
    } catch {
      // The permission is gone: an empty file is at least not taken for an export.
    }
}

/** Removes files of an export that did not come to its end. */
export async function removeFiles(folder: FileSystemDirectoryHandle, names: readonly string[]): Promise<void> {
  for (const name of names) await folder.removeEntry(name).catch(() => {});
}

/** Writes a small file whole. @throws {TicketmintError} `export-sink-failed` */
async function writeText(handle: FileSystemFileHandle, text: string): Promise<void> {
  try {
    const writable = await handle.createWritable();
    await writable.write(text);
    await writable.close();
  } catch (error) {
    throw sinkErrorOf(error);
  }
}

/**
 * Lays the manifest beside its files: `tickets (2).csv.manifest.json`; of parts `tickets.pdf.manifest.json`.
 * @throws {TicketmintError} `export-sink-failed`
 */
export async function layManifest(
  folder: FileSystemDirectoryHandle,
  manifest: ExportManifest,
  names: readonly string[],
): Promise<void> {
  const wanted = `${manifest.fileName}.manifest.json`;
  // Of one file the name is free, as its own was; parts have names of their own.
  const handle =
    names.length === 1
      ? await folder.getFileHandle(wanted, { create: true }).catch(throwSinkError)
      : await createFreshFile(folder, wanted, async () => {});
  await writeText(handle, `${JSON.stringify(manifest, undefined, 2)}\n`);
}

/**
 * Picking a file makes or empties it. After a failure it is taken away again, unless something is in it or the browser
 * cannot: an empty file is at least not taken for an export.
 */
export async function removeIfEmpty(handle: FileSystemFileHandle & { remove?(): Promise<void> }): Promise<void> {
  try {
    if ((await handle.getFile()).size === 0) await handle.remove?.();
  } catch {
    // Not readable, or gone: nothing is left to tidy.
  }
}
