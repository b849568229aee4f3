import { plural, t } from '@lingui/core/macro';
import { Badge, Button, EmptyState, Group, Paper, Skeleton, Stack, Text, Title } from '@mantine/core';
import { IconCircleCheck, IconFileExport } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { Entry, ScanConflict } from '../../../core/api/gate.ts';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { formatAbout, formatCount, formatInstant } from '../../utils/format.ts';
import { useBatches } from '../batches/use-batches.ts';
import { useEvent } from '../events/use-event.ts';
import { gateDevicesQuery, gatesQuery } from '../gates/api/get-gates.ts';
import { TypeName } from '../types/type-name.tsx';
import { useTypes } from '../types/use-types.ts';
import { conflictsQuery } from './api/get-conflicts.ts';

/** Tickets that let in twice, as devices that were apart could not know of each other. */
export function ConflictsPage() {
  const { id: eventId } = useEvent();
  const query = useInfiniteQuery(conflictsQuery(eventId));
  const { data, error } = query;
  if (error !== null && data === undefined)
    return (
      <ProblemAlert
        error={error}
        title={t`The double entries could not be loaded.`}
        onRetry={() => void query.refetch()}
      />
    );
  if (data === undefined) return <Skeleton h="16rem" />;
  const conflicts = withoutRepeats(data.pages.flatMap((page) => page.conflicts));
  const total = data.pages[0]?.total ?? 0;
  if (total === 0) return <NoConflicts eventId={eventId} />;
  return (
    <Stack gap="md">
      <Group justify="space-between" align="flex-start">
        <Stack gap={4} flex="1 1 16rem">
          <Title order={2} size="h3">
            {plural(total, { one: '# double entry', other: '# double entries' })}
          </Title>
          <Text size="sm" c="dimmed">
            {t`Found when devices that were apart sent their scans. The earlier entry by true door time is in force; both people are counted on site.`}
          </Text>
        </Stack>
        <ExportButton eventId={eventId} />
      </Group>
      <ConflictList conflicts={conflicts} />
      <Group gap="sm">
        {query.hasNextPage && (
          <Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {t`Show more`}
          </Button>
        )}
        {conflicts.length < total && (
          <Text size="sm" c="dimmed" role="status">
            {t`${{ shown: formatCount(conflicts.length) }} of ${{ total: formatCount(total) }} are shown, the newest first`}
          </Text>
        )}
      </Group>
      {query.isFetchNextPageError && <ProblemAlert error={error} onRetry={() => void query.fetchNextPage()} />}
    </Stack>
  );
}

/** One that came between two pages is on both. */
function withoutRepeats(conflicts: readonly ScanConflict[]): readonly ScanConflict[] {
  return [...new Map(conflicts.map((conflict) => [conflict.doubled.nonce, conflict])).values()];
}

function NoConflicts({ eventId }: { readonly eventId: string }) {
  return (
    <EmptyState
      icon={<IconCircleCheck aria-hidden />}
      title={t`No double entry was found`}
      description={t`A ticket that lets in twice, at devices without a network, is listed here as soon as both have synced.`}
    >
      <EmptyState.Actions>
        <Button
          variant="default"
          renderRoot={(props) => <Link to="/events/$eventId/gates/live" params={{ eventId }} {...props} />}
        >
          {t`See which devices have synced`}
        </Button>
      </EmptyState.Actions>
    </EmptyState>
  );
}

function ExportButton({ eventId }: { readonly eventId: string }) {
  return (
    <Button
      variant="default"
      leftSection={<IconFileExport size="1.1em" aria-hidden />}
      renderRoot={(props) => (
        <Link to="/events/$eventId/exports" params={{ eventId }} search={{ of: 'check-ins' }} {...props} />
      )}
    >
      {t`Export check-ins`}
    </Button>
  );
}

function ConflictList({ conflicts }: { readonly conflicts: readonly ScanConflict[] }) {
  const { id: eventId } = useEvent();
  const types = useTypes();
  const { views } = useBatches(eventId);
  const typeOf = useMemo(
    () => new Map(views?.map((view) => [view.id, types.find(({ index }) => index === view.typeIndex)])),
    [views, types],
  );
  return (
    <Stack gap="sm" component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
      {conflicts.map((conflict) => (
        <Paper key={conflict.doubled.nonce} withBorder p="md" component="li">
          <Stack gap="sm">
            <Group gap="md">
              <Button
                variant="light"
                renderRoot={(props) => (
                  <Link
                    to="/events/$eventId/tickets/batches/$batchId/tickets/$serial"
                    params={{ eventId, batchId: conflict.batch, serial: String(conflict.serial) }}
                    {...props}
                  />
                )}
              >
                {t`Ticket ${{ serial: formatCount(conflict.serial) }}`}
              </Button>
              {/* Not known while the list of batches is on its way. */}
              {typeOf.has(conflict.batch) && <TypeName type={typeOf.get(conflict.batch)} />}
            </Group>
            <EntryLine entry={conflict.kept} isInForce />
            <EntryLine entry={conflict.doubled} laterMs={conflict.doubled.at - conflict.kept.at} />
          </Stack>
        </Paper>
      ))}
    </Stack>
  );
}

interface EntryLineProps {
  readonly entry: Entry;
  readonly isInForce?: boolean;
  readonly laterMs?: number;
}

/** When, where and by which device; a gate or device that is not known goes by its id. */
function EntryLine({ entry: { at, gate, device }, isInForce = false, laterMs = 0 }: EntryLineProps) {
  const { id: eventId, timeZone } = useEvent();
  const { data: gates } = useQuery(gatesQuery(eventId));
  const { data: devices } = useQuery(gateDevicesQuery(eventId));
  return (
    <Group gap="xs" align="flex-start">
      <Badge variant="light" color={isInForce ? 'green' : 'orange'} size="lg" miw="7rem">
        {isInForce ? t`In force` : t`Double`}
      </Badge>
      <Stack gap={0} flex="1 1 12rem" miw={0}>
        <Text style={{ overflowWrap: 'anywhere' }}>
          <bdi>{gates?.find(({ id }) => id === gate)?.name ?? gate}</bdi> ·{' '}
          <bdi>{devices?.find(({ id }) => id === device)?.name ?? device}</bdi>
        </Text>
        <Text size="sm" c="dimmed">
          {formatInstant(at, timeZone)}
          {!isInForce && ` · ${t`${{ about: formatAbout(laterMs) }} later`}`}
        </Text>
      </Stack>
    </Group>
  );
}
