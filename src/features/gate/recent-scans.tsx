import { t } from '@lingui/core/macro';
import { Box, Button, Group, Stack, Text, Title } from '@mantine/core';
import {
  IconAlertOctagonFilled,
  IconArrowBackUp,
  IconCircleCheckFilled,
  IconHelpCircleFilled,
  IconLogout,
} from '@tabler/icons-react';
import { memo, type ReactNode, useState } from 'react';
import type { GateKnowledge } from '../../../core/gate/knowledge.ts';
import { formatClock, formatCount } from '../../utils/format.ts';
import type { GateDesk } from './gate-desk.ts';
import type { ScanOutcome } from './scan-outcome.ts';
import { useEndOfUndo } from './use-end-of-undo.ts';
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
  readonly desk: GateDesk;
  /** What stands above with its own actions: nothing after a restart. */
  readonly shown: ScanOutcome | undefined;
  /** A scan was taken back: the same code may be shown at once again. */
  readonly onUndone: () => void;
}

/** The last scans of this device, newest first. */
export function RecentScans({ recent, knowledge, desk, shown, onUndone }: RecentScansProps) {
  if (recent.length === 0) return null;
  return (
    <Stack gap="xs">
      <Title order={2} size="h3">
        {t`Last scans`}
      </Title>
      <Stack component="ul" gap="xs" p={0} m={0}>
        {recent.map((outcome) => (
          <RecentScan key={outcome.id} outcome={outcome} knowledge={knowledge}>
            {shown === undefined && outcome === recent[0] && (
              <UndoButton desk={desk} outcome={outcome} onUndone={onUndone} />
            )}
          </RecentScan>
        ))}
      </Stack>
    </Stack>
  );
}

interface UndoButtonProps extends Pick<RecentScansProps, 'desk' | 'onUndone'> {
  readonly outcome: ScanOutcome;
}

/** Of the last scan before a restart, for as long as its minute lasts. */
function UndoButton({ desk, outcome, onUndone }: UndoButtonProps) {
  const [hasFailed, setHasFailed] = useState(false);
  useEndOfUndo(outcome);
  if (!desk.canUndo(outcome)) return null;
  return (
    <Button
      size="compact-md"
      mih="2.75rem"
      variant="default"
      leftSection={<IconArrowBackUp className="mirrored" aria-hidden />}
      onClick={() => desk.undo(outcome).then(onUndone, () => setHasFailed(true))}
    >
      {hasFailed ? t`It was not taken back.` : t`Take it back`}
    </Button>
  );
}

interface RecentScanProps {
  readonly outcome: ScanOutcome;
  readonly knowledge: GateKnowledge;
  readonly children: ReactNode;
}

/** Drawn once: what was said of a scan stays, also while others come. */
const RecentScan = memo(function RecentScan({ outcome, knowledge, children }: RecentScanProps) {
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
        {children}
      </Box>
    </Group>
  );
});
