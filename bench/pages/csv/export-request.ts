import type { ExportRequest } from '../../../core/export/job.ts';
import type { FormatId } from '../../../core/export/registry.ts';
import { batchOf } from './buffered-batch.ts';

/** An export of what is buffered, as the page would ask for it. */
export function exportRequest(
  formatId: FormatId,
  rows: number,
  options: Readonly<Record<string, unknown>> = {},
): ExportRequest {
  return {
    id: `bench-${formatId}`,
    eventId: 'bench0000000',
    eventName: 'Founders’ Day',
    fractionDigits: 2,
    timeZone: 'Asia/Kolkata',
    locale: 'en',
    files: [{ formatId, options, fileName: `tickets.${formatId}` }],
    createdAt: Date.now(),
    batches: [batchOf(rows)],
    destination: { kind: 'staging' },
  };
}
