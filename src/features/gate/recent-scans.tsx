import { t } from '@lingui/core/macro';
import { Box, Group, Stack, Text, Title } from '@mantine/core';
import { IconAlertOctagonFilled, IconCircleCheckFilled, IconHelpCircleFilled, IconLogout } from '@tabler/icons-react';
import type { GateKnowledge } from '../../../core/gate/knowledge.ts';
import { formatClock, formatCount } from '../../utils/format.ts';
import type { ScanOutcome } from './scan-outcome.ts';
import { typeNameOf } from './verdict-panel.tsx';
import { headlineOf, reasonOf, toneOf } from './verdict-words.ts';

const LOOKS = {
  in: { Icon: IconCircleCheckFilled, colour: 'green' },
  out: { Icon: IconLogout, colour: 'blue' },
  no: { Icon: IconAlertOctagonFilled, colour: 'red' },
  ask: { Icon: IconHelpCircleFilled, colour: 'yellow' },
} as const;

interface RecentScansProps {
  readonly recent: readonly ScanOutcome[];
  readonly knowledge: GateKnowledge;
}

/** The last scans of this device, newest first. */
export function RecentScans({ recent, knowledge }: RecentScansProps) {
  if (recent.length === 0) return null;
  return (
    <Stack gap="xs">
      <Title order={2} size="h3">
        {t`Last scans`}
      </Title>
      <Stack component="ul" gap="xs" p={0} m={0}>
        {recent.map((outcome) => (
          <RecentScan key={outcome.id} outcome={outcome} knowledge={knowledge} />
        ))}
      </Stack>
    </Stack>
  );
}

function RecentScan({ outcome, knowledge }: { readonly outcome: ScanOutcome; readonly knowledge: GateKnowledge }) {
  const { ticket, at } = outcome;
  const { Icon, colour } = LOOKS[toneOf(outcome)];
  const type = ticket === null ? '' : typeNameOf(ticket, { setup: knowledge.setup, knowledge });
  const number = ticket === null ? '' : t`No. ${{ serial: formatCount(ticket.serial) }}`;
  return (
    <Group component="li" gap="xs" wrap="nowrap" align="flex-start">
      <Icon size="1.25rem" aria-hidden color={`var(--mantine-color-${colour}-light-color)`} style={{ flexShrink: 0 }} />
      <Box miw={0}>
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          {formatClock(at)} · <b>{headlineOf(outcome)}</b>
          {ticket !== null && (
            <>
              {' · '}
              <bdi>{type}</bdi> · {number}
            </>
          )}
        </Text>
        <Text size="sm" c="dimmed">
          {reasonOf(outcome, knowledge.setup)}
        </Text>
      </Box>
    </Group>
  );
}
