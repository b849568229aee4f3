import type { ExportSink } from '../../core/export/sink.ts';
import { sinkErrorOf, throwSinkError } from './sink-error.ts';

/** Writes are gathered to this size: each costs a message to the browser's process. */
const WRITE_BYTES = 1024 * 1024;

/**
 * A picked file. The browser writes beside it and puts the result in its place when it is closed; until then the file is
 * what it was, and a crash leaves it so.
 * @param remove takes the file away after a failure, where it was made for this export.
 * @throws {TicketmintError} `export-sink-failed`
 */
export async function openFileSink(handle: FileSystemFileHandle, remove: () => Promise<void>): Promise<ExportSink> {
  let writable: FileSystemWritableFileStream;
  try {
    writable = await handle.createWritable();
  } catch (error) {
    await remove();
    throw sinkErrorOf(error);
  }
  const gathered = new Uint8Array(WRITE_BYTES);
  let length = 0;
  const flush = async () => {
    if (length > 0) await writable.write(gathered.subarray(0, length));
    length = 0;
  };
  return {
    write(chunk) {
      if (length + chunk.length <= WRITE_BYTES) {
        gathered.set(chunk, length);
        length += chunk.length;
        return;
      }
      return flush()
        .then(() => writable.write(chunk))
        .catch(throwSinkError);
    },
    async close() {
      try {
        await flush();
        await writable.close();
        return (await handle.getFile()).size;
      } catch (error) {
        return throwSinkError(error);
      }
    },
    async abort() {
      // A stream that failed is closed already, and one that was closed cannot be aborted: either way nothing is left to do.
      await writable.abort().catch(() => {});
      await remove();
    },
  };
}
