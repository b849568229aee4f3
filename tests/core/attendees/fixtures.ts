import type { IssuedIndex } from '../../../core/attendees/issued-index.ts';
import {
  inspectListFile,
  type ListInspection,
  type ListOverrides,
  readListRecords,
} from '../../../core/attendees/list-file.ts';
import { type ListOptions, listOptionsSchema, typeKey } from '../../../core/attendees/list-options.ts';
import { type ListReport, listReader } from '../../../core/attendees/list-reader.ts';
import type { ListRow } from '../../../core/attendees/row-parser.ts';

/** Ticket types of the shared lists, in the order of their indices. */
const TYPE_NAMES = ['General', 'VIP', 'Student', 'Press', 'Crew'];

/** The options that follow from an inspection as they stand, with the types above where the list has a type column. */
export function optionsFor(inspection: ListInspection, changes: Partial<ListOptions> = {}): ListOptions {
  const { source, hasHeader, targets } = inspection;
  const types = targets.includes('type')
    ? { kind: 'column', values: Object.fromEntries(TYPE_NAMES.map((name, index) => [typeKey(name), index])) }
    : { kind: 'one', typeIndex: 0 };
  return listOptionsSchema.parse({ source, hasHeader, targets, types, duplicates: 'keep-first', ...changes });
}

export interface ReadList {
  readonly rows: readonly ListRow[];
  readonly report: ListReport;
}

export async function readList(file: Blob, options: ListOptions, issued?: IssuedIndex): Promise<ReadList> {
  const reader = listReader(options, issued);
  const rows: ListRow[] = [];
  const signal = new AbortController().signal;
  for await (const records of readListRecords(file, options.source, { signal, onProgress() {} }))
    for (const record of records) {
      const row = reader.read(record);
      if (row !== undefined) rows.push(row);
    }
  return { rows, report: reader.report() };
}

/** Inspects and reads a list as a person would who takes every guess. */
export async function readGuessed(
  content: string | Uint8Array<ArrayBuffer>,
  changes: Partial<ListOptions> = {},
  overrides: ListOverrides = {},
): Promise<ReadList & { readonly inspection: ListInspection }> {
  const file = new Blob([content]);
  const inspection = await inspectListFile(file, overrides);
  return { inspection, ...(await readList(file, optionsFor(inspection, changes))) };
}

/** Encodes text in any encoding that `TextDecoder` knows, by turning its tables around. Up to two bytes a character. */
export function encodeAs(text: string, encoding: string): Uint8Array<ArrayBuffer> {
  if (encoding.startsWith('utf-16')) return encodeUtf16(text, encoding === 'utf-16le');
  const decoder = new TextDecoder(encoding);
  const bytesOf = new Map<string, readonly number[]>();
  for (let lead = 0xff; lead >= 0x80; lead--)
    for (let trail = 0xff; trail >= 0x40; trail--)
      bytesOf.set(decoder.decode(Uint8Array.of(lead, trail)), [lead, trail]);
  for (let byte = 0; byte <= 0xff; byte++) bytesOf.set(decoder.decode(Uint8Array.of(byte)), [byte]);
  return Uint8Array.from(
    [...text].flatMap((character) => {
      const bytes = bytesOf.get(character);
      if (bytes === undefined) throw new TypeError(`${encoding} has no ${character}`);
      return bytes;
    }),
  );
}

function encodeUtf16(text: string, isLittleEndian: boolean): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(2 * text.length);
  const view = new DataView(bytes.buffer);
  for (let index = 0; index < text.length; index++) view.setUint16(2 * index, text.charCodeAt(index), isLittleEndian);
  return bytes;
}
