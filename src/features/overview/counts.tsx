import { t } from '@lingui/core/macro';
import { Paper, SimpleGrid, Text } from '@mantine/core';
import type { EventSummary } from '../../../core/api/event.ts';
import { formatCount, formatPercent } from '../../utils/format.ts';

/** The event's tickets in four numbers. */
export function Counts({ summary }: { readonly summary: EventSummary }) {
  const { stored, verified, revoked, batches, openBatches } = summary;
  const open = openBatches === 0 ? t`all closed` : t`${{ count: formatCount(openBatches) }} open`;
  const checked =
    verified === stored
      ? t`every signature checked`
      : t`${{ percent: formatPercent(verified, stored) }} of signatures checked`;
  return (
    <SimpleGrid cols={{ base: 2, lg: 4 }} spacing={{ base: 'xs', md: 'md' }}>
      <Count label={t`On the server`} value={stored} hint={t`safe`} />
      <Count label={t`Verified`} value={verified} hint={checked} />
      <Count label={t`Revoked`} value={revoked} hint={t`refused at gates`} />
      <Count label={t`Batches`} value={batches} hint={batches === 0 ? t`none yet` : open} />
    </SimpleGrid>
  );
}

function Count({ label, value, hint }: { readonly label: string; readonly value: number; readonly hint: string }) {
  return (
    <Paper withBorder p="md">
      <Text size="sm" c="dimmed">
        {label}
      </Text>
      <Text fz="h1" fw={650} lh={1.2}>
        {formatCount(value)}
      </Text>
      <Text size="xs" c="dimmed">
        {hint}
      </Text>
    </Paper>
  );
}
