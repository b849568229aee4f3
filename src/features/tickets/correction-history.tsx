import { t } from '@lingui/core/macro';
import { Group, Text, Timeline } from '@mantine/core';
import { Panel } from '../../components/facts.tsx';
import { formatInstant } from '../../utils/format.ts';
import type { ShownCorrection } from '../changes/overlay.ts';
import { UndoChange, WaitingMark } from '../changes/waiting-mark.tsx';
import { columnWord } from './column-words.ts';

interface CorrectionHistoryProps {
  /** In the order they were made. */
  readonly corrections: readonly ShownCorrection[];
  readonly timeZone: string;
}

/** Who corrected what, newest first. */
export function CorrectionHistory({ corrections, timeZone }: CorrectionHistoryProps) {
  return (
    <Panel title={t`Corrections`}>
      <Timeline bulletSize="0.75rem" lineWidth={2}>
        {corrections.toReversed().map((correction) => (
          <Timeline.Item
            key={`${correction.column} ${correction.createdAt}`}
            title={
              <Text size="sm" fw={600}>
                {columnWord(correction.column)}: {correction.value ?? t`removed`}
              </Text>
            }
          >
            <Text size="xs" c="dimmed">
              {formatInstant(correction.createdAt, timeZone)} · {correction.createdBy}
            </Text>
            {correction.waiting !== undefined && (
              <Group gap="xs" pt={4}>
                <WaitingMark />
                <UndoChange change={correction.waiting} />
              </Group>
            )}
          </Timeline.Item>
        ))}
      </Timeline>
    </Panel>
  );
}
