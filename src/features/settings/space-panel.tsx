import { plural, t } from '@lingui/core/macro';
import { Button, Group, Skeleton, Stack, Text } from '@mantine/core';
import { type UseQueryResult, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Panel } from '../../components/facts.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { formatBytes, formatTickets } from '../../utils/format.ts';
import { keptFontsQuery } from '../fonts/kept-fonts.ts';
import { storageQueryKey } from './storage-state.ts';
import { freeExports, freeFonts, freeTickets, measureUse, type StorageUse, storageUseKey } from './storage-use.ts';

/** What takes the space, what of it can be given up and what that means; what must stay says so. */
export function SpacePanel() {
  const use = useQuery({
    queryKey: storageUseKey,
    queryFn: measureUse,
    networkMode: 'always',
    refetchInterval: 10_000,
  });
  return (
    <Panel title={t`What takes the space`}>
      <Rows use={use} />
    </Panel>
  );
}

function Rows({ use: { data, error, refetch } }: { readonly use: UseQueryResult<StorageUse> }) {
  if (error !== null)
    return (
      <ProblemAlert error={error} title={t`What is kept here could not be measured.`} onRetry={() => void refetch()} />
    );
  if (data === undefined) return <Skeleton h="12rem" />;
  const { unsent, sent, freeable, savedExports, unsavedExports, fonts, app } = data;
  return (
    <Stack gap="md">
      {unsent.count > 0 && (
        <Row
          title={t`${{ tickets: formatTickets(unsent.count) }} that are not on the server yet`}
          bytes={unsent.bytes}
          meaning={t`Only this device has them, so they cannot be freed. They are uploaded by themselves; then they can.`}
        />
      )}
      {sent.count > 0 && (
        <Row
          title={t`${{ tickets: formatTickets(sent.count) }} of unfinished batches that are on the server too`}
          bytes={sent.bytes}
          meaning={t`They can be freed once their whole batch is there.`}
        />
      )}
      <Row
        title={
          freeable.count > 0
            ? t`${{ tickets: formatTickets(freeable.count) }} that are on the server too`
            : t`No tickets that could be freed`
        }
        bytes={freeable.bytes}
        meaning={
          freeable.count > 0
            ? t`They stay on the server. Without a network this device can then neither show nor export them.`
            : t`Tickets can be freed here once the server has all of their batch.`
        }
        action={
          freeable.count > 0 && (
            <Free label={t`Free ${{ tickets: formatTickets(freeable.count) }} here`} free={freeTickets} />
          )
        }
      />
      {savedExports.count > 0 && (
        <Row
          title={plural(savedExports.count, {
            one: '# copy of a saved export file',
            other: '# copies of saved export files',
          })}
          bytes={savedExports.bytes}
          meaning={t`The files that you saved stay where they are. To save one again, it is made anew.`}
          action={
            <Free
              label={plural(savedExports.count, { one: 'Delete # copy', other: 'Delete # copies' })}
              free={freeExports}
            />
          }
        />
      )}
      {unsavedExports.count > 0 && (
        <Row
          title={plural(unsavedExports.count, {
            one: '# export file that is not saved yet',
            other: '# export files that are not saved yet',
          })}
          bytes={unsavedExports.bytes}
          meaning={t`It is nowhere else, and waits under Exports until you save it or remove it from the list.`}
        />
      )}
      {fonts.count > 0 && (
        <Row
          title={plural(fonts.count, { one: '# font for printing', other: '# fonts for printing' })}
          bytes={fonts.bytes}
          meaning={t`Without them PDF files in these scripts take the server again, once each.`}
          action={
            <Free label={plural(fonts.count, { one: 'Delete # font', other: 'Delete # fonts' })} free={freeFonts} />
          }
        />
      )}
      {app.count > 0 && (
        <Row
          title={t`Ticketmint itself`}
          bytes={app.bytes}
          meaning={t`It is what starts without a network, so it stays. Deleting this site’s data in the browser takes all of this.`}
        />
      )}
    </Stack>
  );
}

interface RowProps {
  readonly title: string;
  readonly bytes: number;
  /** What giving it up means, or why it cannot be. */
  readonly meaning: string;
  readonly action?: ReactNode;
}

function Row({ title, bytes, meaning, action }: RowProps) {
  return (
    <Group justify="space-between" gap="xs" align="flex-start">
      <Stack gap={2} flex={1} miw="14rem">
        <Text size="sm" fw={600}>
          {title}
          {bytes > 0 && ` · ${formatBytes(bytes)}`}
        </Text>
        <Text size="sm" c="dimmed">
          {meaning}
        </Text>
      </Stack>
      {action}
    </Group>
  );
}

function Free({ label, free }: { readonly label: string; readonly free: () => Promise<void> }) {
  const queryClient = useQueryClient();
  const freeing = useMutation({
    networkMode: 'always',
    mutationFn: free,
    onSettled: () =>
      Promise.all(
        [storageUseKey, storageQueryKey, keptFontsQuery.queryKey, ['buffered-tickets']].map((queryKey) =>
          queryClient.invalidateQueries({ queryKey }),
        ),
      ),
  });
  return (
    <Stack gap="xs">
      <Button variant="default" loading={freeing.isPending} onClick={() => freeing.mutate()}>
        {label}
      </Button>
      {freeing.error !== null && <ProblemAlert error={freeing.error} title={t`It was not deleted.`} />}
    </Stack>
  );
}
