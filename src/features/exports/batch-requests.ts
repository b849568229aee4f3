import type { QueryClient } from '@tanstack/react-query';
import type { EventRecord, TicketType } from '../../../core/api/event.ts';
import { mergeRanges } from '../../../core/chunk/seq-ranges.ts';
import type { BatchRequest } from '../../../core/export/job.ts';
import { batchQuery } from '../batches/api/get-batch.ts';
import { revocationsQuery } from '../batches/api/get-revocations.ts';
import type { BatchView } from '../batches/batch-view.ts';
import { revokedSerials } from '../batches/revoked-serials.ts';
import { correctionsQuery } from '../tickets/api/get-corrections.ts';

export interface GatherInput {
  readonly queryClient: QueryClient;
  readonly event: EventRecord;
  readonly types: readonly TicketType[];
  readonly batches: readonly BatchView[];
}

export interface GatheredBatches {
  readonly batches: readonly BatchRequest[];
  /** False when the server could not be asked: corrections and revocations are those this device last heard of. */
  readonly isUpToDate: boolean;
}

/** What an export must know of its batches, from the server where it answers, else from what it said last. */
export async function gatherBatches({ queryClient, event, types, batches }: GatherInput): Promise<GatheredBatches> {
  let isUpToDate = true;
  const ask = async <Data>(
    options: { queryKey: readonly unknown[] },
    fetch: () => Promise<Data>,
  ): Promise<Data | undefined> => {
    try {
      return await fetch();
    } catch {
      // Said to the person by `isUpToDate`.
      isUpToDate = false;
      return queryClient.getQueryData<Data>(options.queryKey);
    }
  };
  const revocations = revocationsQuery(event.id);
  const revoked = (await ask(revocations, () => queryClient.fetchQuery(revocations))) ?? [];
  const requests: BatchRequest[] = [];
  for (const view of batches) {
    const isOnServer = view.server !== undefined || view.local?.declared === true;
    const detail = batchQuery(event.id, view.id);
    const corrected = correctionsQuery(event.id, view.id);
    const server = isOnServer ? await ask(detail, () => queryClient.fetchQuery(detail)) : undefined;
    const corrections = isOnServer ? await ask(corrected, () => queryClient.fetchQuery(corrected)) : undefined;
    requests.push({
      ...typeFacts(types, view.typeIndex),
      ...validity(event, types, view, server ?? view.local),
      id: view.id,
      typeIndex: view.typeIndex,
      count: view.count,
      chunkSize: view.chunkSize,
      stored: mergeRanges([...(server?.acknowledged ?? []), ...(view.local?.acknowledged ?? [])]),
      revoked: revokedSerials(revoked, view.id),
      corrections: corrections ?? [],
    });
  }
  return { batches: requests, isUpToDate };
}

function typeFacts(types: readonly TicketType[], typeIndex: number): Pick<BatchRequest, 'typeName' | 'priceMinor'> {
  const type = types.find(({ index }) => index === typeIndex);
  return { typeName: type?.name ?? `Type ${typeIndex}`, priceMinor: type?.priceMinor ?? 0 };
}

/** The batch's own window, else its type's, else the event's time. */
function validity(
  event: EventRecord,
  types: readonly TicketType[],
  { typeIndex }: BatchView,
  batch: { readonly notBefore: number | null; readonly notAfter: number | null } | null | undefined,
): Pick<BatchRequest, 'notBefore' | 'notAfter'> {
  const type = types.find(({ index }) => index === typeIndex);
  return {
    notBefore: batch?.notBefore ?? type?.notBefore ?? event.startsAt,
    notAfter: batch?.notAfter ?? type?.notAfter ?? event.endsAt,
  };
}
