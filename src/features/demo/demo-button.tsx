import { t } from '@lingui/core/macro';
import { Button, Stack, Text } from '@mantine/core';
import { IconSparkles } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { meQuery } from '../session/api/get-me.ts';

/** One press makes a demo event and opens it; for those who may make events. */
export function DemoButton() {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const { data: me } = useQuery(meQuery);
  const make = useMutation({
    // Its code is needed once in the life of an installation.
    mutationFn: async () => (await import('./make-demo.ts')).makeDemo(queryClient),
    onSuccess: ({ id }) => navigate({ to: '/events/$eventId', params: { eventId: id } }),
  });
  if (me?.role !== 'admin') return null;
  return (
    <Stack gap="xs" align="center">
      <Button
        variant="default"
        leftSection={<IconSparkles size="1.2em" aria-hidden />}
        loading={make.isPending}
        onClick={() => make.mutate()}
      >
        {t`Try a demo event`}
      </Button>
      <Text size="sm" c="dimmed" role="status" ta="center">
        {make.isPending
          ? t`Making five ticket types, reading a guest list, signing its tickets…`
          : t`Five ticket types and 380 tickets that never pass a gate. One press removes it.`}
      </Text>
      {make.error !== null && <ProblemAlert error={make.error} title={t`The demo event was not made.`} />}
    </Stack>
  );
}
