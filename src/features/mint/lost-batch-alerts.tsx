import { i18n, type MessageDescriptor } from '@lingui/core';
import { msg, t } from '@lingui/core/macro';
import { Alert, Button, Checkbox, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { formatAbout, formatCount, formatTickets } from '../../utils/format.ts';
import { batchesQuery } from '../batches/api/get-batches.ts';
import { useStored } from '../store/use-stored.ts';
import { findLostBatches, type LostBatch, type RemintResult, type RestKind, remintLostBatch } from './lost-batches.ts';

/** Within this time of its last part another device may well be minting a batch. */
const RECENT_MS = 15 * 60_000;

interface SealedBatch {
  readonly id: string;
  readonly result: RemintResult;
}

/**
 * Says which batches are open on the server while this device cannot finish them, because its browser storage was wiped or
 * another device began them, and offers to mint what is missing. What was sealed here stays on the page with what to do next.
 */
export function LostBatchAlerts({ eventId }: { readonly eventId: string }) {
  const { data: batches } = useQuery(batchesQuery(eventId));
  const lost = useStored(() => findLostBatches(batches ?? []), [batches], []);
  const [sealed, setSealed] = useState<readonly SealedBatch[]>([]);
  const isSealed = (id: string) => sealed.some((batch) => batch.id === id);
  return (
    <>
      {sealed.map(({ id, result }) => (
        <SealedAlert
          key={id}
          eventId={eventId}
          batchId={id}
          result={result}
          onClose={() => setSealed(sealed.filter((batch) => batch.id !== id))}
        />
      ))}
      {lost
        ?.filter(({ batch }) => !isSealed(batch.id))
        .map((batch) => (
          <LostBatchAlert
            key={batch.batch.id}
            eventId={eventId}
            lost={batch}
            onSealed={(result) => setSealed([...sealed, { id: batch.batch.id, result }])}
          />
        ))}
    </>
  );
}

interface LostBatchAlertProps {
  readonly eventId: string;
  readonly lost: LostBatch;
  readonly onSealed: (result: RemintResult) => void;
}

function LostBatchAlert({ eventId, lost, onSealed }: LostBatchAlertProps) {
  const { batch, missing, wasHere, rest } = lost;
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const quietMs = Math.max(0, Date.now() - batch.activeAt);
  const mayBeMinting = !wasHere && missing > 0 && quietMs < RECENT_MS;
  const [isOver, setIsOver] = useState(false);
  const remint = useMutation({
    mutationFn: () => remintLostBatch(eventId, lost),
    onSuccess: async (result) => {
      const { runId } = result;
      if (runId !== null) return navigate({ to: '/events/$eventId/tickets/mint/$runId', params: { eventId, runId } });
      onSealed(result);
      await queryClient.invalidateQueries({ queryKey: ['events', eventId] });
    },
  });
  return (
    <Alert color={wasHere ? 'red' : 'yellow'} icon={<IconAlertTriangle aria-hidden />} title={titleFor(lost)}>
      <Stack gap="xs" align="flex-start">
        <Text size="sm">
          {missing === 0
            ? t`All ${{ tickets: formatTickets(batch.count) }} are on the server and safe.`
            : t`${{ stored: formatCount(batch.stored) }} of ${{ tickets: formatTickets(batch.count) }} are on the server and safe; ${{ missing: formatCount(missing) }} never arrived there.`}{' '}
          {adviceFor(lost)}
        </Text>
        {mayBeMinting && (
          <Checkbox
            label={t`No other device is minting this batch any more`}
            description={t`The server last heard of it ${{ time: formatAbout(quietMs) }} ago.`}
            checked={isOver}
            onChange={({ currentTarget: { checked } }) => setIsOver(checked)}
          />
        )}
        {remint.error !== null && (
          <ProblemAlert
            error={remint.error}
            title={t`The batch could not be sealed.`}
            onRetry={() => remint.mutate()}
          />
        )}
        <Button
          variant="default"
          disabled={mayBeMinting && !isOver}
          loading={remint.isPending}
          onClick={() => remint.mutate()}
        >
          {rest === 'quantity' && missing > 0
            ? t`Seal it and mint the missing ${{ missing: formatCount(missing) }}`
            : t`Seal the batch`}
        </Button>
      </Stack>
    </Alert>
  );
}

const REST_BEFORE: Readonly<Record<RestKind, MessageDescriptor>> = {
  quantity: msg`Sealing it keeps what is on the server, revokes the other serials, and mints as many new ones.`,
  list: msg`Sealing it keeps what is on the server and revokes the other serials; then import the list again for the rest.`,
  seats: msg`Sealing it keeps what is on the server and revokes the other serials; then mint the missing seats.`,
  anew: msg`Sealing it revokes its serials; then mint it again as it was, by quantity or from its list.`,
};

function titleFor({ batch, missing, wasHere }: LostBatch): string {
  if (wasHere) return t`This device lost ${{ tickets: formatTickets(missing) }} of batch ${{ id: batch.id }}`;
  if (missing === 0) return t`Batch ${{ id: batch.id }} is whole, and was never sealed`;
  return t`Batch ${{ id: batch.id }} is unfinished, and this device has nothing of it`;
}

function adviceFor({ missing, wasHere, rest }: LostBatch): string {
  const todo = missing === 0 ? t`Sealing it changes nothing about them.` : i18n._(REST_BEFORE[rest]);
  return wasHere
    ? todo
    : t`If another device is still minting it, leave it alone. If that device’s storage is gone, finish it here. ${todo}`;
}

const REST_AFTER: Readonly<Record<Exclude<RestKind, 'quantity'>, MessageDescriptor>> = {
  list: msg`Now import the same list again: whoever has a ticket is left out, and all others get theirs.`,
  seats: msg`Now mint the missing seats by quantity, with the pattern set to start at the first of them.`,
  anew: msg`Now mint it again as it was.`,
};

interface SealedAlertProps {
  readonly eventId: string;
  readonly batchId: string;
  readonly result: RemintResult;
  readonly onClose: () => void;
}

/** What sealing did, and the step after it. */
function SealedAlert({ eventId, batchId, result: { rest, lostSerials }, onClose }: SealedAlertProps) {
  const serials = lostSerials.map(([first, last]) => `${formatCount(first)}–${formatCount(last)}`).join(', ');
  const isOver = rest === 'quantity' || lostSerials.length === 0;
  return (
    <Alert
      role="status"
      color={isOver ? 'green' : 'yellow'}
      icon={<IconCircleCheck aria-hidden />}
      title={t`Batch ${batchId} is sealed`}
      withCloseButton
      closeButtonLabel={t`Dismiss`}
      onClose={onClose}
    >
      <Stack gap="xs" align="flex-start">
        <Text size="sm">
          {lostSerials.length === 0
            ? t`All its tickets were on the server.`
            : t`No gate will take its serials ${serials}. If some of them left that device in an export, tell who has them.`}{' '}
          {!isOver && i18n._(REST_AFTER[rest])}
        </Text>
        {!isOver && (
          <Button
            renderRoot={(props) => (
              <Link
                to="/events/$eventId/tickets/mint"
                params={{ eventId }}
                search={{ by: rest === 'seats' ? 'quantity' : 'list' }}
                {...props}
              />
            )}
          >
            {rest === 'list' ? t`Import the list again` : t`Mint the rest`}
          </Button>
        )}
      </Stack>
    </Alert>
  );
}
