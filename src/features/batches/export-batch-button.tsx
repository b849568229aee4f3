import { t } from '@lingui/core/macro';
import { Button, type ButtonProps, Group, Text } from '@mantine/core';
import { IconFileExport } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { BatchView } from './batch-view.ts';

interface ExportBatchButtonProps extends ButtonProps {
  readonly batch: BatchView;
  /** What it exports: a phone shows the icon alone. */
  readonly 'aria-label': string;
}

/** Opens the exports with this batch chosen. */
export function ExportBatchButton({ batch: { eventId, id }, ...button }: ExportBatchButtonProps) {
  return (
    <Button
      {...button}
      renderRoot={(props) => (
        <Link to="/events/$eventId/exports" params={{ eventId }} search={{ batch: id }} {...props} />
      )}
    >
      <Group gap="xs" wrap="nowrap">
        <IconFileExport size="1.2em" aria-hidden />
        <Text span inherit visibleFrom="sm">
          {t`Export…`}
        </Text>
      </Group>
    </Button>
  );
}
