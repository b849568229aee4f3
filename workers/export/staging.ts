import { STAGING_FOLDER, type StagedFile } from '../../core/export/job.ts';
import { splitFileName } from '../../core/export/part-names.ts';
import type { ExportSink } from '../../core/export/sink.ts';
import { hasOwnFiles } from '../../src/database/own-files.ts';
import { sinkErrorOf } from './sink-error.ts';

/** Writes are gathered to this size in one buffer: the browser holds on to each buffer that it was ever given. */
const WRITE_BYTES = 1024 * 1024;
/** Attempts to remove a file, and how long lies between them. */
const REMOVALS = 20;
const REMOVE_EVERY_MS = 25;

async function stagingFolder(): Promise<FileSystemDirectoryHandle> {
  const root = await navigator.storage.getDirectory();
  return root.getDirectoryHandle(STAGING_FOLDER, { create: true });
}

/** What a file of an export is called while it is staged. @param number from 1. */
export function stagedNameOf(exportId: string, number: number, fileName: string): string {
  return `${exportId}-${number}${splitFileName(fileName).extension}`;
}

/** Whose file it is, and which: of a name that {@link stagedNameOf} gave; `undefined` for others. */
export function ownerOf(stagedName: string): { readonly exportId: string; readonly number: number } | undefined {
  const [, exportId, number] = /^(.+)-(\d+)(?:\.[^-]*)?$/.exec(stagedName) ?? [];
  return exportId === undefined ? undefined : { exportId, number: Number(number) };
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

/** Removes a staged file, if it is there. @throws {TicketmintError} `export-sink-failed` while something writes it. */
export async function removeStaged(name: string): Promise<void> {
  const folder = await stagingFolder();
  for (let attempt = 1; ; attempt++)
    try {
      return await folder.removeEntry(name);
    } catch (error) {
      if (isNamed(error, 'NotFoundError')) return;
      // A worker that was ended lets go of its files a moment later.
      if (!isNamed(error, 'NoModificationAllowedError') || attempt === REMOVALS) throw sinkErrorOf(error);
      await new Promise((resolve) => setTimeout(resolve, REMOVE_EVERY_MS));
    }
}

/** The staged file; `undefined` when it is not there, or not as long as it should be. */
export async function stagedFile({ name, bytes }: Pick<StagedFile, 'name' | 'bytes'>): Promise<File | undefined> {
  const folder = await stagingFolder();
  try {
    const file = await (await folder.getFileHandle(name)).getFile();
    return file.size === bytes ? file : undefined;
  } catch (error) {
    if (isNamed(error, 'NotFoundError')) return undefined;
    throw error;
  }
}

/** All of them, or none when one is missing. */
export async function stagedFiles(staged: readonly StagedFile[]): Promise<readonly File[]> {
  if (!(await hasOwnFiles())) return [];
  const files = await Promise.all(staged.map(stagedFile));
  return files.every((file) => file !== undefined) ? files : [];
}

export async function stagedNames(): Promise<string[]> {
  const names: string[] = [];
  for await (const name of (await stagingFolder()).keys()) names.push(name);
  return names;
}

/** Removes what an export has staged. @param isKept says of a file's number whether it stays. */
export async function removeStagedOf(exportId: string, isKept = (_number: number) => false): Promise<void> {
  if (!(await hasOwnFiles())) return;
  for (const name of await stagedNames()) {
    const owner = ownerOf(name);
    if (owner?.exportId === exportId && !isKept(owner.number)) await removeStaged(name);
  }
}

function isNamed(error: unknown, name: string): boolean {
  return error instanceof DOMException && error.name === name;
}
