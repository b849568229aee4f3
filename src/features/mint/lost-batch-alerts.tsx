import { Alert, Button, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useLiveQuery } from 'dexie-react-hooks';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { formatCount, formatTickets } from '../../utils/format.ts';
import { batchesQuery } from '../batches/api/get-batches.ts';
import { findLostBatches, type LostBatch, type RemintResult, remintLostBatch } from './lost-batches.ts';

/**
 * Says which batches are open on the server while this device cannot finish them, because its browser storage was wiped or
 * another device began them, and offers to mint what is missing.
 */
export function LostBatchAlerts({ eventId }: { readonly eventId: string }) {
  const { data: batches } = useQuery(batchesQuery(eventId));
  const lost = useLiveQuery(() => findLostBatches(batches ?? []), [batches]);
  return lost?.map((batch) => <LostBatchAlert key={batch.batch.id} eventId={eventId} lost={batch} />);
}

function LostBatchAlert({ eventId, lost }: { readonly eventId: string; readonly lost: LostBatch }) {
  const { batch, missing, wasHere } = lost;
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const remint = useMutation({
    mutationFn: () => remintLostBatch(eventId, lost),
    onSuccess: async ({ runId }) => {
      if (runId !== null) await navigate({ to: '/events/$eventId/tickets/mint/$runId', params: { eventId, runId } });
      else await queryClient.invalidateQueries({ queryKey: ['events', eventId] });
    },
  });
  const title = wasHere
    ? `This device lost ${formatTickets(missing)} of batch ${batch.id}`
    : `Batch ${batch.id} is unfinished, and this device has nothing of it`;
  return (
    <Alert color={wasHere ? 'red' : 'yellow'} icon={<IconAlertTriangle aria-hidden />} title={title}>
      <Stack gap="xs" align="flex-start">
        <Text size="sm">
          {formatCount(batch.stored)} of {formatTickets(batch.count)} are on the server and safe; {formatCount(missing)}{' '}
          never arrived there. {adviceFor(lost)}
        </Text>
        {remint.error !== null && (
          <ProblemAlert error={remint.error} title="The batch could not be sealed." onRetry={() => remint.mutate()} />
        )}
        {remint.data === undefined ? (
          <Button variant="default" loading={remint.isPending} onClick={() => remint.mutate()}>
            {batch.personalised ? 'Seal the batch' : `Seal it and mint the missing ${formatCount(missing)}`}
          </Button>
        ) : (
          <SealedNote result={remint.data} />
        )}
      </Stack>
    </Alert>
  );
}

function adviceFor({ batch, wasHere }: LostBatch): string {
  const rest = batch.personalised
    ? 'Sealing it keeps what is on the server and revokes the other serials; then import the list again for the rest.'
    : 'Sealing it keeps what is on the server, revokes the other serials, and mints as many new ones.';
  return wasHere
    ? rest
    : `If another device is still minting it, leave it alone. If that device’s storage is gone: ${rest}`;
}

function SealedNote({ result }: { readonly result: RemintResult }) {
  const serials = result.lostSerials.map(([first, last]) => `${formatCount(first)}–${formatCount(last)}`).join(', ');
  return (
    <Text size="sm" role="status">
      Sealed. Serials that no gate will take: {serials}. If some of them left that device in an export, tell who has
      them.
    </Text>
  );
}
