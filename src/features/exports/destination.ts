import type { ExportDestination } from '../../../core/export/job.ts';
import { relaxedDatabase } from '../../database/database.ts';
import { hasOwnFiles } from '../../database/own-files.ts';

type Permission = 'granted' | 'denied' | 'prompt';
/** Not in TypeScript's DOM library yet: Chromium only. */
interface Pickers {
  showSaveFilePicker?(options: {
    suggestedName: string;
    types: { description: string; accept: Record<string, string[]> }[];
  }): Promise<FileSystemFileHandle>;
  showDirectoryPicker?(options: { id: string; mode: 'readwrite' }): Promise<FileSystemDirectoryHandle>;
}
interface WithPermission {
  queryPermission?(descriptor: { mode: 'readwrite' }): Promise<Permission>;
  requestPermission?(descriptor: { mode: 'readwrite' }): Promise<Permission>;
}

const pickers = globalThis as Pickers;
const FOLDER_KEY = 'export-folder';

/** Whether files can be saved into a folder that is picked once. */
export function canPickFolder(): boolean {
  return pickers.showDirectoryPicker !== undefined;
}

/** Whether the browser asks where a file goes; without it, and without a folder, saving is a download. */
export function canPickFile(): boolean {
  return pickers.showSaveFilePicker !== undefined;
}

/** The folder that exports go into, if one was picked. */
export async function exportFolder(): Promise<FileSystemDirectoryHandle | null> {
  const setting = await relaxedDatabase().settings.get(FOLDER_KEY);
  return (setting?.value as FileSystemDirectoryHandle | undefined) ?? null;
}

/** Asks for a folder and keeps it; call it from a press. @returns null when the person thought better of it. */
export async function pickExportFolder(): Promise<FileSystemDirectoryHandle | null> {
  try {
    const handle = await pickers.showDirectoryPicker?.({ id: 'ticketmint-exports', mode: 'readwrite' });
    if (handle === undefined) return null;
    await relaxedDatabase().settings.put({ key: FOLDER_KEY, value: handle });
    return handle;
  } catch (error) {
    if (isNamed(error, 'AbortError')) return null;
    throw error;
  }
}

export async function forgetExportFolder(): Promise<void> {
  await relaxedDatabase().settings.delete(FOLDER_KEY);
}

/** Where a download goes to: the browser's own files first, or memory where it has none. */
export async function downloadDestination(): Promise<ExportDestination> {
  return (await hasOwnFiles()) ? { kind: 'staging' } : { kind: 'memory' };
}

interface PickInput {
  readonly folder: FileSystemDirectoryHandle | null;
  readonly fileName: string;
  readonly mimeType: string;
}

/**
 * Finds where a file goes, and asks where it must: the picked folder while it may be written, else a file picker, else a
 * download. Call it first in a press: browsers ask only then.
 * @returns null when the person closed the picker.
 */
export async function pickDestination({ folder, fileName, mimeType }: PickInput): Promise<ExportDestination | null> {
  if (folder !== null && (await mayWrite(folder))) return { kind: 'folder', handle: folder };
  if (pickers.showSaveFilePicker === undefined) return downloadDestination();
  const extension = fileName.slice(fileName.lastIndexOf('.'));
  const type = mimeType.split(';')[0] ?? mimeType;
  try {
    const handle = await pickers.showSaveFilePicker({
      suggestedName: fileName,
      types: [{ description: extension.slice(1).toUpperCase(), accept: { [type]: [extension] } }],
    });
    return { kind: 'file', handle };
  } catch (error) {
    if (isNamed(error, 'AbortError')) return null;
    // Not allowed here, or the press is too long ago: the file is not lost for that.
    return downloadDestination();
  }
}

/** Whether what was picked may be written; asks where the browser wants it, which it does only from a press. */
export async function mayWrite(picked: FileSystemHandle & WithPermission): Promise<boolean> {
  try {
    const state = (await picked.queryPermission?.({ mode: 'readwrite' })) ?? 'granted';
    if (state !== 'prompt') return state === 'granted';
    return (await picked.requestPermission?.({ mode: 'readwrite' })) === 'granted';
  } catch {
    // Not from a press; then a file is asked for instead.
    return false;
  }
}

function isNamed(error: unknown, name: string): boolean {
  return error instanceof DOMException && error.name === name;
}

/** Gives a file to the browser's downloads. */
export function download(file: Blob, fileName: string): void {
  const url = URL.createObjectURL(file);
  const anchor = document.createElement('a');
  anchor.href = url;
  anchor.download = fileName;
  anchor.click();
  // The browser reads it while it writes; a minute after the start nothing asks for the address any more.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
