import { plural, t } from '@lingui/core/macro';
import { Anchor, List, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Entry, ScanConflict } from '../../../core/api/gate.ts';
import { Panel } from '../../components/facts.tsx';
import { ownGates } from '../../database/hub-records.ts';
import { formatClock, formatCount } from '../../utils/format.ts';
import { useEventId } from '../events/use-event.ts';
import { gatesQuery } from '../gates/api/get-gates.ts';
import { useStored } from '../store/use-stored.ts';

const SHOWN = 100;

/** Tickets that let in twice at gates that could not reach each other. */
export function HubConflicts({ conflicts }: { readonly conflicts: readonly ScanConflict[] }) {
  const eventId = useEventId();
  const { data: gates = [] } = useQuery(gatesQuery(eventId));
  const own = useStored(() => ownGates(eventId), [eventId], []) ?? [];
  const names = new Map([...own.map(({ gate }) => gate), ...gates].map(({ id, name }) => [id, name]));
  const entry = ({ gate, at }: Entry) => `${names.get(gate) ?? gate}, ${formatClock(at)}`;
  return (
    <Panel title={plural(conflicts.length, { one: '# ticket let in twice', other: '# tickets let in twice' })}>
      <Stack gap="xs">
        <Text size="sm">{t`Two gates that did not know of each other let in the same ticket. The first entry counts.`}</Text>
        <List size="sm" spacing={4} listStyleType="none">
          {conflicts.slice(0, SHOWN).map(({ batch, serial, kept, doubled }) => (
            <List.Item key={doubled.nonce}>
              <Anchor
                inherit
                renderRoot={(props) => (
                  <Link
                    to="/events/$eventId/tickets/batches/$batchId/tickets/$serial"
                    params={{ eventId, batchId: batch, serial: String(serial) }}
                    {...props}
                  />
                )}
              >
                {t`Ticket ${{ serial: formatCount(serial) }}`}
              </Anchor>
              {' · '}
              {t`first ${{ kept: entry(kept) }}; again ${{ doubled: entry(doubled) }}`}
            </List.Item>
          ))}
        </List>
        {conflicts.length > SHOWN && (
          <Text size="sm" c="dimmed">
            {t`The newest ${{ shown: formatCount(SHOWN) }} are shown.`}
          </Text>
        )}
      </Stack>
    </Panel>
  );
}
