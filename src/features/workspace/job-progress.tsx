import { t } from '@lingui/core/macro';
import { Button, Group, Stack, Text } from '@mantine/core';
import type { WorkspaceProgress } from '../../../core/workspace/workspace-job.ts';
import { CountBar } from '../../components/count-bar.tsx';
import { formatBytes, formatTickets } from '../../utils/format.ts';

interface JobProgressProps {
  /** What is being done: "Saving everything". */
  readonly label: string;
  /** Null while the key is made from the passphrase, which takes a moment on purpose. */
  readonly progress: WorkspaceProgress | null;
  readonly onCancel: () => void;
}

export function JobProgress({ label, progress, onCancel }: JobProgressProps) {
  return (
    <Stack gap="xs">
      <CountBar label={label} value={progress?.tickets ?? 0} total={progress?.totalTickets ?? 0} size="lg" />
      <Group justify="space-between" gap="sm">
        <Text size="sm" c="dimmed">
          {progress === null
            ? t`Making the key from the passphrase`
            : `${formatTickets(progress.tickets)}, ${formatBytes(progress.bytes)}`}
        </Text>
        <Button variant="default" onClick={onCancel}>
          {t`Cancel`}
        </Button>
      </Group>
    </Stack>
  );
}
