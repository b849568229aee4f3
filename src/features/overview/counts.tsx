import { Paper, SimpleGrid, Text } from '@mantine/core';
import type { EventSummary } from '../../../core/api/event.ts';
import { formatCount, formatPercent } from '../../utils/format.ts';

/** The event's tickets in four numbers. */
export function Counts({ summary }: { readonly summary: EventSummary }) {
  const { stored, verified, revoked, batches, openBatches } = summary;
  const open = openBatches === 0 ? 'all closed' : `${formatCount(openBatches)} open`;
  const checked =
    verified === stored ? 'every signature checked' : `${formatPercent(verified, stored)} of signatures checked`;
  return (
    <SimpleGrid cols={{ base: 2, lg: 4 }} spacing={{ base: 'xs', md: 'md' }}>
      <Count label="On the server" value={stored} hint="safe" />
      <Count label="Verified" value={verified} hint={checked} />
      <Count label="Revoked" value={revoked} hint="refused at gates" />
      <Count label="Batches" value={batches} hint={batches === 0 ? 'none yet' : open} />
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
