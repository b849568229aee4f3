import { t } from '@lingui/core/macro';
import type { Column, RecordSource } from '../../../core/export/format.ts';
import type { ExportManifest } from '../../../core/export/manifest.ts';
import { EXPORT_FORMATS } from '../../../core/export/registry.ts';
import { rejectionWords } from './fault-words.ts';

/** The records that an export set aside, with their reasons in the interface's language, as CSV that is safe in spreadsheets. */
export async function setAsideCsv({ rejected, timeZone, locale }: ExportManifest): Promise<Blob> {
  const columns: readonly Column[] = [
    { id: 'ticket', title: t`Ticket`, type: 'text' },
    { id: 'reason', title: t`Reason`, type: 'text' },
  ];
  const records: RecordSource = {
    columns,
    estimatedCount: rejected.length,
    async *pages() {
      yield {
        keys: rejected.map(({ key }) => key),
        rows: rejected.map((rejection) => [rejection.key, rejectionWords(rejection)]),
      };
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
