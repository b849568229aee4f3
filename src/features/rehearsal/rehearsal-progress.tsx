import { t } from '@lingui/core/macro';
import { Button, Group, Stack, Text } from '@mantine/core';
import { CountBar } from '../../components/count-bar.tsx';
import { formatAbout, formatCount } from '../../utils/format.ts';
import { Section } from '../mint/section.tsx';
import type { TimedProgress } from './run-rehearsal.ts';

interface RehearsalProgressPanelProps {
  /** Null until the first thousand are through. */
  readonly progress: TimedProgress | null;
  readonly onCancel: () => void;
}

export function RehearsalProgressPanel({ progress, onCancel }: RehearsalProgressPanelProps) {
  const { shown = 0, total = 0, remainingMs = 0 } = progress ?? {};
  return (
    <Section title={t`Rehearsing`} takesFocus>
      <Stack gap="xs">
        <CountBar label={t`Tickets shown`} value={shown} total={total} size="lg" />
        <Group justify="space-between" gap="sm">
          <Text size="sm" c="dimmed">
            {shown === 0
              ? t`Getting ready`
              : `${t`${{ done: formatCount(shown) }} of ${{ total: formatCount(total) }}`} · ${t`${{ time: formatAbout(remainingMs) }} left`}`}
          </Text>
          <Button variant="default" onClick={onCancel}>
            {t`Cancel`}
          </Button>
        </Group>
      </Stack>
    </Section>
  );
}
