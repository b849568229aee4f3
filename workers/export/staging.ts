import { STAGING_FOLDER } from '../../core/export/job.ts';
import type { ExportSink } from '../../core/export/sink.ts';
import { sinkErrorOf } from './sink-error.ts';

/** Writes are gathered to this size in one buffer: the browser holds on to each buffer that it was ever given. */
const WRITE_BYTES = 1024 * 1024;

/** Whether this browser keeps files of its own for the site. */
export function hasStaging(): boolean {
  return typeof navigator.storage?.getDirectory === 'function';
}

async function stagingFolder(): Promise<FileSystemDirectoryHandle> {
  const root = await navigator.storage.getDirectory();
  return root.getDirectoryHandle(STAGING_FOLDER, { create: true });
}

/**
 * A file of the staging folder, written in place: it counts as finished only by its record in the database.
 * @throws {TicketmintError} `export-sink-failed`
 */
export async function openStagingSink(name: string): Promise<ExportSink> {
  try {
    const folder = await stagingFolder();
    const file = await folder.getFileHandle(name, { create: true });
    const access = await file.createSyncAccessHandle();
    access.truncate(0);
    return stagingSink(access, () => removeStaged(name));
  } catch (error) {
    throw sinkErrorOf(error);
  }
}

function stagingSink(access: FileSystemSyncAccessHandle, remove: () => Promise<void>): ExportSink {
  const gathered = new Uint8Array(WRITE_BYTES);
  let length = 0;
  let isOpen = true;
  let at = 0;
  const close = () => {
    if (isOpen) access.close();
    isOpen = false;
  };
  const append = (bytes: Uint8Array<ArrayBuffer>) => {
    const written = access.write(bytes, { at });
    if (written !== bytes.length) throw new DOMException('A short write.', 'QuotaExceededError');
    at += written;
  };
  const flush = () => {
    append(gathered.subarray(0, length));
    length = 0;
  };
  return {
    write(chunk) {
      try {
        if (length + chunk.length > WRITE_BYTES) flush();
        if (chunk.length > WRITE_BYTES) return append(chunk);
        gathered.set(chunk, length);
        length += chunk.length;
      } catch (error) {
        throw sinkErrorOf(error);
      }
    },
    async close() {
      try {
        flush();
        access.flush();
        return access.getSize();
      } catch (error) {
        throw sinkErrorOf(error);
      } finally {
        close();
      }
    },
    async abort() {
      close();
      await remove();
    },
  };
}

/** Removes a staged file, if it is there. */
export async function removeStaged(name: string): Promise<void> {
  const folder = await stagingFolder();
  try {
    await folder.removeEntry(name);
  } catch (error) {
    if (!(error instanceof DOMException && error.name === 'NotFoundError')) throw sinkErrorOf(error);
  }
}

/** The staged file, or `undefined` when it is not there. */
export async function stagedFile(name: string): Promise<File | undefined> {
  const folder = await stagingFolder();
  try {
    return await (await folder.getFileHandle(name)).getFile();
  } catch (error) {
    if (error instanceof DOMException && error.name === 'NotFoundError') return undefined;
    throw error;
  }
}

export async function stagedNames(): Promise<string[]> {
  const names: string[] = [];
  for await (const name of (await stagingFolder()).keys()) names.push(name);
  return names;
}
