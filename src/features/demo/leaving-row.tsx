import { t } from '@lingui/core/macro';
import { Button, Group, Paper, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import type { EventRecord } from '../../../core/api/event.ts';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { type Removal, removals } from './removals.ts';

/** Which events somebody has asked to remove here. */
export function useRemovals(): ReadonlyMap<string, Removal> {
  return useSyncExternalStore(removals.subscribe, removals.all);
}

/** In the list, in the place of an event that is being removed. */
export function LeavingRow({ event, removal }: { readonly event: EventRecord; readonly removal: Removal }) {
  const queryClient = useQueryClient();
  const { name } = event;
  if (removal.state === 'failed')
    return (
      <ProblemAlert
        error={removal.error}
        title={t`${name} was not removed.`}
        onRetry={() => removals.start(event.id, queryClient)}
        action={
          <Button variant="subtle" color="gray" onClick={() => removals.undo(event.id)}>
            {t`Keep it`}
          </Button>
        }
      />
    );
  return (
    <Paper withBorder p="md">
      <Group justify="space-between" wrap="nowrap">
        <Text c="dimmed" role="status" miw={0} style={{ overflowWrap: 'anywhere' }}>
          {removal.state === 'leaving' ? t`${name} is about to be removed` : t`Removing ${name}…`}
        </Text>
        <Button
          variant="default"
          disabled={removal.state === 'removing'}
          onClick={() => removals.undo(event.id)}
          style={{ flexShrink: 0 }}
        >
          {t`Undo`}
        </Button>
      </Group>
    </Paper>
  );
}
