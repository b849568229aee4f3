import { t } from '@lingui/core/macro';
import { Alert, Button, List, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { chunkRange } from '../../../core/chunk/chunk.ts';
import { formatCount, formatTickets } from '../../utils/format.ts';
import type { BatchView } from './batch-view.ts';

/** What is wrong with a batch: what happened, what is safe, what to do. */
export function BatchAlerts({ batch }: { readonly batch: BatchView }) {
  const { local, server, eventId } = batch;
  return (
    <>
      {local !== undefined && local.refused.length > 0 && (
        <Alert color="red" icon={<IconAlertTriangle aria-hidden />} title={t`The server refused some of these tickets`}>
          <Stack gap="xs">
            <Text size="sm">
              {t`They are kept on this device, and all others go on. Open the mint page to try them again.`}
            </Text>
            <List size="sm">
              {local.refused.slice(0, 20).map(({ seq, code, detail }) => (
                <List.Item key={seq}>
                  {serialsOf(local, seq)}: {detail} ({code})
                </List.Item>
              ))}
            </List>
            <div>
              <Button
                variant="default"
                renderRoot={(props) => (
                  <Link to="/events/$eventId/tickets/mint/$runId" params={{ eventId, runId: local.runId }} {...props} />
                )}
              >
                {t`Open the mint page`}
              </Button>
            </div>
          </Stack>
        </Alert>
      )}
      {server !== undefined && server.quarantined > 0 && (
        <Alert
          color="red"
          icon={<IconAlertTriangle aria-hidden />}
          title={t`${{ tickets: formatTickets(server.quarantined) }} quarantined`}
        >
          <Text size="sm">
            {t`The server checked every signature and found a wrong one among them, so none of these is let in. The others of this batch are safe. Revoke the batch and mint it again, and have the device that minted it looked at.`}
          </Text>
        </Alert>
      )}
      {batch.state === 'lost' && (
        <Alert
          color="orange"
          icon={<IconAlertTriangle aria-hidden />}
          title={t`This device lost the rest of this batch`}
        >
          <Text size="sm">
            {t`Its browser storage was wiped before all was on the server. The ${{ tickets: formatTickets(batch.stored) }} that were there are safe and valid; all other serials of this batch are revoked.`}
          </Text>
        </Alert>
      )}
    </>
  );
}

function serialsOf(shape: { readonly count: number; readonly chunkSize: number }, seq: number): string {
  const { firstSerial, count } = chunkRange(shape, seq);
  return t`Serials ${{ from: formatCount(firstSerial) }} to ${{ to: formatCount(firstSerial + count - 1) }}`;
}
