import { t } from '@lingui/core/macro';
import { EmptyState, Skeleton, Stack } from '@mantine/core';
import { IconBan } from '@tabler/icons-react';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { formatCount } from '../../utils/format.ts';
import { RevocationList } from '../batches/revocation-list.tsx';
import { useBatches } from '../batches/use-batches.ts';
import { RefusedChanges } from '../changes/refused-changes.tsx';
import { useRevocations } from '../changes/use-changes.ts';
import { WaitingCorrections } from '../changes/waiting-corrections.tsx';
import { useEvent } from '../events/use-event.ts';
import { useTypes } from '../types/use-types.ts';

/** All revocations of the event. */
export function RevocationsSection() {
  const event = useEvent();
  const types = useTypes();
  const { views = [] } = useBatches(event.id);
  const { data, error, isPending, refetch } = useRevocations(event.id);
  const nameOf = (batchId: string) => {
    const batch = views.find(({ id }) => id === batchId);
    const type = types.find(({ index }) => index === batch?.typeIndex);
    if (batch === undefined) return t`batch ${batchId}`;
    return t`${{ count: formatCount(batch.count) }} × ${{ name: type?.name ?? t`unknown type` }}`;
  };
  if (isPending) return <Skeleton h="12rem" />;
  if (error !== null && data.length === 0)
    return <ProblemAlert error={error} title={t`The revocations could not be loaded.`} onRetry={refetch} />;
  return (
    <Stack gap="md">
      <RefusedChanges eventId={event.id} />
      <WaitingCorrections eventId={event.id} />
      {data.length === 0 ? (
        <EmptyState
          icon={<IconBan aria-hidden />}
          title={t`Nothing is revoked`}
          description={t`A ticket, a range or a whole batch is revoked on its own page.`}
        />
      ) : (
        <RevocationList eventId={event.id} timeZone={event.timeZone} revocations={data} nameOf={nameOf} />
      )}
    </Stack>
  );
}
