import { Text, Timeline } from '@mantine/core';
import type { Correction } from '../../../core/api/batch.ts';
import { Panel } from '../../components/facts.tsx';
import { formatInstant } from '../../utils/format.ts';
import { columnWord } from './ticket.ts';

interface CorrectionHistoryProps {
  /** In the order they were made. */
  readonly corrections: readonly Correction[];
  readonly timeZone: string;
}

/** Who corrected what, newest first. */
export function CorrectionHistory({ corrections, timeZone }: CorrectionHistoryProps) {
  return (
    <Panel title="Corrections">
      <Timeline bulletSize="0.75rem" lineWidth={2}>
        {corrections.toReversed().map((correction) => (
          <Timeline.Item
            key={`${correction.column} ${correction.createdAt}`}
            title={
              <Text size="sm" fw={600}>
                {columnWord(correction.column)}: {correction.value ?? 'removed'}
              </Text>
            }
          >
            <Text size="xs" c="dimmed">
              {formatInstant(correction.createdAt, timeZone)} · {correction.createdBy}
            </Text>
          </Timeline.Item>
        ))}
      </Timeline>
    </Panel>
  );
}
