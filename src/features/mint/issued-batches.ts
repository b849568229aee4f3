import type { QueryClient } from '@tanstack/react-query';
import type { BatchStatus, Revocation } from '../../../core/api/batch.ts';
import type { IssuedBatch, IssuedBatches } from '../../../core/attendees/list-job.ts';
import { chunkCountOf } from '../../../core/chunk/chunk.ts';
import { mergeRanges, type SeqRanges } from '../../../core/chunk/seq-ranges.ts';
import { connection } from '../../api/connection.ts';
import { askAndKeep } from '../../api/known-answers.ts';
import { type LocalBatch, relaxedDatabase } from '../../database/database.ts';
import { readChanges } from '../../database/waiting-changes.ts';
import { batchQuery } from '../batches/api/get-batch.ts';
import { batchesQuery } from '../batches/api/get-batches.ts';
import { revocationsQuery } from '../batches/api/get-revocations.ts';
import { revokedSerials } from '../batches/revoked-serials.ts';
import { revocationsWith } from '../changes/overlay.ts';
import { eventQuery } from '../events/api/get-event.ts';

/**
 * Where to look who already has a ticket of the event: every personalised batch that the server or this device knows. The
 * server is asked afresh; while it cannot be reached, what is on this device has to do.
 */
export async function findIssuedBatches(queryClient: QueryClient, eventId: string): Promise<IssuedBatches> {
  const local = await relaxedDatabase().batches.where('eventId').equals(eventId).toArray();
  // Who has a test ticket has none yet; at a demo event all are tests.
  const isDemo = queryClient.getQueryData(eventQuery(eventId).queryKey)?.demo === true;
  const isTest = ({ rehearsal }: Pick<BatchStatus, 'rehearsal'>) => rehearsal === true && !isDemo;
  const server = await askServer(queryClient, eventId);
  const localById = new Map(local.map((batch) => [batch.id, batch]));
  const batches = [
    ...(server?.batches ?? [])
      .filter(({ status }) => !isTest(status))
      .map(({ status, stored }) => onServer(status, stored, localById.get(status.id))),
    ...local.filter((batch) => batch.fromList && !isTest(batch) && server?.known.has(batch.id) !== true).map(onlyHere),
  ];
  const changes = (await readChanges()).filter((change) => change.eventId === eventId);
  const revocations = revocationsWith(changes, server?.revocations ?? []);
  return {
    eventId,
    batches: batches.map((batch) => ({ ...batch, revoked: revokedSerials(revocations, batch.id) })),
    asksServer: server !== null,
  };
}

type Place = Omit<IssuedBatch, 'revoked'>;

function onServer({ id, count, chunkSize, state }: BatchStatus, stored: SeqRanges, local?: LocalBatch): Place {
  const isOpen = state === 'open' && local !== undefined && isOpenHere(local);
  return { id, count, chunkSize, stored: mergeRanges([...stored, ...(local?.acknowledged ?? [])]), isOpen };
}

function onlyHere(local: LocalBatch): Place {
  const { id, count, chunkSize, acknowledged } = local;
  return { id, count, chunkSize, stored: acknowledged, isOpen: isOpenHere(local) };
}

function isOpenHere({ sealed, state }: LocalBatch): boolean {
  return sealed === null && state !== 'cancelled' && state !== 'lost';
}

interface ServerSays {
  /** Batches of which it has anything, personalised or not. */
  readonly known: ReadonlySet<string>;
  readonly batches: readonly { readonly status: BatchStatus; readonly stored: SeqRanges }[];
  readonly revocations: readonly Revocation[];
}

/** Null when the server cannot be asked. */
async function askServer(queryClient: QueryClient, eventId: string): Promise<ServerSays | null> {
  if (connection.state !== 'online') return null;
  const fresh = { staleTime: 0 };
  try {
    const [all, revocations] = await Promise.all([
      queryClient.fetchQuery({ ...batchesQuery(eventId, askAndKeep), ...fresh }),
      queryClient.fetchQuery({ ...revocationsQuery(eventId, askAndKeep), ...fresh }),
    ]);
    // Nobody is let in on a batch whose signatures are all wrong.
    const named = all.filter(({ personalised, stored, quarantined }) => personalised && stored > quarantined);
    const batches = await Promise.all(
      named.map(async (status) => {
        if (status.stored === status.count) return { status, stored: [[0, chunkCountOf(status) - 1]] as SeqRanges };
        const detail = await queryClient.fetchQuery({ ...batchQuery(eventId, status.id), ...fresh });
        return { status, stored: detail?.acknowledged ?? [] };
      }),
    );
    const known = new Set(all.filter(({ stored }) => stored > 0).map(({ id }) => id));
    return { known, batches, revocations };
  } catch {
    // Offline is a state: the report says that only this device was looked at.
    return null;
  }
}
