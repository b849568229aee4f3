import { sinkErrorOf } from './sink-error.ts';

/** Names tried before giving up: `tickets.csv`, `tickets (2).csv` … */
const MAX_NAMES = 1_000;

/**
 * Makes a new, empty file under a name that is free in the folder, so that no file that is there is emptied.
 * @throws {TicketmintError} `export-sink-failed`
 */
export async function createFreshFile(
  folder: FileSystemDirectoryHandle,
  fileName: string,
): Promise<FileSystemFileHandle> {
  // Both extensions of `tickets.csv.gz` stay together.
  const dot = fileName.search(/(?:\.\w+)?\.gz$|\.[^.]*$/);
  const stem = dot <= 0 ? fileName : fileName.slice(0, dot);
  const extension = dot <= 0 ? '' : fileName.slice(dot);
  try {
    for (let number = 1; number <= MAX_NAMES; number++) {
      const name = number === 1 ? fileName : `${stem} (${number})${extension}`;
      if (await isFree(folder, name)) return await folder.getFileHandle(name, { create: true });
    }
    throw new DOMException('No free name.', 'NoModificationAllowedError');
  } catch (error) {
    throw sinkErrorOf(error);
  }
}

async function isFree(folder: FileSystemDirectoryHandle, name: string): Promise<boolean> {
  try {
    await folder.getFileHandle(name);
    return false;
  } catch (error) {
    if (error instanceof DOMException && error.name === 'NotFoundError') return true;
    if (error instanceof DOMException && error.name === 'TypeMismatchError') return false;
    throw error;
  }
}

/** Writes a small file whole. @throws {TicketmintError} `export-sink-failed` */
export async function writeText(folder: FileSystemDirectoryHandle, name: string, text: string): Promise<void> {
  try {
    const writable = await (await folder.getFileHandle(name, { create: true })).createWritable();
    await writable.write(text);
    await writable.close();
  } catch (error) {
    throw sinkErrorOf(error);
  }
}
