import { t } from '@lingui/core/macro';
import { Button, EmptyState, Group, Skeleton, Stack, Text } from '@mantine/core';
import { IconCloudOff, IconDoorEnter } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useSyncExternalStore } from 'react';
import type { Admissions } from '../../../core/api/gate.ts';
import { connection } from '../../api/connection.ts';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { formatSince } from '../../utils/format.ts';
import { useEvent } from '../events/use-event.ts';
import { gateDevicesQuery, gatesQuery } from '../gates/api/get-gates.ts';
import { useTypes } from '../types/use-types.ts';
import { rulesQuery } from './api/admission-rules.ts';
import { admissionsQuery } from './api/get-admissions.ts';
import { ArrivalPanel } from './arrival-panel.tsx';
import { DeviceAges } from './device-ages.tsx';
import { FlowTables } from './flow-tables.tsx';
import { LiveFigures } from './live-figures.tsx';

/** How the doors stand, as they are: asked for again every few seconds while somebody looks. */
export function LivePage() {
  const event = useEvent();
  const admissions = useQuery(admissionsQuery(event));
  const { data, error } = admissions;
  if (error !== null && data === undefined)
    return (
      <ProblemAlert
        error={error}
        title={t`The numbers could not be loaded.`}
        onRetry={() => void admissions.refetch()}
      />
    );
  if (data === undefined) return <Skeleton h="24rem" />;
  return (
    <Stack gap="md">
      <AsOf at={data.at} timeZone={event.timeZone} />
      <Doors admissions={data} />
    </Stack>
  );
}

/** Offline, the numbers are those of the last answer: calmly said. */
function AsOf({ at, timeZone }: { readonly at: number; readonly timeZone: string }) {
  const isOnline = useSyncExternalStore(connection.subscribe, () => connection.state === 'online');
  const time = formatSince(at, timeZone);
  return (
    <Group gap={6} role="status" mih="1.5rem">
      {!isOnline && <IconCloudOff size="1.25em" aria-hidden />}
      <Text size="sm" c={isOnline ? 'dimmed' : 'var(--mantine-color-text)'}>
        {isOnline ? t`Kept up to date while this page is open.` : t`As of ${time}, offline. It goes on by itself.`}
      </Text>
    </Group>
  );
}

function Doors({ admissions }: { readonly admissions: Admissions }) {
  const { id, timeZone } = useEvent();
  const types = useTypes();
  const { data: gates = [] } = useQuery(gatesQuery(id));
  const { data: devices = [] } = useQuery(gateDevicesQuery(id));
  const { data: rules } = useQuery(rulesQuery(id));
  const isQuiet = admissions.admitted === 0 && admissions.exited === 0;
  const isPaired = devices.some(({ revokedAt }) => revokedAt === null);
  return (
    <>
      {isQuiet ? (
        <NobodyYet eventId={id} hasGates={gates.length > 0} isPaired={isPaired} />
      ) : (
        <>
          <LiveFigures admissions={admissions} capacity={rules?.capacity ?? null} />
          <ArrivalPanel admissions={admissions} timeZone={timeZone} />
          <FlowTables admissions={admissions} gates={gates} types={types} />
        </>
      )}
      {(!isQuiet || isPaired) && <DeviceAges devices={devices} gates={gates} at={admissions.at} />}
    </>
  );
}

interface NobodyYetProps {
  readonly eventId: string;
  readonly hasGates: boolean;
  readonly isPaired: boolean;
}

function NobodyYet({ eventId, hasGates, isPaired }: NobodyYetProps) {
  return (
    <EmptyState
      icon={<IconDoorEnter aria-hidden />}
      title={t`Nobody was scanned yet`}
      description={
        isPaired
          ? t`As soon as a gate’s device scans a ticket and reaches the server, this page shows who is in.`
          : t`Make a gate and pair a phone or a tablet with it: what it scans is counted here.`
      }
    >
      {!isPaired && (
        <EmptyState.Actions>
          <Button renderRoot={(props) => <Link to="/events/$eventId/gates" params={{ eventId }} {...props} />}>
            {hasGates ? t`Pair a device` : t`Add a gate`}
          </Button>
        </EmptyState.Actions>
      )}
    </EmptyState>
  );
}
