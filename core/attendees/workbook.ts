import type { CellValue, Worksheet } from 'exceljs';
import { invalidList } from './list-fault.ts';
import { MAX_WORKBOOK_BYTES, MAX_WORKBOOK_ROWS } from './list-options.ts';
import type { ListRecord } from './records.ts';

/** What the entries of a workbook may inflate to. */
const MAX_INFLATED_BYTES = 256 * 1024 * 1024;

export interface WorkbookSheet {
  readonly name: string;
  readonly records: readonly ListRecord[];
}

const opened = new WeakMap<Blob, Promise<readonly WorkbookSheet[]>>();

/**
 * Reads every worksheet that has rows (XLSX, with ExcelJS, loaded when first needed). Dates become `2026-08-03` or
 * `2026-08-03 20:43:20`, formulas their results, links and rich text their text. Holds the whole workbook, and gives it again at once as long as
 * the same `Blob` is asked for.
 * @throws {TicketmintError} `list-invalid` when it is larger than 20 MB or 50,000 rows a sheet, or no workbook.
 */
export function readWorkbook(file: Blob): Promise<readonly WorkbookSheet[]> {
  const known = opened.get(file);
  if (known !== undefined) return known;
  const opening = openWorkbook(file);
  opened.set(file, opening);
  return opening;
}

async function openWorkbook(file: Blob): Promise<readonly WorkbookSheet[]> {
  if (file.size > MAX_WORKBOOK_BYTES) throw invalidList('workbook-large');
  const bytes = await file.arrayBuffer();
  refuseLargeEntries(new DataView(bytes));
  const { default: ExcelJs } = await import('exceljs');
  const workbook = new ExcelJs.Workbook();
  try {
    await workbook.xlsx.load(bytes);
  } catch (cause) {
    throw invalidList('no-workbook', { cause });
  }
  const sheets = workbook.worksheets.filter((sheet) => sheet.actualRowCount > 0);
  if (sheets.length === 0) throw invalidList('workbook-empty');
  return sheets.map((sheet) => ({ name: sheet.name, records: recordsOf(sheet) }));
}

function recordsOf(sheet: Worksheet): ListRecord[] {
  if (sheet.actualRowCount > MAX_WORKBOOK_ROWS) throw invalidList('sheet-long', { found: sheet.name });
  const records: ListRecord[] = [];
  const width = sheet.actualColumnCount === 0 ? 0 : sheet.columnCount;
  sheet.eachRow((row, line) => {
    const cells = Array.from({ length: width }, (_, column) => textOf(row.getCell(column + 1).value));
    records.push({ line, cells, isBroken: false });
  });
  return records;
}

function textOf(value: CellValue): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return textOfDate(value);
  if (typeof value !== 'object') return String(value);
  if ('richText' in value) return value.richText.map(({ text }) => text).join('');
  if ('hyperlink' in value) return textOf(value.text as CellValue);
  if ('error' in value) return '';
  return 'result' in value ? textOf(value.result as CellValue) : '';
}

/** A workbook's dates have no time zone; ExcelJS gives them as if in UTC. */
function textOfDate(date: Date): string {
  if (Number.isNaN(date.getTime())) return '';
  const [day, time] = date.toISOString().split('T') as [string, string];
  return time === '00:00:00.000Z' ? day : `${day} ${time.slice(0, 8)}`;
}

const END_OF_CENTRAL_DIRECTORY = 0x06054b50;
const CENTRAL_FILE_HEADER = 0x02014b50;

/** Adds up the uncompressed sizes that the ZIP's central directory states (APPNOTE 4.3.12), before anything is inflated. */
function refuseLargeEntries(view: DataView): void {
  let end = view.byteLength - 22;
  const first = Math.max(0, end - 0xffff);
  while (end >= first && view.getUint32(end, true) !== END_OF_CENTRAL_DIRECTORY) end--;
  if (end < first) throw invalidList('workbook-damaged');
  let inflated = 0;
  let offset = view.getUint32(end + 16, true);
  while (offset + 46 <= end && view.getUint32(offset, true) === CENTRAL_FILE_HEADER) {
    inflated += view.getUint32(offset + 24, true);
    const variable = [28, 30, 32].map((field) => view.getUint16(offset + field, true));
    offset += 46 + variable.reduce((sum, length) => sum + length, 0);
  }
  if (inflated > MAX_INFLATED_BYTES) throw invalidList('workbook-inflated');
}
