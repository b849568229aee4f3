/**
 * Where an export's bytes go. The engine writes in order, then closes once; or it aborts, whatever was written by then.
 */
export interface ExportSink {
  /** The chunk may be reused once this is done. */
  write(chunk: Uint8Array<ArrayBuffer>): void | Promise<void>;
  /**
   * Commits the file.
   * @returns the size that it has in its place, in bytes.
   * @throws {TicketmintError} `export-sink-failed`; nothing that looks done remains then.
   */
  close(): Promise<number>;
  /** Removes what was written. Resolves also when that is not possible: an uncommitted file is no file. */
  abort(): Promise<void>;
}
