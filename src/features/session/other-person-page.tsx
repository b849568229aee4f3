import { t } from '@lingui/core/macro';
import { Button, Checkbox, Skeleton, Stack, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { useWaiting } from '../waiting/waiting.ts';
import { endSession } from './api/sign-out.ts';
import { hasUnsent, readOwner, startAfresh } from './device-owner.ts';
import { SessionCard } from './session-card.tsx';
import { leaveFor } from './session-tabs.ts';
import { unsentWords } from './unsent-words.ts';

/** Somebody has signed in on a device that holds work of another person which the server does not have. */
export function OtherPersonPage() {
  const waiting = useWaiting();
  const { data: owner } = useQuery({ queryKey: ['device-owner'], queryFn: async () => (await readOwner()) ?? null });
  const [mayDelete, setMayDelete] = useState(false);
  const giveWay = useMutation({ mutationFn: endSession, onSuccess: () => leaveFor('/sign-in') });
  // Uploaded or deleted meanwhile, in another tab: nothing stands in the way any more.
  const isFree = waiting !== undefined && !hasUnsent(waiting);
  useEffect(() => {
    if (isFree) leaveFor('/events');
  }, [isFree]);
  if (waiting === undefined || isFree || owner === undefined) return <Skeleton h="20rem" />;
  const name = owner?.name ?? t`somebody else`;
  const what = unsentWords(waiting);
  return (
    <SessionCard title={t`This device holds work of ${name}`}>
      <Text>
        {t`The server does not have ${what} yet. It goes up only when ${name} signs in here, and is not shown to anybody else.`}
      </Text>
      {giveWay.error !== null && <ProblemAlert error={giveWay.error} title={t`You are still signed in.`} />}
      <Button loading={giveWay.isPending} onClick={() => giveWay.mutate()}>
        {t`Let ${name} sign in`}
      </Button>
      <Stack gap="sm">
        <Checkbox
          label={t`Delete ${what} of ${name}`}
          checked={mayDelete}
          onChange={(event) => setMayDelete(event.currentTarget.checked)}
        />
        <Button color="red" variant="light" disabled={!mayDelete} onClick={() => startAfresh('/events')}>
          {t`Delete it and go on as yourself`}
        </Button>
      </Stack>
    </SessionCard>
  );
}
