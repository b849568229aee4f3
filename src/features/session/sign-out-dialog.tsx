import { t } from '@lingui/core/macro';
import { Alert, Button, Checkbox, Group, Modal, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { connection } from '../../api/connection.ts';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { countWaiting, useWaiting, type Waiting } from '../waiting/waiting.ts';
import { WaitingList } from '../waiting/waiting-list.tsx';
import { endSession, endSessionLater } from './api/sign-out.ts';
import { hasUnsent, startAfresh } from './device-owner.ts';
import { unsentWords } from './unsent-words.ts';

/** Ends the session where the server can be told, and clears this device, in all its tabs. */
async function signOut(): Promise<void> {
  if (connection.state === 'online') await endSession();
  else endSessionLater();
  startAfresh('/sign-in');
}

/**
 * What signing out would lose, and what can be done about it first. Where it loses nothing it signs out at once; not under the
 * eyes of somebody who is still reading.
 */
export function SignOutDialog({ onClose }: { readonly onClose: () => void }) {
  const waiting = useWaiting();
  const isOnline = useSyncExternalStore(connection.subscribe, () => connection.state === 'online');
  const [uploadsFirst, setUploadsFirst] = useState(false);
  const leave = useMutation({ mutationFn: signOut });
  const [hasAsked, setHasAsked] = useState(false);
  const isFree = waiting !== undefined && !hasUnsent(waiting) && (uploadsFirst || (isOnline && !hasAsked));
  const { mutate, isIdle } = leave;
  useEffect(() => {
    if (isFree && isIdle) mutate();
    else if (isIdle && waiting !== undefined) setHasAsked(true);
  }, [isFree, isIdle, mutate, waiting]);
  if (waiting === undefined || (isFree && leave.error === null)) return null;
  const isUploading = uploadsFirst && countWaiting(waiting) > 0;
  return (
    <Modal opened onClose={onClose} title={t`Sign out`} size="lg">
      <Stack gap="md">
        {isUploading ? (
          <Uploading waiting={waiting} isOnline={isOnline} onStop={() => setUploadsFirst(false)} />
        ) : (
          <Choice
            waiting={waiting}
            isOnline={isOnline}
            isLeaving={leave.isPending}
            onUpload={() => {
              setUploadsFirst(true);
              void uploadAll(waiting);
            }}
            onLeave={() => leave.mutate()}
            onClose={onClose}
          />
        )}
        {leave.error !== null && (
          <ProblemAlert error={leave.error} title={t`You are still signed in, and nothing was deleted.`} />
        )}
      </Stack>
    </Modal>
  );
}

/** Paused runs go on, too: it was asked for. */
async function uploadAll({ runs }: Waiting): Promise<void> {
  const { resumeRun, wakeRuns } = await import('../mint/run-controller.ts');
  for (const { id, state } of runs) if (state === 'paused') await resumeRun(id);
  wakeRuns();
}

function OfflineNote() {
  return (
    <Text size="sm">
      {t`The server cannot be reached. This device would be cleared now, and lets nobody in without the password; the server ends the session when this device reaches it next. Until then the session could be used by someone who takes it out of this browser: where that matters, stay signed in until there is a network.`}
    </Text>
  );
}

interface ChoiceProps {
  readonly waiting: Waiting;
  readonly isOnline: boolean;
  readonly isLeaving: boolean;
  readonly onUpload: () => void;
  readonly onLeave: () => void;
  readonly onClose: () => void;
}

function Choice({ waiting, isOnline, isLeaving, onUpload, onLeave, onClose }: ChoiceProps) {
  const [mayDelete, setMayDelete] = useState(false);
  const isLossy = hasUnsent(waiting);
  const canUpload = isOnline && countWaiting(waiting) > 0;
  return (
    <>
      {isLossy && (
        <Alert color="yellow" icon={<IconAlertTriangle aria-hidden />} title={t`Only this device has these`}>
          <Stack gap="xs">
            <WaitingList waiting={waiting} onLeave={onClose} />
            {waiting.unsavedExports.length + waiting.runningExports > 0 && (
              <Text size="sm">{unsentWords({ ...waiting, runs: [], changes: [] })}</Text>
            )}
          </Stack>
        </Alert>
      )}
      {!isOnline && <OfflineNote />}
      {isLossy && (
        <Checkbox
          label={t`Delete ${{ what: unsentWords(waiting) }}`}
          checked={mayDelete}
          onChange={(event) => setMayDelete(event.currentTarget.checked)}
        />
      )}
      <Group gap="sm">
        {canUpload && <Button onClick={onUpload}>{t`Upload first, then sign out`}</Button>}
        <Button color="red" variant="light" disabled={isLossy && !mayDelete} loading={isLeaving} onClick={onLeave}>
          {isLossy ? t`Delete and sign out` : t`Sign out and clear this device`}
        </Button>
        <Button variant="default" onClick={onClose}>
          {t`Stay signed in`}
        </Button>
      </Group>
    </>
  );
}

interface UploadingProps {
  readonly waiting: Waiting;
  readonly isOnline: boolean;
  readonly onStop: () => void;
}

function Uploading({ waiting, isOnline, onStop }: UploadingProps) {
  return (
    <>
      <Text size="sm" role="status">
        {isOnline ? t`Uploading; it signs out by itself once the server has these.` : t`Waits for the server.`}
      </Text>
      <WaitingList waiting={waiting} />
      <Group>
        <Button variant="default" onClick={onStop}>
          {t`Not now`}
        </Button>
      </Group>
    </>
  );
}
