import { exportError } from '../../core/export/fault-error.ts';
import { MEMORY_LIMIT_BYTES } from '../../core/export/job.ts';
import type { ExportSink } from '../../core/export/sink.ts';

export interface MemorySink extends ExportSink {
  /** The file; call it after `close`. */
  blob(mimeType: string): Blob;
}

/** For browsers without files of their own: holds all of it, up to {@link MEMORY_LIMIT_BYTES}. */
export function memorySink(limitBytes = MEMORY_LIMIT_BYTES): MemorySink {
  let parts: Blob[] = [];
  let bytes = 0;
  return {
    write(chunk) {
      bytes += chunk.length;
      if (bytes > limitBytes)
        throw exportError({ code: 'too-large-for-memory', megabytes: Math.round(limitBytes / 1e6) });
      parts.push(new Blob([chunk]));
    },
    close: async () => bytes,
    async abort() {
      parts = [];
    },
    blob: (mimeType) => new Blob(parts, { type: mimeType }),
  };
}
