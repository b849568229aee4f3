import { i18n } from '@lingui/core';
import { msg, t } from '@lingui/core/macro';
import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { TicketType } from '../../../core/api/event.ts';
import type { BatchView } from '../batches/batch-view.ts';
import { useEventId } from '../events/use-event.ts';

interface NextStepProps {
  readonly types: readonly TicketType[];
  readonly batches: readonly BatchView[];
}

const STEPS = {
  types: {
    title: msg`Next: add the ticket types`,
    text: msg`General, VIP, crew: what each costs, how many there are, when they are valid.`,
    button: msg`Add ticket types`,
    to: '/events/$eventId/settings/types',
  },
  mint: {
    title: msg`Next: mint the tickets`,
    text: msg`By quantity or from an attendee list. They are signed on this device, and go to the server by themselves.`,
    button: msg`Mint tickets`,
    to: '/events/$eventId/tickets/mint',
  },
  save: {
    title: msg`Next: save the tickets to disk`,
    text: msg`As a checked CSV file, for the printer or the mailing.`,
    button: msg`Save tickets`,
    to: '/events/$eventId/exports',
  },
} as const;

/** The one thing to do now. */
export function NextStep({ types, batches }: NextStepProps) {
  const eventId = useEventId();
  const hasTypes = types.some((type) => type.archivedAt === null);
  const { title, text, button, to } = STEPS[batches.length > 0 ? 'save' : hasTypes ? 'mint' : 'types'];
  return (
    <Paper withBorder p="md" component="section" aria-label={t`Next step`}>
      <Group justify="space-between" gap="md">
        <Stack gap={4} flex={1} miw="16rem">
          <Title order={2} size="h3">
            {i18n._(title)}
          </Title>
          <Text size="sm" c="dimmed">
            {i18n._(text)}
          </Text>
        </Stack>
        <Group gap="xs">
          {batches.length > 0 && (
            <Button
              variant="default"
              aria-keyshortcuts="n"
              renderRoot={(props) => <Link to="/events/$eventId/tickets/mint" params={{ eventId }} {...props} />}
            >
              {t`Mint more`}
            </Button>
          )}
          <Button renderRoot={(props) => <Link to={to} params={{ eventId }} {...props} />}>{i18n._(button)}</Button>
        </Group>
      </Group>
    </Paper>
  );
}
