import { t } from '@lingui/core/macro';
import { Alert, Button, Skeleton, Stack, Text } from '@mantine/core';
import { IconDeviceTabletOff } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useLocation, useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { parsePairingCode } from '../../../core/api/gate-device.ts';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { SessionCard } from '../session/session-card.tsx';
import { fetchSession, ownClaimQuery, ownSessionQuery } from './api/own-session.ts';
import { AskForm } from './ask-form.tsx';
import { Digits } from './digits.tsx';
import { keepSession } from './kept-session.ts';

/** Where the QR code on the admin's screen leads: this device asks to be paired, and waits for the admin's word. */
export function PairPage() {
  const { hash } = useLocation();
  // A code that was just scanned comes before what an earlier one has left.
  const [code, setCode] = useState(() => parsePairingCode(hash));
  const claim = useQuery({ ...ownClaimQuery, enabled: code === undefined });
  const [hasWaited, setHasWaited] = useState(false);
  const navigate = useNavigate();
  const state = code === undefined ? claim.data?.state : undefined;
  if (state === 'waiting' && !hasWaited) setHasWaited(true);
  const asked = () => {
    setCode(undefined);
    // It is used up, and need not stay in the history.
    void navigate({ to: '/gate/pair', hash: '', replace: true });
  };
  return (
    <SessionCard title={t`Pair this device`}>
      {code === undefined && claim.isPending && <Skeleton h="8rem" />}
      {code === undefined && claim.error !== null && (
        <ProblemAlert error={claim.error} onRetry={() => void claim.refetch()} />
      )}
      {claim.data != null && state === 'waiting' && <Waiting {...claim.data} />}
      {state === 'confirmed' && <Entering />}
      {(code !== undefined || (claim.isSuccess && (claim.data === null || state === 'refused'))) && (
        <Stack gap="md">
          {state === 'refused' && <NotPaired words={t`The admin refused this device.`} />}
          {claim.data === null && hasWaited && <NotPaired words={t`Nobody confirmed it in time.`} />}
          <AskForm code={code} onAsked={asked} />
        </Stack>
      )}
    </SessionCard>
  );
}

function NotPaired({ words }: { readonly words: string }) {
  return (
    <Alert role="alert" color="red" icon={<IconDeviceTabletOff aria-hidden />} title={words}>
      {t`Ask for a new code, and scan it.`}
    </Alert>
  );
}

interface WaitingProps {
  readonly name: string;
  readonly digits: string;
  readonly eventName: string;
  readonly gateName: string;
}

function Waiting({ name, digits, eventName, gateName }: WaitingProps) {
  const heading = useRef<HTMLDivElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <Stack gap="sm" align="center" role="status" ref={heading} tabIndex={-1} style={{ outline: 'none' }}>
      <Text ta="center" style={{ overflowWrap: 'anywhere' }}>
        {t`“${name}”, for ${gateName} of ${eventName}`}
      </Text>
      <Digits digits={digits} />
      <Text ta="center">{t`The admin’s screen shows the same digits. Once they are confirmed there, this page goes on by itself.`}</Text>
    </Stack>
  );
}

/** Confirmed: fetches the session, and goes to the gate. */
function Entering() {
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const enter = useMutation({
    // One tab after another: of two answers the browser would keep the cookie of whichever came last.
    mutationFn: () => navigator.locks.request('ticketmint-gate-session', fetchSession),
    onSuccess: (session) => {
      keepSession(session);
      queryClient.setQueryData(ownSessionQuery.queryKey, { state: 'paired', ...session });
      return navigate({ to: '/gate', replace: true });
    },
  });
  const { mutate, isIdle } = enter;
  useEffect(() => {
    if (isIdle) mutate();
  }, [isIdle, mutate]);
  if (enter.error !== null)
    return (
      <ProblemAlert
        error={enter.error}
        action={
          <Button variant="default" onClick={() => mutate()}>
            {t`Try again`}
          </Button>
        }
      />
    );
  return <Text role="status">{t`Confirmed. One moment…`}</Text>;
}
