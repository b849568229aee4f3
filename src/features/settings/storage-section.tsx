import { t } from '@lingui/core/macro';
import { Alert, Button, Group, Progress, Stack, Text } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { Panel } from '../../components/facts.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { formatBytes, formatCount, formatPercent, formatTickets } from '../../utils/format.ts';
import type { BatchView } from '../batches/batch-view.ts';
import { canFree, freeLocalCopy } from '../batches/free-local-copy.ts';
import { useBatches } from '../batches/use-batches.ts';
import { useEventId } from '../events/use-event.ts';
import { OfflineFonts } from '../fonts/offline-fonts.tsx';
import { TypeName } from '../types/type-name.tsx';
import { useTypes } from '../types/use-types.ts';
import { updates } from '../update/updates.ts';
import { BringPanel } from '../workspace/bring-panel.tsx';
import { SavePanel } from '../workspace/save-panel.tsx';
import { BrowserPanel } from './browser-panel.tsx';
import { SpacePanel } from './space-panel.tsx';
import { persistStorage, readStorage, type StorageState, storageQueryKey } from './storage-state.ts';

/** What this device keeps: how much, whether the browser may clear it, and which batches could be given up. */
export function StorageSection() {
  const storage = useQuery({ queryKey: storageQueryKey, queryFn: readStorage, refetchInterval: 10_000 });
  return (
    <Stack gap="md">
      {storage.data !== undefined && <UsagePanel storage={storage.data} onChange={() => void storage.refetch()} />}
      <SpacePanel />
      <BrowserPanel />
      <CopiesPanel onChange={() => void storage.refetch()} />
      <OfflineFonts />
      <SavePanel />
      <BringPanel />
    </Stack>
  );
}

interface UsagePanelProps {
  readonly storage: StorageState;
  readonly onChange: () => void;
}

function UsagePanel({ storage: { usage, quota, isPersisted, isKept }, onChange }: UsagePanelProps) {
  const persist = useMutation({ mutationFn: persistStorage, onSettled: onChange });
  const isBlocked = useSyncExternalStore(updates.subscribe, () => updates.isBlocked);
  return (
    <Panel title={t`This device`}>
      <Stack gap="sm">
        {usage === undefined || quota === undefined ? (
          <Text size="sm">{t`This browser does not say how much it stores.`}</Text>
        ) : (
          <>
            <Text size="sm">
              {t`${{ used: formatBytes(usage) }} used of ${{ quota: formatBytes(quota) }} (${{ percent: formatPercent(usage, quota) }})`}
            </Text>
            <Progress value={(100 * usage) / quota} aria-label={t`Storage used`} />
          </>
        )}
        {isPersisted === null && (
          <Text size="sm">
            {t`This browser does not say whether it clears this data when space runs short. What is on the server is safe; upload soon, or save everything to a file below.`}
          </Text>
        )}
        {isPersisted === true && (
          <Text size="sm">{t`The browser keeps this data until it is deleted here or in its settings.`}</Text>
        )}
        {isPersisted === false && (
          <Alert
            color="yellow"
            icon={<IconInfoCircle aria-hidden />}
            title={t`The browser may clear this data when space runs short`}
          >
            <Stack gap="xs">
              <Text size="sm">{t`What is on the server is safe. Tickets that are not there yet would be lost.`}</Text>
              <Group>
                <Button variant="default" loading={persist.isPending} onClick={() => persist.mutate()}>
                  {t`Ask the browser to keep it`}
                </Button>
                {persist.data === false && (
                  <Text size="sm" c="dimmed">
                    {t`The browser said no. Installing Ticketmint, or a bookmark to it, often helps.`}
                  </Text>
                )}
              </Group>
            </Stack>
          </Alert>
        )}
        <Text size="sm">{startsOffline(isKept, isBlocked)}</Text>
      </Stack>
    </Panel>
  );
}

function startsOffline(isKept: boolean, isBlocked: boolean): string {
  if (isKept) return t`Ticketmint itself is kept here, and starts without a network.`;
  if (!isSecureContext) return t`Ticketmint starts with a network only: keeping it here takes an https address.`;
  return isBlocked
    ? t`This browser does not let Ticketmint itself be kept here, as in a private window or by its settings: it starts with a network only. While its page is open it works without one, as usual.`
    : t`Ticketmint itself is not kept here yet: it starts with a network only.`;
}

function CopiesPanel({ onChange }: { readonly onChange: () => void }) {
  const { views = [] } = useBatches(useEventId());
  const kept = views.filter(({ buffered }) => buffered > 0);
  return (
    <Panel title={t`Batches of this event kept here`}>
      {kept.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t`None: all tickets are read from the server.`}
        </Text>
      ) : (
        <Stack gap="sm">
          {kept.map((batch) => (
            <CopyRow key={batch.id} batch={batch} onChange={onChange} />
          ))}
        </Stack>
      )}
    </Panel>
  );
}

function CopyRow({ batch, onChange }: { readonly batch: BatchView; readonly onChange: () => void }) {
  const free = useMutation({ mutationFn: () => freeLocalCopy(batch.id), onSettled: onChange });
  const type = useTypes().find(({ index }) => index === batch.typeIndex);
  const isFreeable = batch.local !== undefined && canFree(batch.local);
  return (
    <Stack gap="xs">
      <Group justify="space-between" gap="xs">
        <Stack gap={2} flex={1} miw="14rem">
          <Text size="sm" fw={600} component="div">
            <Group gap="xs">
              {formatCount(batch.count)} × <TypeName type={type} index={batch.typeIndex} />
            </Group>
          </Text>
          <Text size="sm" c="dimmed">
            {isFreeable
              ? t`${{ here: formatTickets(batch.buffered) }} here; the server has all of them`
              : t`${{ here: formatTickets(batch.buffered) }} here; ${{ there: formatTickets(batch.stored) }} on the server`}
          </Text>
        </Stack>
        {isFreeable && (
          <Button variant="default" loading={free.isPending} onClick={() => free.mutate()}>
            {t`Free this copy`}
          </Button>
        )}
      </Group>
      {free.error !== null && <ProblemAlert error={free.error} title={t`The copy was not deleted.`} />}
    </Stack>
  );
}
