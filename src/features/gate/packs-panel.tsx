import { t } from '@lingui/core/macro';
import { Button, Group, Stack, Text } from '@mantine/core';
import { IconDownload, IconTrash } from '@tabler/icons-react';
import { useState, useSyncExternalStore } from 'react';
import { CODE_BYTES } from '../../../core/gate/code-pack.ts';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import type { StoredPack } from '../../database/gate-pack-database.ts';
import { formatAgo, formatBytes, formatCount } from '../../utils/format.ts';
import type { OpenGate } from './open-gate.ts';

/** What this device has beyond what verification needs: short codes, where somebody asked for them; names, where the event has it. */
export function PacksPanel({ gate }: { readonly gate: OpenGate }) {
  const { packs, link } = gate;
  const { codes, names, failure } = useSyncExternalStore(packs.subscribe, () => packs.view);
  const [error, setError] = useState<unknown>(null);
  const add = () => packs.addCodes().then(link.wake, setError);
  const problem = error ?? failure;
  const size = formatBytes(declaredTickets(gate) * CODE_BYTES);
  return (
    <Stack gap="xs">
      <Text fw={600}>{t`Typed short codes`}</Text>
      {codes === undefined ? (
        <>
          <Text size="sm">
            {t`Without a connection, a typed short code is found only with the codes on this device (${size}). Whoever gets hold of the device could then pass by typing one: put them on it where it is needed.`}
          </Text>
          <Group>
            <Button variant="default" leftSection={<IconDownload aria-hidden />} onClick={add}>
              {t`Put the codes on this device`}
            </Button>
          </Group>
        </>
      ) : (
        <>
          <Text size="sm" role="status">
            {codesWords(codes, declaredTickets(gate))}
          </Text>
          <Group>
            <Button
              variant="subtle"
              color="gray"
              leftSection={<IconTrash aria-hidden />}
              onClick={() => packs.dropCodes().catch(setError)}
            >
              {t`Remove the codes`}
            </Button>
          </Group>
        </>
      )}
      {names !== undefined && (
        <>
          <Text fw={600}>{t`Names`}</Text>
          <Text size="sm" role="status">
            {namesWords(names)}
          </Text>
        </>
      )}
      {problem !== null && (
        <ProblemAlert error={problem} title={t`Not all of it could be fetched; it is tried again.`} />
      )}
    </Stack>
  );
}

/** How many tickets there may be. */
function declaredTickets({ memory }: OpenGate): number {
  const batches = memory.state.knowledge?.batches.values() ?? [];
  return [...batches].reduce((sum, { count }) => sum + count, 0);
}

function codesWords({ tickets, bytes, isWhole, at }: StoredPack, declared: number): string {
  const count = formatCount(tickets);
  if (!isWhole || at === null)
    return t`${count} of ${{ declared: formatCount(declared) }} codes are here; the others come while there is a connection.`;
  return t`${count} codes are on this device (${{ size: formatBytes(bytes) }}), up to date ${{ ago: formatAgo(at) }}. New ones come by themselves.`;
}

function namesWords({ tickets, bytes, isWhole, at }: StoredPack): string {
  const count = formatCount(tickets);
  if (!isWhole || at === null) return t`${count} are here; the others come while there is a connection.`;
  return t`${count} are on this device (${{ size: formatBytes(bytes) }}), up to date ${{ ago: formatAgo(at) }}. Each opens only with its ticket’s code; all go when the event has them shown no more.`;
}
