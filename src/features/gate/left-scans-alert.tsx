import { plural, t } from '@lingui/core/macro';
import { Alert, Button, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconLogin2, IconUpload } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { meQuery } from '../session/api/get-me.ts';
import { readLeftScans, sendLeftScans } from './left-scans.ts';

/** Says what only this device has, of pairings that are over, and what to do about it. */
export function LeftScansAlert({ own }: { readonly own?: string }) {
  const queryClient = useQueryClient();
  const queryKey = ['gate', 'left-scans', own ?? ''];
  const { data: left = [] } = useQuery({ queryKey, queryFn: () => readLeftScans(own), networkMode: 'always' });
  const { data: me } = useQuery(meQuery);
  const send = useMutation({
    mutationFn: () => sendLeftScans(left, own),
    // Also what went up before a failure.
    onSettled: () => queryClient.invalidateQueries({ queryKey }),
  });
  const count = left.reduce((sum, { scans }) => sum + scans.length, 0);
  if (count === 0) return null;
  const isCrew = me?.role === 'admin' || me?.role === 'coordinator';
  return (
    <Alert
      role="alert"
      color="yellow"
      icon={<IconAlertTriangle aria-hidden />}
      title={plural(count, { one: '# scan is on this device only', other: '# scans are on this device only' })}
    >
      <Stack gap="sm" align="flex-start">
        <Text size="sm">
          {t`They were made while this device was paired before, and have not reached the server. They stay here until they have: do not clear this browser’s data.`}
        </Text>
        {send.error !== null && <ProblemAlert error={send.error} title={t`They are still here.`} />}
        {isCrew ? (
          <Button leftSection={<IconUpload aria-hidden />} loading={send.isPending} onClick={() => send.mutate()}>
            {t`Send them now`}
          </Button>
        ) : (
          <>
            <Text size="sm">{t`An admin or coordinator signs in on this device and sends them.`}</Text>
            <Button
              variant="default"
              leftSection={<IconLogin2 aria-hidden />}
              renderRoot={(props) => <Link to="/sign-in" search={{ returnTo: '/gate' }} {...props} />}
            >
              {t`Sign in`}
            </Button>
          </>
        )}
      </Stack>
    </Alert>
  );
}
