import { t } from '@lingui/core/macro';
import { Alert, Anchor, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconCloudUpload, IconHourglass } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useEventId } from '../events/use-event.ts';
import type { AttentionItem } from './attention.ts';

const LOOKS = {
  refused: { colour: 'red', Icon: IconAlertTriangle },
  quarantined: { colour: 'red', Icon: IconAlertTriangle },
  lost: { colour: 'orange', Icon: IconAlertTriangle },
  'not-approved': { colour: 'yellow', Icon: IconHourglass },
  'not-uploaded': { colour: 'yellow', Icon: IconCloudUpload },
} as const satisfies Record<AttentionItem['kind'], unknown>;

export function AttentionList({ items }: { readonly items: readonly AttentionItem[] }) {
  return (
    <Stack gap="xs" component="section" aria-label={t`Needs attention`}>
      {items.map((item) => (
        <Item key={`${item.kind} ${item.batchId}`} item={item} />
      ))}
    </Stack>
  );
}

function Item({ item: { kind, batchId, happened, todo } }: { readonly item: AttentionItem }) {
  const eventId = useEventId();
  const { colour, Icon } = LOOKS[kind];
  return (
    <Alert color={colour} icon={<Icon aria-hidden />} title={happened}>
      <Text size="sm">
        {todo}{' '}
        <Anchor
          inherit
          renderRoot={(props) =>
            batchId === null ? (
              <Link to="/events/$eventId/tickets" params={{ eventId }} {...props} />
            ) : (
              <Link to="/events/$eventId/tickets/batches/$batchId" params={{ eventId, batchId }} {...props} />
            )
          }
        >
          {batchId === null ? t`Open the batches` : t`Open the batch`}
        </Anchor>
      </Text>
    </Alert>
  );
}
