import type { RecordKind } from '../../../core/export/format.ts';
import type { ExportSubject } from '../../../core/export/job.ts';
import { type GatherInput, gatherBatches } from './batch-requests.ts';
import { gatherCheckIns } from './check-ins-request.ts';

/** What an export must know of its records, and whether the server could be asked for all of it. */
export interface GatheredRecords extends Pick<ExportSubject, 'batches' | 'checkIns'> {
  /** False when corrections and revocations are those this device last heard of. */
  readonly isUpToDate: boolean;
}

/** @throws {TicketmintError} `export-incomplete` when some records would be left out without a word. */
export async function gatherRecords({
  source,
  ...input
}: GatherInput & { readonly source: RecordKind }): Promise<GatheredRecords> {
  if (source === 'tickets') return gatherBatches(input);
  const { queryClient, event, types, batches } = input;
  const checkIns = await gatherCheckIns({ queryClient, eventId: event.id, types, batches });
  return { batches: [], checkIns, isUpToDate: true };
}
