import { t } from '@lingui/core/macro';
import { Anchor, Group, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Panel } from '../../components/facts.tsx';
import type { WaitingChange } from '../../database/waiting-changes.ts';
import { formatInstant } from '../../utils/format.ts';
import { changeWords } from './change-words.ts';
import { useChanges } from './use-changes.ts';
import { UndoChange } from './waiting-mark.tsx';

/** The event's corrections that the server does not have yet; nothing where there are none. */
export function WaitingCorrections({ eventId }: { readonly eventId: string }) {
  const waiting = useChanges().filter(
    (change) => change.eventId === eventId && change.content.kind === 'correct' && change.state !== 'refused',
  );
  if (waiting.length === 0) return null;
  return (
    <Panel title={t`Corrections on this device, not yet on the server`}>
      <Stack gap="sm">
        {waiting.map((change) => (
          <WaitingCorrection key={change.nonce} change={change} />
        ))}
      </Stack>
    </Panel>
  );
}

function WaitingCorrection({ change }: { readonly change: WaitingChange }) {
  const { content, eventId, madeAt, madeBy } = change;
  if (content.kind !== 'correct') return null;
  const params = { eventId, batchId: content.batch, serial: String(content.serial) };
  return (
    <Group justify="space-between" gap="xs">
      <Stack gap={2} flex={1} miw="14rem">
        <Anchor
          size="sm"
          fw={600}
          renderRoot={(props) => (
            <Link to="/events/$eventId/tickets/batches/$batchId/tickets/$serial" params={params} {...props} />
          )}
        >
          {changeWords(content)}
        </Anchor>
        <Text size="xs" c="dimmed">
          {formatInstant(madeAt)} · {madeBy}
        </Text>
      </Stack>
      <UndoChange change={change} />
    </Group>
  );
}
