import { TicketmintError } from '../../../core/errors.ts';
import { GATE_FILE_EXTENSION, GATE_FILE_MIME_TYPE } from '../../../core/gate/gate-file.ts';
import { download, pickDestination } from '../exports/destination.ts';
import { safeFileName } from '../exports/file-name.ts';

/** A file that was saved. */
export interface SavedFile {
  readonly fileName: string;
  /** Given to the browser's downloads; else written where the person said. */
  readonly isDownload: boolean;
}

/**
 * Asks where a file goes, then makes and writes it. Call it first in a press: browsers ask only then.
 * @param make is called once the place is known, so that the file is of that moment.
 * @returns null when the person closed the picker; nothing was made then.
 */
export async function saveGateFile(
  proposedName: string,
  make: () => Promise<Uint8Array<ArrayBuffer>>,
): Promise<SavedFile | null> {
  const fileName = safeFileName(proposedName, GATE_FILE_EXTENSION);
  const destination = await pickDestination({ folder: null, fileName, mimeType: GATE_FILE_MIME_TYPE });
  if (destination === null || destination.kind === 'folder') return null;
  const bytes = await make();
  if (destination.kind === 'file') {
    await write(destination.handle, bytes);
    return { fileName: destination.handle.name, isDownload: false };
  }
  download(new Blob([bytes], { type: GATE_FILE_MIME_TYPE }), fileName);
  return { fileName, isDownload: true };
}

async function write(handle: FileSystemFileHandle, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  try {
    const stream = await handle.createWritable();
    await stream.write(bytes);
    // It is in its place from here on.
    await stream.close();
  } catch (cause) {
    throw new TicketmintError('export-sink-failed', 'the file could not be written', { cause });
  }
}

/** `Annual Gala gate 2026-11-24 14.05`, in the event's zone. */
export function gateFileName(
  event: { readonly name: string; readonly timeZone: string },
  what: string,
  at: number,
): string {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone: event.timeZone, dateStyle: 'short', timeStyle: 'short' });
  return `${event.name} ${what} ${format.format(at).replace(':', '.')}`;
}
