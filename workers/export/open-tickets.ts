import type { CommonOptions } from '../../core/export/common-options.ts';
import type { RecordSource } from '../../core/export/format.ts';
import type { ExportRequest } from '../../core/export/job.ts';
import type { ChunkReader } from '../../core/export/sources/ticket-batch.ts';
import { ticketSource } from '../../core/export/sources/tickets.ts';
import { deviceChunks } from './device-chunks.ts';
import { ticketBatchOf } from './ticket-batches.ts';

/** What is read, whatever becomes of it. */
type TicketsRequest = Pick<ExportRequest, 'eventId' | 'eventName' | 'fractionDigits' | 'locale' | 'batches'>;
/** Which of the tickets, in which order, with which columns. */
export type Selection = Pick<CommonOptions, 'columns' | 'filters' | 'sort' | 'pageSize'>;

/**
 * Looks into the batches of a request once, for as many sources as are wanted of them.
 * @param watch may stand between the chunks and their readers.
 */
export async function openTickets(
  { eventId, eventName, fractionDigits, locale, batches }: TicketsRequest,
  signal: AbortSignal,
  watch: (chunks: ChunkReader) => ChunkReader = (chunks) => chunks,
): Promise<(selection: Selection) => RecordSource> {
  const sizes = new Map(batches.map(({ id, chunkSize }) => [id, chunkSize]));
  const device = deviceChunks(eventId, (batchId) => sizes.get(batchId) ?? 1);
  const opened = await Promise.all(batches.map((batch) => ticketBatchOf(batch, device, signal)));
  const chunks = watch(device);
  return ({ columns, filters, sort, pageSize }) => {
    const columnIds = columns?.map(({ id }) => id) ?? null;
    const which = { batches: opened, chunks, columnIds, filters, sort, pageSize };
    return ticketSource({ eventName, fractionDigits, locale, ...which });
  };
}
