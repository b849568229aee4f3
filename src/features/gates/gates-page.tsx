import { plural, t } from '@lingui/core/macro';
import { Button, EmptyState, Group, Paper, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconDoorEnter, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { RulesPanel } from '../admissions/rules-panel.tsx';
import { useEventId } from '../events/use-event.ts';
import { useCreateGate } from './api/change-gates.ts';
import { gateDevicesQuery, gatesQuery } from './api/get-gates.ts';
import { GateForm, NEW_GATE } from './gate-form.tsx';
import { ClosedGate, GateItem } from './gate-item.tsx';

/** The event's gates, each with the devices that are paired with it. */
export function GatesPage() {
  const eventId = useEventId();
  const gates = useQuery(gatesQuery(eventId));
  const { data: devices = [] } = useQuery(gateDevicesQuery(eventId));
  const [isAdding, adding] = useDisclosure(false);
  const open = gates.data?.filter(({ archivedAt }) => archivedAt === null) ?? [];
  const closed = gates.data?.filter(({ archivedAt }) => archivedAt !== null) ?? [];
  const addButton = (
    <Button leftSection={<IconPlus size="1.1em" aria-hidden />} aria-keyshortcuts="n" onClick={adding.open}>
      {t`Add a gate`}
    </Button>
  );
  const isEmpty = gates.data !== undefined && open.length === 0;
  return (
    <Stack gap="lg">
      {gates.data !== undefined && !isEmpty && (
        <Group justify="space-between">
          <Text>{plural(open.length, { one: '# gate is open', other: '# gates are open' })}</Text>
          {!isAdding && addButton}
        </Group>
      )}
      {isAdding && <NewGate eventId={eventId} onDone={adding.close} />}
      {gates.isPending && <Skeleton h="12rem" />}
      {gates.error !== null && gates.data === undefined && (
        <ProblemAlert
          error={gates.error}
          title={t`The gates could not be loaded.`}
          onRetry={() => void gates.refetch()}
        />
      )}
      {isEmpty && !isAdding && (
        <EmptyState
          icon={<IconDoorEnter aria-hidden />}
          title={t`No gate yet`}
          description={t`A gate is where tickets are scanned. Add one, then pair a phone or a tablet with it: it checks tickets also without a network.`}
        >
          {addButton}
        </EmptyState>
      )}
      {open.length > 0 && (
        <Stack gap="md" component="ul" p={0} m={0}>
          {open.map((gate) => (
            <Paper key={gate.id} withBorder p="md" component="li" display="block">
              <GateItem gate={gate} devices={devices.filter(({ gateId }) => gateId === gate.id)} />
            </Paper>
          ))}
        </Stack>
      )}
      {open.length > 0 && <RulesPanel />}
      {closed.length > 0 && (
        <Stack gap="xs">
          <Title order={2} size="h3">
            {t`Closed`}
          </Title>
          <Stack gap="xs" component="ul" p={0} m={0}>
            {closed.map((gate) => (
              <Paper key={gate.id} withBorder p="md" component="li" display="block">
                <ClosedGate gate={gate} />
              </Paper>
            ))}
          </Stack>
        </Stack>
      )}
    </Stack>
  );
}

function NewGate({ eventId, onDone }: { readonly eventId: string; readonly onDone: () => void }) {
  const create = useCreateGate(eventId);
  return (
    <Paper withBorder p="md">
      <Title order={2} size="h3" mb="sm">
        {t`New gate`}
      </Title>
      <GateForm
        initial={NEW_GATE}
        submitLabel={t`Add gate`}
        isPending={create.isPending}
        error={create.error}
        onSubmit={(input) => create.mutate(input, { onSuccess: onDone })}
        onCancel={onDone}
      />
    </Paper>
  );
}
