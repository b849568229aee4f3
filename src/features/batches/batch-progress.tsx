import { t } from '@lingui/core/macro';
import { Group, Progress, SimpleGrid, Stack, Text } from '@mantine/core';
import { Panel } from '../../components/facts.tsx';
import { formatCount, formatPercent } from '../../utils/format.ts';
import type { BatchView } from './batch-view.ts';

/** How far a batch has come: minted, on this device, on the server, verified there. */
export function BatchProgress({ batch }: { readonly batch: BatchView }) {
  const { count, minted, buffered, stored, server, local } = batch;
  const hasCopy = local !== undefined && !local.freed;
  return (
    <Panel title={t`Tickets`}>
      <SimpleGrid cols={{ base: 1, xs: hasCopy ? 2 : 3 }} spacing="md">
        <Measure label={t`Minted`} value={minted} of={count} />
        <Measure label={t`On the server`} value={stored} of={count} />
        <Measure label={t`Verified there`} value={server?.verified ?? 0} of={count} />
        {hasCopy && <Measure label={t`Buffered on this device`} value={buffered} of={count} />}
      </SimpleGrid>
    </Panel>
  );
}

function Measure({ label, value, of }: { readonly label: string; readonly value: number; readonly of: number }) {
  return (
    <Stack gap={4}>
      <Group justify="space-between" gap="xs">
        <Text size="sm" c="dimmed">
          {label}
        </Text>
        <Text size="sm" c="dimmed">
          {formatPercent(value, of)}
        </Text>
      </Group>
      <Text size="lg" fw={600} lh={1.2}>
        {formatCount(value)}
      </Text>
      <Progress size="sm" value={of === 0 ? 0 : (100 * value) / of} aria-label={label} />
    </Stack>
  );
}
