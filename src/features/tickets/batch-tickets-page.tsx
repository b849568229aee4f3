import { t } from '@lingui/core/macro';
import { Anchor, Box, Skeleton, useMatches } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { hasSeq } from '../../../core/chunk/seq-ranges.ts';
import { Page } from '../../components/page.tsx';
import { formatTickets } from '../../utils/format.ts';
import { batchQuery } from '../batches/api/get-batch.ts';
import type { BatchView } from '../batches/batch-view.ts';
import { UnknownBatch } from '../batches/unknown-batch.tsx';
import { useBatch } from '../batches/use-batch.ts';
import { useCorrections, useRevocations } from '../changes/use-changes.ts';
import { useTypes } from '../types/use-types.ts';
import { SearchField } from './search-field.tsx';
import { SearchResults } from './search-results.tsx';
import { overlayOf } from './ticket.ts';
import classes from './ticket-list.module.css';
import { TicketList } from './ticket-list.tsx';
import { TicketListHeader } from './ticket-list-header.tsx';

const route = getRouteApi('/signed-in/events/$eventId/tickets/batches/$batchId/tickets');

/** The tickets of one batch: all of them to scroll through, or what a search finds among them. */
export function BatchTicketsPage() {
  const { eventId, batchId } = route.useParams();
  const { q, at } = route.useSearch();
  const navigate = route.useNavigate();
  const { view, isPending } = useBatch(eventId, batchId);
  const { data: revocations } = useRevocations(eventId);
  const corrections = useCorrections(eventId, batchId, view?.server !== undefined && view.personalised);
  const hasChunk = useHasChunk(view);
  const overlay = useMemo(() => overlayOf(corrections), [corrections]);
  const type = useTypes().find(({ index }) => index === view?.typeIndex);
  const isNarrow = useMatches({ base: true, md: false });
  const rest = useCallback(
    (first: number) => navigate({ search: (search) => ({ ...search, at: first }), replace: true, resetScroll: false }),
    [navigate],
  );
  if (view === undefined) return isPending ? <Skeleton h="20rem" /> : <UnknownBatch eventId={eventId} />;
  const name = type?.name ?? t`Type ${{ index: view.typeIndex }}`;
  return (
    <Page
      title={t`${name} tickets`}
      count={view.count}
      fill
      subtitle={
        <Anchor
          mod="alone"
          renderRoot={(props) => (
            <Link to="/events/$eventId/tickets/batches/$batchId" params={{ eventId, batchId }} {...props} />
          )}
        >
          {t`Batch of ${{ tickets: formatTickets(view.count) }}`}
        </Anchor>
      }
    >
      <SearchField
        value={q ?? ''}
        onChange={(text) => void navigate({ search: text === '' ? {} : { q: text }, replace: true })}
      />
      {q === undefined ? (
        <Box className={classes.frame}>
          <TicketListHeader isPersonalised={view.personalised} />
          <TicketList
            eventId={eventId}
            batch={view}
            hasChunk={hasChunk}
            overlay={overlay}
            revocations={revocations}
            isNarrow={isNarrow}
            startAt={Math.min(at ?? 1, view.count)}
            onRest={rest}
          />
        </Box>
      ) : (
        <SearchResults q={q} batches={[view]} />
      )}
    </Page>
  );
}

/** Another device's batch may still be under way: then the server says which of it are there. */
function useHasChunk(view: BatchView | undefined): (seq: number) => boolean {
  const isPartial = view !== undefined && view.local === undefined && view.stored < view.count;
  const { data } = useQuery({ ...batchQuery(view?.eventId ?? '', view?.id ?? ''), enabled: isPartial });
  return useCallback((seq) => !isPartial || (data != null && hasSeq(data.acknowledged, seq)), [isPartial, data]);
}
