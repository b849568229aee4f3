import type { QueryClient } from '@tanstack/react-query';
import type { Correction } from '../../../core/api/batch.ts';
import type { EventRecord, TicketType } from '../../../core/api/event.ts';
import { chunkCountOf } from '../../../core/chunk/chunk.ts';
import { mergeRanges, type SeqRanges, ticketsInRanges } from '../../../core/chunk/seq-ranges.ts';
import { exportError } from '../../../core/export/fault-error.ts';
import type { BatchRequest } from '../../../core/export/job.ts';
import { pdfWords } from '../../../core/export/pdf-words/pdf-words.ts';
import { connection } from '../../api/connection.ts';
import { type Ask, askAndKeep } from '../../api/known-answers.ts';
import { readChanges } from '../../database/waiting-changes.ts';
import { batchQuery } from '../batches/api/get-batch.ts';
import { revocationsQuery } from '../batches/api/get-revocations.ts';
import { isTest } from '../batches/approval-state.ts';
import type { BatchView } from '../batches/batch-view.ts';
import { revokedSerials } from '../batches/revoked-serials.ts';
import { correctionsWith, revocationsWith, type ShownCorrection } from '../changes/overlay.ts';
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
  const ask = async <Data>(fresh: () => Promise<Data>, known: () => Promise<Data>): Promise<Data | undefined> => {
    try {
      return await fresh();
    } catch {
      // Said to the person by `isUpToDate`.
      isUpToDate = false;
      return known().catch(() => undefined);
    }
  };
  const revocations = (how?: Ask) => queryClient.fetchQuery({ ...revocationsQuery(event.id, how), staleTime: 0 });
  // What was revoked and corrected on this device holds in its exports, whether or not the server knows it yet.
  const changes = (await readChanges()).filter(({ eventId }) => eventId === event.id);
  const revoked = revocationsWith(changes, (await ask(() => revocations(askAndKeep), revocations)) ?? []);
  const gather = async (view: BatchView): Promise<BatchRequest> => {
    const isOnServer = view.server !== undefined || view.local?.declared === true;
    const detail = batchQuery(event.id, view.id);
    const corrected = (how?: Ask) =>
      queryClient.fetchQuery({ ...correctionsQuery(event.id, view.id, how), staleTime: 0 });
    const [server, corrections] = isOnServer
      ? await Promise.all([
          ask(
            () => queryClient.fetchQuery(detail),
            async () => queryClient.getQueryData(detail.queryKey) ?? null,
          ),
          ask(() => corrected(askAndKeep), corrected),
        ])
      : [];
    return {
      ...typeFacts(event, types, view),
      ...validity(event, types, view, server ?? view.local),
      id: view.id,
      typeIndex: view.typeIndex,
      count: view.count,
      chunkSize: view.chunkSize,
      stored: mergeRanges([...(server?.acknowledged ?? storedAsFarAsKnown(view)), ...(view.local?.acknowledged ?? [])]),
      revoked: revokedSerials(revoked, view.id),
      corrections: correctionsWith(changes, view.id, corrections ?? []).map(plain),
    };
  };
  const requests = await Promise.all(batches.map(gather));
  // A request of the page's own that was under way may have given an old answer.
  return { batches: requests, isUpToDate: isUpToDate && connection.state === 'online' };
}

/** As the server tells it: what waits is no matter of an export. */
function plain({ waiting: _, ...correction }: ShownCorrection): Correction {
  return correction;
}

/**
 * Which chunks the server has, when it cannot be asked: all or none can be told from their number.
 * @throws {TicketmintError} `export-incomplete` when some tickets would be left out without a word.
 */
function storedAsFarAsKnown(view: BatchView): SeqRanges {
  const { count, stored, buffered, local } = view;
  const known = local === undefined ? 0 : ticketsInRanges(local.acknowledged, local);
  if (stored <= Math.max(known, buffered)) return [];
  if (stored === count) return [[0, chunkCountOf(view) - 1]];
  throw exportError({ code: 'server-unreachable' }, { retryable: true });
}

/** Test tickets say what they are where their type stands, on paper and in every file. */
function typeFacts(
  event: EventRecord,
  types: readonly TicketType[],
  view: BatchView,
): Pick<BatchRequest, 'typeName' | 'priceMinor'> {
  const type = types.find(({ index }) => index === view.typeIndex);
  const name = type?.name ?? `Type ${view.typeIndex}`;
  const typeName = isTest(view, event) ? pdfWords(event.language).testOf(name) : name;
  return { typeName, priceMinor: type?.priceMinor ?? 0 };
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
