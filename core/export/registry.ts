import type { ZodType } from 'zod';
import type { CommonOptions } from './common-options.ts';
import type { ExportFormat, RecordSource } from './format.ts';
import type { PagePreview, PreviewContext } from './page-preview.ts';
import { type PreparedFormat, prepareFormat } from './prepared-format.ts';

/** A format before it is loaded. */
export interface FormatEntry {
  /** What people call it. */
  readonly title: string;
  /** When to choose it, in a few words. */
  readonly hint: string;
  readonly mimeType: string;
  /** Without the dot. */
  readonly extension: string;
  /** Its options' schema, for a form. */
  schema(): Promise<ZodType>;
  /** Loads it with its options. @throws {ZodError} when they are not its own. */
  prepare(options: unknown): Promise<PreparedFormat>;
  /** For formats that print: draws pages as they will be. @throws as the format does. */
  drawPage?(records: RecordSource, options: unknown, context: PreviewContext): Promise<PagePreview>;
}

/** Every format by its id. Adding one: its folder, and a line here. */
export const EXPORT_FORMATS = {
  csv: formatEntry(
    { title: 'CSV', hint: 'For spreadsheets and other systems', mimeType: 'text/csv;charset=utf-8', extension: 'csv' },
    async () => (await import('./csv/csv.ts')).csvFormat,
  ),
  json: formatEntry(
    {
      title: 'JSON',
      hint: 'For programs: one document, with statistics',
      mimeType: 'application/json',
      extension: 'json',
    },
    async () => (await import('./json/json.ts')).jsonFormat,
  ),
  ndjson: formatEntry(
    {
      title: 'NDJSON',
      hint: 'For databases and programs that read line by line',
      mimeType: 'application/x-ndjson',
      extension: 'ndjson',
    },
    async () => (await import('./ndjson/ndjson.ts')).ndjsonFormat,
  ),
  xml: formatEntry(
    {
      title: 'XML',
      hint: 'For systems that ask for a schema: tickets by batch',
      mimeType: 'application/xml',
      extension: 'xml',
    },
    async () => (await import('./xml/xml.ts')).xmlFormat,
  ),
  xlsx: formatEntry(
    {
      title: 'Excel',
      hint: 'For spreadsheets: typed columns, filters, statistics with charts',
      mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      extension: 'xlsx',
    },
    async () => (await import('./xlsx/xlsx.ts')).xlsxFormat,
  ),
  'tickets-pdf': formatEntry(
    {
      title: 'Tickets (PDF)',
      hint: 'For printing: several a page, with QR codes',
      mimeType: 'application/pdf',
      extension: 'pdf',
    },
    async () => (await import('./tickets-pdf/tickets-pdf.ts')).ticketsPdfFormat,
    async (...args) => (await import('./tickets-pdf/ticket-preview.ts')).previewTickets(...args),
  ),
  'report-pdf': formatEntry(
    {
      title: 'Report (PDF)',
      hint: 'For sponsors and the team: totals, charts and tables',
      mimeType: 'application/pdf',
      extension: 'pdf',
    },
    async () => (await import('./report-pdf/report-pdf.ts')).reportPdfFormat,
    async (...args) => (await import('./report-pdf/report-preview.ts')).previewReport(...args),
  ),
} satisfies Record<string, FormatEntry>;

export type FormatId = keyof typeof EXPORT_FORMATS;
export const FORMAT_IDS = Object.keys(EXPORT_FORMATS) as readonly FormatId[];

/** An entry of the registry; a format that is registered elsewhere is made the same way. */
export function formatEntry<Options extends CommonOptions>(
  facts: Pick<FormatEntry, 'title' | 'hint' | 'mimeType' | 'extension'>,
  load: () => Promise<ExportFormat<Options>>,
  drawPage?: (records: RecordSource, options: Options, context: PreviewContext) => Promise<PagePreview>,
): FormatEntry {
  return {
    ...facts,
    schema: async () => (await load()).options,
    prepare: async (options) => prepareFormat(await load(), options),
    ...(drawPage === undefined
      ? {}
      : {
          drawPage: async (records, options, context) =>
            drawPage(records, (await load()).options.parse(options), context),
        }),
  };
}
