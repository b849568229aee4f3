import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { mergeRanges, rangesOfSeqs, ticketsInRanges } from '../../../core/chunk/seq-ranges.ts';
import { MAX_SERIAL } from '../../../core/ticket/token.ts';
import { type LocalBatch, relaxedDatabase } from '../../database/database.ts';
import { useStored } from '../store/use-stored.ts';
import { batchesQuery } from './api/get-batches.ts';
import { type BatchView, mergeBatches } from './batch-view.ts';

export interface Batches {
  /** `undefined` until this device's own are read; the server's join them when they come. */
  readonly views: readonly BatchView[] | undefined;
  /** Whether the server's answer is still awaited for the first time. */
  readonly isPending: boolean;
  readonly error: Error | null;
  readonly refetch: () => void;
}

const WATCH_MS = 3_000;

/** The event's batches, as this device and the server know them together; watched while one is open or being verified. */
export function useBatches(eventId: string): Batches {
  const local = useStored(() => relaxedDatabase().batches.where('eventId').equals(eventId).toArray(), [eventId], []);
  const server = useQuery({
    ...batchesQuery(eventId),
    refetchInterval: ({ state }) =>
      state.data?.some((batch) => batch.state === 'open' || batch.verified + batch.quarantined < batch.stored)
        ? WATCH_MS
        : false,
  });
  const buffered = useBufferedTickets(local);
  const views = useMemo(
    () => (local === undefined ? undefined : mergeBatches({ eventId, local, server: server.data ?? [], buffered })),
    [eventId, local, server.data, buffered],
  );
  return { views, isPending: server.isPending, error: server.error, refetch: () => void server.refetch() };
}

const NONE: ReadonlyMap<string, number> = new Map();

/** Counted again when a batch changes, and every few seconds while one is minted: a live query over chunks would cost more. */
function useBufferedTickets(batches: readonly LocalBatch[] | undefined): ReadonlyMap<string, number> {
  const states = batches?.map(({ id, state, freed }) => `${id} ${state} ${freed}`) ?? [];
  const { data } = useQuery({
    queryKey: ['buffered-tickets', ...states],
    queryFn: async () => {
      const counts = await Promise.all((batches ?? []).map(bufferedTickets));
      return new Map((batches ?? []).map((batch, index) => [batch.id, counts[index] ?? 0]));
    },
    enabled: states.length > 0,
    placeholderData: (previous) => previous,
    refetchInterval: batches?.some((batch) => batch.state === 'minting') ? WATCH_MS : false,
  });
  return data ?? NONE;
}

/** Tickets of the batch whose chunks lie in the local database. */
async function bufferedTickets(batch: LocalBatch): Promise<number> {
  if (batch.freed) return 0;
  const keys = await relaxedDatabase()
    .chunks.where('[batchId+seq]')
    .between([batch.id, 0], [batch.id, MAX_SERIAL], true, true)
    .primaryKeys();
  return ticketsInRanges(mergeRanges(rangesOfSeqs(keys.map(([, seq]) => seq))), batch);
}
