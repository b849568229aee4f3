import { detectHeader, guessTargets } from './columns.ts';
import { detectEncoding, ENCODING_SAMPLE_BYTES, type ListEncoding } from './encoding.ts';
import { invalidList } from './list-fault.ts';
import type { ColumnTarget, ListOptions } from './list-options.ts';
import { detectDelimiter, type ListDelimiter, type ListRecord, recordSplitter } from './records.ts';
import { readWorkbook } from './workbook.ts';

/** What a person corrects in what was detected. */
export interface ListOverrides {
  readonly encoding?: ListEncoding;
  readonly delimiter?: ListDelimiter;
  readonly sheet?: string;
  readonly hasHeader?: boolean;
}

/** What a list looks like, from its first rows. */
export interface ListInspection {
  readonly source: ListOptions['source'];
  readonly hasHeader: boolean;
  /** One name for each column; empty texts where there is no header. */
  readonly header: readonly string[];
  /** The first rows, without the header and blank ones; at most 20. */
  readonly rows: readonly (readonly string[])[];
  /** The guess, one for each column. */
  readonly targets: readonly ColumnTarget[];
  /** The names of the workbook's sheets; empty for text. */
  readonly sheets: readonly string[];
}

const SAMPLE_BYTES = 256 * 1024;
const SAMPLE_ROWS = 200;
const SHOWN_ROWS = 20;
const ZIP_MARK = 0x504b0304;
/** Compound files: the Excel format before 2007. */
const COMPOUND_FILE_MARK = 0xd0cf11e0;

/**
 * Looks at the start of a list and says how it would be read.
 * @throws {TicketmintError} `list-invalid` when it is empty, no text and no workbook, or too large a workbook.
 */
export async function inspectListFile(file: Blob, overrides: ListOverrides = {}): Promise<ListInspection> {
  const head = new Uint8Array(await file.slice(0, ENCODING_SAMPLE_BYTES).arrayBuffer());
  const mark = head.length < 4 ? 0 : new DataView(head.buffer).getUint32(0);
  if (mark === COMPOUND_FILE_MARK) throw invalidList('old-excel');
  if (mark === ZIP_MARK) return inspectWorkbook(file, overrides);
  const encoding = overrides.encoding ?? detectEncoding(head);
  const text = new TextDecoder(encoding).decode(head.subarray(0, SAMPLE_BYTES), { stream: true });
  const delimiter = overrides.delimiter ?? detectDelimiter(text);
  const splitter = recordSplitter(delimiter);
  const records = [...splitter.push(text), ...(file.size <= SAMPLE_BYTES ? splitter.end() : [])];
  return inspectionOf({ kind: 'text', encoding, delimiter }, records, [], overrides);
}

async function inspectWorkbook(file: Blob, overrides: ListOverrides): Promise<ListInspection> {
  const sheets = await readWorkbook(file);
  const sheet = sheets.find(({ name }) => name === overrides.sheet) ?? sheets[0];
  if (sheet === undefined) throw invalidList('workbook-empty');
  const names = sheets.map(({ name }) => name);
  return inspectionOf({ kind: 'workbook', sheet: sheet.name }, sheet.records, names, overrides);
}

function inspectionOf(
  source: ListOptions['source'],
  records: readonly ListRecord[],
  sheets: readonly string[],
  overrides: ListOverrides,
): ListInspection {
  const filled = records
    .filter(({ cells, isBroken }) => !isBroken && cells.some((cell) => cell.trim() !== ''))
    .slice(0, SAMPLE_ROWS)
    .map(({ cells }) => cells);
  const [first, ...rest] = filled;
  if (first === undefined) throw invalidList('list-empty');
  const hasHeader = overrides.hasHeader ?? detectHeader(filled);
  const header = hasHeader
    ? first.map((name) => name.replace(/\s+/g, ' ').trim())
    : Array<string>(usualWidth(filled)).fill('');
  const rows = hasHeader ? rest : filled;
  return { source, hasHeader, header, rows: rows.slice(0, SHOWN_ROWS), targets: guessTargets(header, rows), sheets };
}

function usualWidth(rows: readonly (readonly string[])[]): number {
  const counts = new Map<number, number>();
  for (const { length } of rows) counts.set(length, (counts.get(length) ?? 0) + 1);
  return [...counts].reduce((most, entry) => (entry[1] > most[1] ? entry : most), [1, 0])[0];
}

export interface ReadOptions {
  /** Checked before every piece; rejects with its reason. */
  readonly signal: AbortSignal;
  /** Called after every piece with the share of the file that was read, 0 to 1. */
  readonly onProgress: (share: number) => void;
}

/**
 * Reads a list's records in order, lazily: a piece of the file at a time for text, the whole at once for a workbook.
 * @throws {TicketmintError} `list-invalid` as {@link inspectListFile}; a `NotReadableError` when the file has changed on disk
 * since it was chosen.
 */
export async function* readListRecords(
  file: Blob,
  source: ListOptions['source'],
  { signal, onProgress }: ReadOptions,
): AsyncGenerator<readonly ListRecord[]> {
  signal.throwIfAborted();
  if (source.kind === 'workbook') {
    const sheets = await readWorkbook(file);
    signal.throwIfAborted();
    yield sheets.find(({ name }) => name === source.sheet)?.records ?? [];
    onProgress(1);
    return;
  }
  const splitter = recordSplitter(source.delimiter);
  const decoder = new TextDecoder(source.encoding);
  const reader = file.stream().getReader();
  let readBytes = 0;
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      signal.throwIfAborted();
      yield splitter.push(decoder.decode(part.value, { stream: true }));
      readBytes += part.value.length;
      onProgress(readBytes / file.size);
    }
    yield splitter.push(decoder.decode());
    yield splitter.end();
  } finally {
    await reader.cancel();
  }
}
