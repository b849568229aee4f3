import { t } from '@lingui/core/macro';
import { Alert, Anchor, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconCloudUpload } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useEventId } from '../events/use-event.ts';
import type { AttentionItem } from './attention.ts';

const COLOURS = { refused: 'red', quarantined: 'red', lost: 'orange', 'not-uploaded': 'yellow' } as const;

export function AttentionList({ items }: { readonly items: readonly AttentionItem[] }) {
  const eventId = useEventId();
  return (
    <Stack gap="xs" component="section" aria-label={t`Needs attention`}>
      {items.map(({ kind, batchId, happened, todo }) => (
        <Alert
          key={`${kind} ${batchId}`}
          color={COLOURS[kind]}
          icon={kind === 'not-uploaded' ? <IconCloudUpload aria-hidden /> : <IconAlertTriangle aria-hidden />}
          title={happened}
        >
          <Text size="sm">
            {todo}{' '}
            <Anchor
              inherit
              renderRoot={(props) => (
                <Link to="/events/$eventId/tickets/batches/$batchId" params={{ eventId, batchId }} {...props} />
              )}
            >
              {t`Open the batch`}
            </Anchor>
          </Text>
        </Alert>
      ))}
    </Stack>
  );
}
