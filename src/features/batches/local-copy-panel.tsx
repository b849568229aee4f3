import { t } from '@lingui/core/macro';
import { Button, Group, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { Panel } from '../../components/facts.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { formatTickets } from '../../utils/format.ts';
import type { BatchView } from './batch-view.ts';
import { canFree, freeLocalCopy } from './free-local-copy.ts';

/** What of a batch lies on this device, and giving it up once the server has all of it. */
export function LocalCopyPanel({ batch }: { readonly batch: BatchView }) {
  const free = useMutation({
    mutationFn: () => freeLocalCopy(batch.id),
    onSuccess: (isFreed) => {
      if (isFreed) notifications.show({ message: t`The copy on this device is deleted; the server has all of it.` });
    },
  });
  const { local } = batch;
  if (local === undefined) return null;
  return (
    <Panel title={t`Copy on this device`}>
      <Stack gap="sm">
        <Text size="sm">{standingOf(batch)}</Text>
        {free.error !== null && <ProblemAlert error={free.error} title={t`The copy was not deleted.`} />}
        {canFree(local) && (
          <Group>
            <Button variant="default" loading={free.isPending} onClick={() => free.mutate()}>
              {t`Free ${{ tickets: formatTickets(batch.buffered) }} on this device`}
            </Button>
          </Group>
        )}
      </Stack>
    </Panel>
  );
}

function standingOf({ local, buffered, stored, count }: BatchView): string {
  if (local?.freed === true) return t`Freed: its tickets are read from the server.`;
  if (stored < count && buffered > stored)
    return t`${{ tickets: formatTickets(buffered) }} kept here, ${{ tickets2: formatTickets(buffered - stored) }} of them not on the server yet. Keep this device until they are.`;
  return t`${{ tickets: formatTickets(buffered) }} kept here for work without a network; the server has all of them.`;
}
