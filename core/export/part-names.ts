import type { CellValue, Column, ExportRow } from './format.ts';

/** The extensions of `tickets.csv.gz` and `tickets.pdf.manifest.json` stay together. */
const EXTENSION = /(?:\.\w+)?\.gz$|(?:\.\w+){0,2}\.manifest\.json$|\.[^.]*$/;
const SERIAL_DIGITS = 6;

/** A file's name in two: `tickets` and `.csv.gz`. */
export function splitFileName(fileName: string): { readonly stem: string; readonly extension: string } {
  const dot = fileName.search(EXTENSION);
  return dot <= 0
    ? { stem: fileName, extension: '' }
    : { stem: fileName.slice(0, dot), extension: fileName.slice(dot) };
}

/** `tickets 03 of 12.pdf`: names that sort as the parts do. The only part has the name itself. */
export function partName(fileName: string, number: number, of: number): string {
  if (of === 1) return fileName;
  const { stem, extension } = splitFileName(fileName);
  return `${stem} ${String(number).padStart(String(of).length, '0')} of ${of}${extension}`;
}

/**
 * The name of a file of one record: `tickets/0c1f…/000042 Meena R.pdf`, from its key and its holder. May be unsafe and
 * not unique: an archive sees to that.
 */
export function recordName(fileName: string, key: string, columns: readonly Column[], row: ExportRow): string {
  const { stem, extension } = splitFileName(fileName);
  const segments = key.split('/');
  const serial = segments.pop()?.padStart(SERIAL_DIGITS, '0') ?? '';
  const holder = textOf(row[columns.findIndex(({ id }) => id === 'holder')] ?? null);
  return [stem, ...segments, `${serial}${holder}${extension}`].join('/');
}

function textOf(value: CellValue): string {
  return value === null ? '' : ` ${String(value).replace(/[/\\]/g, '_')}`;
}
