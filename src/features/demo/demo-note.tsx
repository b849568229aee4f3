import { plural, t } from '@lingui/core/macro';
import { Alert, Button, Group, Text } from '@mantine/core';
import { IconSparkles } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { EventRecord } from '../../../core/api/event.ts';
import { summaryQuery } from '../events/api/get-summary.ts';
import { meQuery } from '../session/api/get-me.ts';
import { removals } from './removals.ts';

/** Says on a demo event's overview what it is, and removes it in one press; the list offers to undo that. */
export function DemoNote({ event }: { readonly event: EventRecord }) {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const { data: me } = useQuery(meQuery);
  const { data: summary } = useQuery(summaryQuery(event.id));
  if (event.demo !== true) return null;
  const remove = () => {
    removals.start(event.id, queryClient);
    void navigate({ to: '/events' });
  };
  return (
    <Alert color="blue" variant="light" icon={<IconSparkles aria-hidden />} title={t`This is a demo event`}>
      <Group justify="space-between" gap="sm">
        <Text size="sm" flex={1} miw="14rem">
          {t`Try everything: its tickets are signed like others, but say that they never pass a gate.`}
        </Text>
        {me?.role === 'admin' && (
          <Button variant="default" onClick={remove}>
            {summary === undefined
              ? t`Remove the demo event`
              : plural(summary.declared, { one: 'Remove it with # ticket', other: 'Remove it with # tickets' })}
          </Button>
        )}
      </Group>
    </Alert>
  );
}
