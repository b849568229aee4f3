import { i18n } from '@lingui/core';
import { t } from '@lingui/core/macro';
import { Button, EmptyState, Skeleton, Stack } from '@mantine/core';
import { IconPlus, IconTicket } from '@tabler/icons-react';
import { getRouteApi, Link } from '@tanstack/react-router';
import { InSlices } from '../../components/in-slices.tsx';
import { Page } from '../../components/page.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { PAGE_HEADS } from '../../first-view/page-heads.ts';
import { useEventId } from '../events/use-event.ts';
import { LostBatchAlerts } from '../mint/lost-batch-alerts.tsx';
import { SearchField } from '../tickets/search-field.tsx';
import { SearchResults } from '../tickets/search-results.tsx';
import { BatchList } from './batch-list.tsx';
import { type Batches, useBatches } from './use-batches.ts';

const route = getRouteApi('/signed-in/events/$eventId/tickets');

/** The event's tickets: a search through all of them, and the batches they were minted in. */
export function BatchesPage() {
  const eventId = useEventId();
  const { q } = route.useSearch();
  const navigate = route.useNavigate();
  const batches = useBatches(eventId);
  return (
    <Page
      title={t`Tickets`}
      lead={i18n._(PAGE_HEADS.tickets.lead)}
      actions={batches.views?.length !== 0 && <MintButton eventId={eventId} />}
    >
      <SearchField
        value={q ?? ''}
        onChange={(text) => void navigate({ search: text === '' ? {} : { q: text }, replace: true })}
      />
      {batches.error !== null && q === undefined && (
        <ProblemAlert
          error={batches.error}
          title={t`The server’s batches could not be loaded.`}
          onRetry={batches.refetch}
        />
      )}
      {q === undefined && <LostBatchAlerts eventId={eventId} />}
      {q === undefined ? (
        <Content eventId={eventId} batches={batches} />
      ) : (
        <SearchResults q={q} batches={batches.views ?? []} />
      )}
    </Page>
  );
}

function Content({ eventId, batches }: { readonly eventId: string; readonly batches: Batches }) {
  const { views, isPending, error } = batches;
  if (views === undefined || (views.length === 0 && isPending)) return <BatchSkeletons />;
  if (views.length > 0)
    return (
      <InSlices instead={<BatchSkeletons />}>
        <BatchList batches={views} />
      </InSlices>
    );
  if (error !== null) return null;
  return (
    <EmptyState
      icon={<IconTicket aria-hidden />}
      title={t`No tickets yet`}
      description={t`A batch is what one press of the mint button makes of one type.`}
    >
      <EmptyState.Actions>
        <MintButton eventId={eventId} />
      </EmptyState.Actions>
    </EmptyState>
  );
}

function MintButton({ eventId }: { readonly eventId: string }) {
  return (
    <Button
      leftSection={<IconPlus aria-hidden />}
      aria-keyshortcuts="n"
      renderRoot={(props) => <Link to="/events/$eventId/tickets/mint" params={{ eventId }} {...props} />}
    >
      {t`Mint tickets`}
    </Button>
  );
}

function BatchSkeletons() {
  return (
    <Stack gap="xs" aria-hidden>
      <Skeleton h="4.5rem" />
      <Skeleton h="4.5rem" />
      <Skeleton h="4.5rem" />
    </Stack>
  );
}
