import { t } from '@lingui/core/macro';
import { ActionIcon, Affix, Button, Group, Paper, Text, useDirection } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useState, useSyncExternalStore } from 'react';
import { isActive, useJobs } from '../jobs/use-jobs.ts';
import { updates } from './updates.ts';

/** Says that a new version is ready. It waits for the person, and the person's button waits for the jobs. */
export function UpdateNote() {
  const state = useSyncExternalStore(updates.subscribe, () => updates.state);
  const [isPutOff, setIsPutOff] = useState(false);
  return state === 'none' || isPutOff ? null : (
    <Note isSwitching={state === 'switching'} onPutOff={() => setIsPutOff(true)} />
  );
}

interface NoteProps {
  readonly isSwitching: boolean;
  /** Until the next load. */
  readonly onPutOff: () => void;
}

function Note({ isSwitching, onPutOff }: NoteProps) {
  const { dir } = useDirection();
  const jobs = useJobs();
  const isBusy = jobs === undefined || jobs.some(({ state }) => isActive(state) && state !== 'paused');
  return (
    <Affix
      position={{ bottom: 'var(--app-shell-footer-height, 0rem)', [dir === 'rtl' ? 'left' : 'right']: 0 }}
      p="md"
      maw="100vw"
    >
      <Paper withBorder shadow="md" p="sm" role="status">
        <Group gap="sm" wrap="nowrap">
          <Text size="sm">{t`A new version is ready.`}</Text>
          <Button
            flex="none"
            variant="default"
            disabled={isBusy && !isSwitching}
            loading={isSwitching}
            onClick={() => void updates.switch()}
          >
            {isBusy ? t`After the jobs` : t`Load it now`}
          </Button>
          <ActionIcon aria-label={t`Later`} onClick={onPutOff}>
            <IconX aria-hidden />
          </ActionIcon>
        </Group>
      </Paper>
    </Affix>
  );
}
