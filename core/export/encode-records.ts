import { recordFaultOf } from './fault-error.ts';
import type { ExportContext, ExportRow, RecordPage, RecordSource } from './format.ts';

/**
 * Characters from which gathered records are handed on: 32 KiB of plain ASCII, up to three times that of other scripts.
 * Twice as many make strings that V8 keeps apart from its young heap, which costs a fifth more time.
 */
const CHUNK_LENGTH = 32 * 1024;

/** Writes one text file, gathering it until it is taken. */
export interface RecordWriter {
  /** UTF-16 units gathered and not taken yet. */
  readonly length: number;
  /** @throws when a cell cannot be written; nothing of the record is kept then. */
  writeRecord(row: ExportRow, key: string): void;
  /** Writes what follows the last record. */
  end?(): void;
  /** What was gathered since the last call, in UTF-8; the caller owns it. */
  take(): Uint8Array<ArrayBuffer>;
}

/**
 * Lets a writer write all records of a source, lazily; a record that it cannot write is set aside with its reason. Holds
 * one page of records and one chunk of bytes.
 * @param options.progressEvery about how many records lie between two reports.
 */
export async function* encodeRecords(
  records: RecordSource,
  writer: RecordWriter,
  { progressEvery }: { readonly progressEvery: number },
  context: ExportContext,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let encoded = 0;
  let reported = 0;
  for await (const page of records.pages(context.signal)) {
    for (let index = 0; index < page.rows.length; index++) {
      if (writeRecord(writer, page, index, context)) encoded++;
      if (writer.length >= CHUNK_LENGTH) yield writer.take();
    }
    if (encoded - reported >= progressEvery) {
      reported = encoded;
      context.progress(encoded);
    }
  }
  context.progress(encoded);
  writer.end?.();
  if (writer.length > 0) yield writer.take();
}

function writeRecord(writer: RecordWriter, page: RecordPage, index: number, context: ExportContext): boolean {
  const key = page.keys[index] ?? '';
  try {
    writer.writeRecord(page.rows[index] ?? [], key);
    return true;
  } catch (error) {
    context.reject(key, recordFaultOf(error));
    return false;
  }
}
