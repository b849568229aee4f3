import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Alert, Anchor, Badge, Grid, Skeleton, Stack } from '@mantine/core';
import { IconBan, IconCircleCheck } from '@tabler/icons-react';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useEffect } from 'react';
import { type Chunk, seqOfSerial } from '../../../core/chunk/chunk.ts';
import { Page } from '../../components/page.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { formatCount, formatInstant } from '../../utils/format.ts';
import type { BatchView } from '../batches/batch-view.ts';
import { reasonWords } from '../batches/reason-words.ts';
import { UnknownBatch } from '../batches/unknown-batch.tsx';
import { useBatch } from '../batches/use-batch.ts';
import { RefusedChanges } from '../changes/refused-changes.tsx';
import { useCorrections, useRevocations } from '../changes/use-changes.ts';
import { useEvent } from '../events/use-event.ts';
import { useTypes } from '../types/use-types.ts';
import { CorrectionHistory } from './correction-history.tsx';
import { HolderPanel } from './holder-panel.tsx';
import { overlayOf, revocationOf, ticketAt } from './ticket.ts';
import { TicketCodePanel } from './ticket-code-panel.tsx';
import { TicketFacts } from './ticket-facts.tsx';
import { TicketRevocation } from './ticket-revocation.tsx';
import { useChunkSource } from './use-chunks.ts';

const route = getRouteApi('/signed-in/events/$eventId/tickets/batches/$batchId/tickets/$serial');

/** One ticket: its code, what it is, whose it is, and whether it is valid. */
export function TicketPage() {
  const { eventId, batchId, serial: text } = route.useParams();
  const { view, isPending } = useBatch(eventId, batchId);
  const serial = /^\d{1,10}$/.test(text) ? Number(text) : 0;
  const source = useChunkSource(eventId);
  const isInBatch = view !== undefined && serial >= 1 && serial <= view.count;
  const seq = isInBatch ? seqOfSerial(view, serial) : -1;
  useEffect(() => {
    if (seq >= 0) source.load(batchId, seq);
  }, [source, batchId, seq]);
  if (view === undefined) return isPending ? <Skeleton h="24rem" /> : <UnknownBatch eventId={eventId} />;
  if (!isInBatch) return <NoSuchTicket batch={view} />;
  const slot = source.peek(batchId, seq);
  if (slot.state === 'loading') return <Skeleton h="24rem" />;
  if (slot.state === 'failed')
    return (
      <ProblemAlert
        error={slot.error}
        title={t`The ticket could not be loaded.`}
        onRetry={() => {
          source.retryFailed();
          source.load(batchId, seq);
        }}
      />
    );
  return <KnownTicket batch={view} serial={serial} chunk={slot.chunk} />;
}

interface KnownTicketProps {
  readonly batch: BatchView;
  readonly serial: number;
  readonly chunk: Chunk;
}

function KnownTicket({ batch, serial, chunk }: KnownTicketProps) {
  const event = useEvent();
  const type = useTypes().find(({ index }) => index === batch.typeIndex);
  const corrections = useCorrections(event.id, batch.id, batch.server !== undefined);
  const { data: revocations } = useRevocations(event.id);
  const ticket = ticketAt(chunk, serial, overlayOf(corrections));
  const revocation = revocationOf(revocations, batch.id, serial);
  const own = corrections.filter((correction) => correction.serial === serial);
  return (
    <Page
      title={ticket.fields.get('holder') ?? `${type?.name ?? t`Ticket`} ${formatCount(serial)}`}
      state={<StandingBadge isRevoked={revocation !== undefined} />}
      subtitle={
        <BatchLink batch={batch} typeName={type?.name ?? t`Type ${{ index: batch.typeIndex }}`} serial={serial} />
      }
    >
      <RefusedChanges eventId={event.id} batchId={batch.id} serial={serial} />
      {revocation !== undefined && (
        <Alert
          color="red"
          icon={<IconBan aria-hidden />}
          title={
            revocation.waiting === undefined
              ? t`Gates refuse this ticket`
              : t`Revoked on this device, not yet on the server: gates still let it in`
          }
        >
          {t`Revoked ${{ time: formatInstant(revocation.createdAt, event.timeZone) }} by ${{ createdBy: revocation.createdBy }}: ${{ reason: reasonWords(revocation) }}`}
        </Alert>
      )}
      <Grid gap="md">
        <Grid.Col span={{ base: 12, md: 7 }}>
          <Stack gap="md">
            <TicketCodePanel chunk={chunk} ticket={ticket} typeIndex={batch.typeIndex} />
            <TicketFacts batch={batch} serial={serial} chunk={chunk} event={event} type={type} />
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 5 }}>
          <Stack gap="md">
            <HolderPanel batch={batch} ticket={ticket} corrections={own} />
            {own.length > 0 && <CorrectionHistory corrections={own} timeZone={event.timeZone} />}
            <TicketRevocation batch={batch} serial={serial} revocation={revocation} />
          </Stack>
        </Grid.Col>
      </Grid>
    </Page>
  );
}

function StandingBadge({ isRevoked }: { readonly isRevoked: boolean }) {
  const Icon = isRevoked ? IconBan : IconCircleCheck;
  return (
    <Badge
      variant="light"
      color={isRevoked ? 'red' : 'green'}
      size="lg"
      tt="none"
      leftSection={<Icon size="1.1em" aria-hidden />}
    >
      {isRevoked ? t`Revoked` : t`Valid`}
    </Badge>
  );
}

interface BatchLinkProps {
  readonly batch: BatchView;
  readonly typeName: string;
  readonly serial: number;
}

function BatchLink({ batch: { eventId, id, count }, typeName, serial }: BatchLinkProps) {
  const number = formatCount(serial);
  const total = formatCount(count);
  return (
    <Trans>
      Serial {number} of{' '}
      <Anchor
        renderRoot={(props) => (
          <Link
            to="/events/$eventId/tickets/batches/$batchId/tickets"
            params={{ eventId, batchId: id }}
            search={{ at: serial }}
            {...props}
          />
        )}
      >
        {total} × {typeName}
      </Anchor>
    </Trans>
  );
}

function NoSuchTicket({ batch }: { readonly batch: BatchView }) {
  return (
    <Page title={t`Ticket`}>
      <Alert color="red" title={t`There is no such ticket in this batch`}>
        {t`Its serials run from 1 to ${{ count: formatCount(batch.count) }}.`}
      </Alert>
    </Page>
  );
}
