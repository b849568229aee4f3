import { t } from '@lingui/core/macro';
import { Button, Grid, Skeleton, Stack, Text } from '@mantine/core';
import { IconList } from '@tabler/icons-react';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Facts, Panel } from '../../components/facts.tsx';
import { Page } from '../../components/page.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { formatCount, formatInstant } from '../../utils/format.ts';
import { RefusedChanges } from '../changes/refused-changes.tsx';
import { useRevocations } from '../changes/use-changes.ts';
import { useEvent } from '../events/use-event.ts';
import { SaveTicketsButton } from '../exports/save-tickets-button.tsx';
import { useTypes } from '../types/use-types.ts';
import { ApprovalAlert, ApprovalPanel } from './approval-panel.tsx';
import { BatchAlerts } from './batch-alerts.tsx';
import { batchFacts } from './batch-facts.tsx';
import { BatchProgress } from './batch-progress.tsx';
import { BatchMarks, BatchStateBadge } from './batch-state.tsx';
import type { BatchView } from './batch-view.ts';
import { ExportBatchButton } from './export-batch-button.tsx';
import { LocalCopyPanel } from './local-copy-panel.tsx';
import { RevocationList } from './revocation-list.tsx';
import { RevokePanel } from './revoke-panel.tsx';
import { UnknownBatch } from './unknown-batch.tsx';
import { useBatch } from './use-batch.ts';

const route = getRouteApi('/signed-in/events/$eventId/tickets/batches/$batchId');

/** One batch: where it stands, what it is, what was done to it, and what can be done. */
export function BatchPage() {
  const { eventId, batchId } = route.useParams();
  const { view, isPending, error } = useBatch(eventId, batchId);
  if (view !== undefined) return <KnownBatch batch={view} serverError={error} />;
  if (isPending) return <Skeleton h="20rem" />;
  return error === null ? (
    <UnknownBatch eventId={eventId} />
  ) : (
    <ProblemAlert error={error} title={t`The batch could not be loaded.`} />
  );
}

function KnownBatch({ batch, serverError }: { readonly batch: BatchView; readonly serverError: Error | null }) {
  const event = useEvent();
  const typeName =
    useTypes().find(({ index }) => index === batch.typeIndex)?.name ?? t`Type ${{ index: batch.typeIndex }}`;
  return (
    <Page
      title={`${formatCount(batch.count)} × ${typeName}`}
      state={
        <>
          <BatchStateBadge state={batch.state} />
          <BatchMarks batch={batch} />
        </>
      }
      subtitle={`${formatInstant(batch.startedAt, event.timeZone)}${batch.startedBy === null ? '' : ` · ${batch.startedBy}`}`}
      actions={
        <>
          <SaveTicketsButton batchIds={[batch.id]} />
          <ExportBatchButton batch={batch} variant="default" px={{ base: 'sm', sm: 'md' }} aria-label={t`Export…`} />
          <OpenTicketsButton batch={batch} />
        </>
      }
    >
      {serverError !== null && <ProblemAlert error={serverError} title={t`The server’s part may be out of date.`} />}
      <RefusedChanges eventId={batch.eventId} batchId={batch.id} />
      <ApprovalAlert batch={batch} />
      <BatchAlerts batch={batch} />
      <Grid gap="md">
        <Grid.Col span={{ base: 12, md: 7 }}>
          <Stack gap="md">
            <BatchProgress batch={batch} />
            <Facts title={t`Facts`} facts={batchFacts(batch, event)} />
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 5 }}>
          <Stack gap="md">
            <BatchRevocations batch={batch} timeZone={event.timeZone} />
            {batch.local !== undefined && <LocalCopyPanel batch={batch} />}
            <RevokePanel batch={batch} typeName={typeName} />
            <ApprovalPanel batch={batch} />
          </Stack>
        </Grid.Col>
      </Grid>
    </Page>
  );
}

function OpenTicketsButton({ batch: { eventId, id } }: { readonly batch: BatchView }) {
  return (
    <Button
      leftSection={<IconList aria-hidden />}
      renderRoot={(props) => (
        <Link to="/events/$eventId/tickets/batches/$batchId/tickets" params={{ eventId, batchId: id }} {...props} />
      )}
    >
      {t`Open tickets`}
    </Button>
  );
}

function BatchRevocations({ batch, timeZone }: { readonly batch: BatchView; readonly timeZone: string }) {
  const own = useRevocations(batch.eventId).data.filter((revocation) => revocation.batch === batch.id);
  return (
    <Panel title={t`Revocations`}>
      {own.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t`None: no ticket of this batch was revoked.`}
        </Text>
      ) : (
        <RevocationList eventId={batch.eventId} timeZone={timeZone} revocations={own} />
      )}
    </Panel>
  );
}
