import { EmptyState, Skeleton } from '@mantine/core';
import { IconBan } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { formatCount } from '../../utils/format.ts';
import { revocationsQuery } from '../batches/api/get-revocations.ts';
import { RevocationList } from '../batches/revocation-list.tsx';
import { useBatches } from '../batches/use-batches.ts';
import { useEvent } from '../events/use-event.ts';
import { useTypes } from '../types/use-types.ts';

/** All revocations of the event. */
export function RevocationsSection() {
  const event = useEvent();
  const types = useTypes();
  const { views = [] } = useBatches(event.id);
  const { data, error, isPending, refetch } = useQuery(revocationsQuery(event.id));
  const nameOf = (batchId: string) => {
    const batch = views.find(({ id }) => id === batchId);
    const type = types.find(({ index }) => index === batch?.typeIndex);
    return batch === undefined ? `batch ${batchId}` : `${formatCount(batch.count)} × ${type?.name ?? 'unknown type'}`;
  };
  if (isPending) return <Skeleton h="12rem" />;
  if (error !== null)
    return <ProblemAlert error={error} title="The revocations could not be loaded." onRetry={() => void refetch()} />;
  if (data.length === 0)
    return (
      <EmptyState
        icon={<IconBan aria-hidden />}
        title="Nothing is revoked"
        description="A ticket, a range or a whole batch is revoked on its own page."
      />
    );
  return <RevocationList eventId={event.id} timeZone={event.timeZone} revocations={data} nameOf={nameOf} />;
}
