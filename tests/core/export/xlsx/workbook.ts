import ExcelJS from 'exceljs';
import { CFB } from 'xlsx';
import type { RecordFault } from '../../../../core/export/fault.ts';
import type { Column, ExportContext, ExportRow } from '../../../../core/export/format.ts';
import type { SheetLimits } from '../../../../core/export/xlsx/limits.ts';
import { encodeXlsx } from '../../../../core/export/xlsx/xlsx.ts';
import { xlsxOptionsSchema } from '../../../../core/export/xlsx/xlsx-options.ts';
import { pagesOf } from '../../../suites/export/format-contract.ts';

/** A workbook under test and what was told while it was written. */
export interface Written {
  readonly file: Uint8Array<ArrayBuffer>;
  readonly rejected: readonly { readonly key: string; readonly fault: RecordFault }[];
  readonly contentSha256: string;
}

interface Input {
  readonly columns: readonly Column[];
  readonly rows: Iterable<ExportRow>;
  readonly options?: Record<string, unknown>;
  readonly context?: Partial<ExportContext>;
  readonly limits?: SheetLimits;
}

export async function writeWorkbook({ columns, rows, options = {}, context, limits }: Input): Promise<Written> {
  const rejected: { key: string; fault: RecordFault }[] = [];
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let contentSha256 = '';
  const source = {
    columns,
    estimatedCount: 0,
    async *pages() {
      yield* pagesOf(rows);
    },
  };
  const told: ExportContext = {
    signal: new AbortController().signal,
    now: new Date('2026-11-22T10:00:00Z'),
    timeZone: 'Asia/Kolkata',
    locale: 'en-IN',
    part: { number: 1, of: 1 },
    reject: (key, fault) => rejected.push({ key, fault }),
    progress: () => {},
    contentSha256(hex) {
      contentSha256 = hex;
    },
    ...context,
  };
  for await (const chunk of encodeXlsx(source, xlsxOptionsSchema.parse(options), told, limits)) chunks.push(chunk);
  return { file: new Uint8Array(await new Blob(chunks).arrayBuffer()), rejected, contentSha256 };
}

/** What SheetJS finds in an archive; the types that it has do not say. */
interface Container {
  readonly FullPaths: readonly string[];
  readonly FileIndex: readonly { readonly content: ArrayLike<number> }[];
}

/** The parts of the package by name, in the order of the archive, unpacked by SheetJS. */
export function partsOf(file: Uint8Array<ArrayBuffer>): ReadonlyMap<string, Buffer> {
  const { FullPaths, FileIndex } = CFB.read(file, { type: 'array' }) as Container;
  const entries = FullPaths.map((path, index): [string, Buffer] => [
    path.replace(/^[^/]*\//, ''),
    Buffer.from(FileIndex[index]?.content ?? []),
  ]);
  // Folders are listed too; the reader adds a part of its own.
  return new Map(entries.filter(([name]) => /\.(xml|rels)$/.test(name)));
}

/** The workbook as ExcelJS finds it. */
export async function excelJsWorkbook({ buffer }: Uint8Array<ArrayBuffer>): Promise<ExcelJS.Workbook> {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(buffer);
  return workbook;
}
