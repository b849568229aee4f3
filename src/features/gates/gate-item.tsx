import { t } from '@lingui/core/macro';
import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPencil } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { Gate, GateDevice } from '../../../core/api/gate-device.ts';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { useEventId } from '../events/use-event.ts';
import { meQuery } from '../session/api/get-me.ts';
import { useTypes } from '../types/use-types.ts';
import { useUpdateGate } from './api/change-gates.ts';
import { DeviceList } from './device-list.tsx';
import { GateForm } from './gate-form.tsx';
import { gateFacts } from './gate-words.ts';
import { PairButton } from './pair-button.tsx';

interface GateItemProps {
  readonly gate: Gate;
  /** Those of this gate, revoked ones included. */
  readonly devices: readonly GateDevice[];
}

/** A gate that is open: its rules, its devices, and what can be done with it. */
export function GateItem({ gate, devices }: GateItemProps) {
  const update = useUpdateGate(useEventId());
  const [isEditing, editing] = useDisclosure(false);
  const { data: me } = useQuery(meQuery);
  const isInUse = devices.some(({ revokedAt }) => revokedAt === null);
  if (isEditing)
    return (
      <GateForm
        initial={gate}
        submitLabel={t`Save`}
        isPending={update.isPending}
        error={update.error}
        onSubmit={(patch) => update.mutate({ id: gate.id, patch }, { onSuccess: editing.close })}
        onCancel={editing.close}
      />
    );
  return (
    <Stack gap="sm">
      <Group justify="space-between" align="flex-start" gap="xs">
        <GateHead gate={gate} order={2} />
        <Group gap="xs">
          <Button variant="default" leftSection={<IconPencil size="1.1em" aria-hidden />} onClick={editing.open}>
            {t`Edit`}
          </Button>
          {!isInUse && (
            <Button
              variant="subtle"
              color="gray"
              loading={update.isPending}
              onClick={() => update.mutate({ id: gate.id, patch: { archived: true } })}
            >
              {t`Close`}
            </Button>
          )}
        </Group>
      </Group>
      {update.error !== null && (
        <ProblemAlert error={update.error} title={t`${{ name: gate.name }} was not changed.`} />
      )}
      <DeviceList gateName={gate.name} devices={devices} />
      {me?.role === 'admin' ? (
        <PairButton gate={gate} />
      ) : (
        <Text size="sm" c="dimmed">
          {t`An administrator pairs devices.`}
        </Text>
      )}
    </Stack>
  );
}

/** A gate that nobody scans at; it can be opened again. */
export function ClosedGate({ gate }: { readonly gate: Gate }) {
  const update = useUpdateGate(useEventId());
  return (
    <Stack gap="xs">
      <Group justify="space-between" gap="xs">
        <GateHead gate={gate} order={3} />
        <Button
          variant="default"
          loading={update.isPending}
          onClick={() => update.mutate({ id: gate.id, patch: { archived: false } })}
        >
          {t`Open again`}
        </Button>
      </Group>
      {update.error !== null && (
        <ProblemAlert error={update.error} title={t`${{ name: gate.name }} was not changed.`} />
      )}
    </Stack>
  );
}

/** @param order of its heading: those of gates that are closed stand under one of their own. */
function GateHead({ gate, order }: { readonly gate: Gate; readonly order: 2 | 3 }) {
  const types = useTypes();
  const typeNames = gate.types?.map((type) => types.find(({ index }) => index === type)?.name ?? String(type)) ?? null;
  return (
    <Stack gap={4} flex={1} miw="12rem">
      <Title order={order} size="h3">
        <bdi>{gate.name}</bdi>
      </Title>
      <Text size="sm" c="dimmed">
        {gateFacts(gate, typeNames)}
      </Text>
    </Stack>
  );
}
