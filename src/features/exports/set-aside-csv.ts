import type { Column, RecordSource } from '../../../core/export/format.ts';
import type { ExportManifest } from '../../../core/export/manifest.ts';
import { EXPORT_FORMATS } from '../../../core/export/registry.ts';

const COLUMNS: readonly Column[] = [
  { id: 'ticket', title: 'Ticket', type: 'text' },
  { id: 'reason', title: 'Reason', type: 'text' },
];

/** The records that an export set aside, with their reasons, as CSV that is safe in spreadsheets. */
export async function setAsideCsv({ rejected, timeZone, locale }: ExportManifest): Promise<Blob> {
  const records: RecordSource = {
    columns: COLUMNS,
    estimatedCount: rejected.length,
    async *pages() {
      yield { keys: rejected.map(({ key }) => key), rows: rejected.map(({ key, reason }) => [key, reason]) };
    },
  };
  const csv = await EXPORT_FORMATS.csv.prepare({});
  const context = {
    signal: new AbortController().signal,
    now: new Date(),
    timeZone,
    locale,
    part: { number: 1, of: 1 },
    reject: () => {},
    progress: () => {},
  };
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  for await (const chunk of csv.encode(records, context)) chunks.push(chunk);
  return new Blob(chunks, { type: csv.mimeType });
}
