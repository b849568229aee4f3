import { t } from '@lingui/core/macro';
import { Anchor, Paper, SimpleGrid, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Admissions } from '../../../core/api/gate.ts';
import { CountBar } from '../../components/count-bar.tsx';
import { formatCount, formatPercent } from '../../utils/format.ts';
import { useEventId } from '../events/use-event.ts';

interface LiveFiguresProps {
  readonly admissions: Admissions;
  /** How many may be inside; null: no limit, or not known. */
  readonly capacity: number | null;
}

/** Where the door stands, in four numbers. */
export function LiveFigures({ admissions, capacity }: LiveFiguresProps) {
  const { used, tickets, exited, conflicts } = admissions;
  // Who left by a ticket that nobody knew to be inside is counted nowhere: it cannot be fewer than nobody.
  const inside = Math.max(0, admissions.inside);
  return (
    <SimpleGrid cols={{ base: 2, lg: 4 }} spacing={{ base: 'xs', md: 'md' }}>
      <Figure label={t`On site now`} value={inside}>
        {capacity === null ? (
          <Hint>{t`no limit is set`}</Hint>
        ) : (
          <Stack gap={4} mt={4}>
            <CountBar label={t`On site now`} value={Math.min(inside, capacity)} total={capacity} size="sm" />
            <Hint>{capacityWords(inside, capacity)}</Hint>
          </Stack>
        )}
      </Figure>
      <Figure label={t`Tickets that came in`} value={used}>
        <Hint>{t`${{ percent: formatPercent(used, tickets) }} of ${{ tickets: formatCount(tickets) }}`}</Hint>
      </Figure>
      <Figure label={t`Went out`} value={exited}>
        <Hint>{t`scanned out at a gate`}</Hint>
      </Figure>
      <Figure label={t`Double entries`} value={conflicts}>
        <Conflicts count={conflicts} />
      </Figure>
    </SimpleGrid>
  );
}

function capacityWords(inside: number, capacity: number): string {
  const most = formatCount(capacity);
  if (inside > capacity) return t`${{ count: formatCount(inside - capacity) }} more than the ${most} allowed`;
  return inside === capacity
    ? t`full: ${most} are allowed`
    : t`of ${most} allowed, room for ${{ count: formatCount(capacity - inside) }}`;
}

function Conflicts({ count }: { readonly count: number }) {
  const eventId = useEventId();
  if (count === 0) return <Hint>{t`none found`}</Hint>;
  return (
    <Anchor
      size="sm"
      py="xs"
      my="calc(-1 * var(--mantine-spacing-xs))"
      renderRoot={(props) => <Link to="/events/$eventId/gates/conflicts" params={{ eventId }} {...props} />}
    >
      {t`Look at them`}
    </Anchor>
  );
}

function Hint({ children }: { readonly children: ReactNode }) {
  return (
    <Text size="xs" c="dimmed">
      {children}
    </Text>
  );
}

interface FigureProps {
  readonly label: string;
  readonly value: number;
  readonly children: ReactNode;
}

function Figure({ label, value, children }: FigureProps) {
  return (
    <Paper withBorder p="md">
      <Text size="sm" c="dimmed">
        {label}
      </Text>
      <Text fz="h1" fw={650} lh={1.2}>
        {formatCount(value)}
      </Text>
      {children}
    </Paper>
  );
}
