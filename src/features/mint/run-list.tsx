import { i18n } from '@lingui/core';
import { t } from '@lingui/core/macro';
import { Badge, Group, Progress, Stack, Text, UnstyledButton } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { relaxedDatabase } from '../../database/database.ts';
import { formatCount, formatInstant, formatTickets } from '../../utils/format.ts';
import { useStored } from '../store/use-stored.ts';
import { useRunProgress } from './run-progress.ts';
import { looksOf } from './run-state.ts';
import { Section } from './section.tsx';

const SHOWN_RUNS = 20;

/** This device's runs of the event, newest first; nothing where there are none. */
export function RunList({ eventId, exceptId }: { readonly eventId: string; readonly exceptId?: string }) {
  const runs = useStored(
    async () => {
      const all = await relaxedDatabase().runs.where('eventId').equals(eventId).toArray();
      return all.sort((left, right) => right.createdAt - left.createdAt).slice(0, SHOWN_RUNS);
    },
    [eventId],
    [],
  );
  const shown = runs?.filter(({ id }) => id !== exceptId) ?? [];
  if (shown.length === 0) return null;
  return (
    <Section title={t`Runs on this device`}>
      <Stack gap={0}>
        {shown.map(({ id }) => (
          <RunItem key={id} eventId={eventId} runId={id} />
        ))}
      </Stack>
    </Section>
  );
}

function RunItem({ eventId, runId }: { readonly eventId: string; readonly runId: string }) {
  const progress = useRunProgress(runId);
  if (progress === undefined) return null;
  const { title, state, total, uploaded, createdAt } = progress;
  const { word, colour, Icon } = looksOf(progress);
  const isOver = state === 'done' || state === 'cancelled';
  return (
    <UnstyledButton
      py="sm"
      renderRoot={(props) => <Link to="/events/$eventId/tickets/mint/$runId" params={{ eventId, runId }} {...props} />}
    >
      <Stack gap={6}>
        <Group justify="space-between" wrap="nowrap" gap="sm">
          <Text fw={600} truncate>
            {title}
          </Text>
          <Badge
            variant="light"
            color={colour}
            size="lg"
            leftSection={<Icon size="1.1em" aria-hidden />}
            style={{ flexShrink: 0 }}
          >
            {i18n._(word)}
          </Badge>
        </Group>
        {!isOver && <Progress value={(100 * uploaded) / total} aria-label={t`${title}: on the server`} />}
        <Text size="sm" c="dimmed">
          {isOver && uploaded === total
            ? t`${{ tickets: formatTickets(total) }} on the server`
            : t`${{ uploaded: formatCount(uploaded) }} of ${{ tickets: formatTickets(total) }} on the server`}{' '}
          · {formatInstant(createdAt)}
        </Text>
      </Stack>
    </UnstyledButton>
  );
}
