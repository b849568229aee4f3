import { Affix, Button, Group, Paper, Text } from '@mantine/core';
import { useSyncExternalStore } from 'react';
import { isActive, useJobs } from '../jobs/use-jobs.ts';
import { updates } from './updates.ts';

/** Says that a new version is ready. It waits for the person, and the person's button waits for the jobs. */
export function UpdateNote() {
  const state = useSyncExternalStore(updates.subscribe, () => updates.state);
  return state === 'none' ? null : <Note isSwitching={state === 'switching'} />;
}

function Note({ isSwitching }: { readonly isSwitching: boolean }) {
  const jobs = useJobs();
  const isBusy = jobs === undefined || jobs.some(({ state }) => isActive(state) && state !== 'paused');
  return (
    <Affix position={{ bottom: 'var(--app-shell-footer-height, 0rem)', right: 0 }} p="md" maw="100vw">
      <Paper withBorder shadow="md" p="sm" role="status">
        <Group gap="sm" justify="space-between">
          <Text size="sm">A new version is ready.</Text>
          <Button
            variant="default"
            disabled={isBusy && !isSwitching}
            loading={isSwitching}
            onClick={() => void updates.switch()}
          >
            {isBusy ? 'When the jobs are done' : 'Load it now'}
          </Button>
        </Group>
      </Paper>
    </Affix>
  );
}
