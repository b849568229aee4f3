import { t } from '@lingui/core/macro';
import { Group, Paper, Progress, Stack, Text, UnstyledButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { formatCount, formatInstant, formatPercent } from '../../utils/format.ts';
import { useEvent } from '../events/use-event.ts';
import { meQuery } from '../session/api/get-me.ts';
import { TypeName } from '../types/type-name.tsx';
import { useTypes } from '../types/use-types.ts';
import { ApproveButton } from './approval-panel.tsx';
import classes from './batch-list.module.css';
import { BatchMarks, BatchStateBadge } from './batch-state.tsx';
import type { BatchView } from './batch-view.ts';
import { ExportBatchButton } from './export-batch-button.tsx';

/** Batches, newest first: a row each, two lines on phones. */
export function BatchList({ batches }: { readonly batches: readonly BatchView[] }) {
  return (
    <Stack gap="xs">
      {batches.map((batch) => (
        <BatchRow key={batch.id} batch={batch} />
      ))}
    </Stack>
  );
}

function BatchRow({ batch }: { readonly batch: BatchView }) {
  const { id: eventId, timeZone } = useEvent();
  const isAdmin = useQuery(meQuery).data?.role === 'admin';
  const type = useTypes().find(({ index }) => index === batch.typeIndex);
  return (
    <Paper withBorder>
      <div className={classes.row}>
        <UnstyledButton
          className={classes.open}
          renderRoot={(props) => (
            <Link to="/events/$eventId/tickets/batches/$batchId" params={{ eventId, batchId: batch.id }} {...props} />
          )}
        >
          <Text fw={600} component="div" className={classes.name}>
            <Group gap="xs" wrap="nowrap">
              <Text span inherit>
                {formatCount(batch.count)} ×
              </Text>
              <TypeName type={type} index={batch.typeIndex} />
            </Group>
          </Text>
          <Text size="sm" c="dimmed" className={classes.when}>
            {formatInstant(batch.startedAt, timeZone)}
            {batch.startedBy !== null && ` · ${batch.startedBy}`}
          </Text>
          <div className={classes.state}>
            <BatchStateBadge state={batch.state} />
          </div>
          <Group gap={4} className={classes.marks}>
            <BatchMarks batch={batch} />
          </Group>
          <Stack gap={4} className={classes.counts}>
            <Text size="sm">{standingOf(batch)}</Text>
            {batch.stored < batch.count && (batch.state === 'minting' || batch.state === 'uploading') && (
              <Progress size="sm" value={(100 * batch.stored) / batch.count} aria-label={t`On the server`} />
            )}
          </Stack>
        </UnstyledButton>
        <ExportBatchButton
          batch={batch}
          variant="subtle"
          color="gray"
          h="auto"
          mih="2.75rem"
          px="sm"
          aria-label={t`Export… ${{ count: formatCount(batch.count) }} × ${{ type: type?.name ?? t`Type ${{ index: batch.typeIndex }}` }}`}
        />
      </div>
      {isAdmin && batch.server?.approval === null && (
        <Group className={classes.approval} gap="sm">
          <Text size="sm" flex="1 1 16rem">
            {t`Gates refuse these tickets until the batch is approved.`}
          </Text>
          <ApproveButton batch={batch} />
        </Group>
      )}
    </Paper>
  );
}

/** What one wants to know of a batch in a line: is it safe, is it checked, is anything wrong. */
function standingOf({ stored, count, buffered, server }: BatchView): string {
  const parts = [t`${{ done: formatCount(stored) }} of ${{ total: formatCount(count) }} on the server`];
  if (server !== undefined && stored > 0) {
    const isVerified = server.verified === stored;
    parts.push(isVerified ? t`all verified` : t`${{ percent: formatPercent(server.verified, stored) }} verified`);
    if (server.quarantined > 0) parts.push(t`${{ count: formatCount(server.quarantined) }} quarantined`);
    if (server.revoked > 0) parts.push(t`${{ count: formatCount(server.revoked) }} revoked`);
  }
  if (buffered > stored) parts.push(t`${{ buffered: formatCount(buffered - stored) }} only on this device`);
  return parts.join(' · ');
}
