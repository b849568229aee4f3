import { t } from '@lingui/core/macro';
import { Alert, Button, Group, PasswordInput, Stack, Text } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { encodeBase32 } from '../../../core/ticket/base32.ts';
import { WORKSPACE_EXTENSION, WORKSPACE_MIME_TYPE } from '../../../core/workspace/workspace-file.ts';
import type { WorkspaceProgress } from '../../../core/workspace/workspace-job.ts';
import { MIN_PASSPHRASE_LENGTH } from '../../../core/workspace/workspace-key.ts';
import { Copyable } from '../../components/copyable.tsx';
import { Panel } from '../../components/facts.tsx';
import { formatBytes, formatTickets } from '../../utils/format.ts';
import { type JobControl, useWorkerJob } from '../../utils/use-worker-job.ts';
import { pickDestination } from '../exports/destination.ts';
import { JobProgress } from './job-progress.tsx';
import { saveWorkspace } from './workspace-job.ts';
import { WorkspaceProblem } from './workspace-problem.tsx';

interface Saved {
  readonly bytes: number;
  readonly tickets: number;
  readonly fileName: string;
  readonly isDownload: boolean;
}

/** Everything of this device into one file, under a passphrase. */
export function SavePanel() {
  const [passphrase, setPassphrase] = useState('');
  const [suggested, setSuggested] = useState<string | null>(null);
  const { job, progress, cancel, isCancelled } = useWorkerJob(save);
  const isTooShort = passphrase.length < MIN_PASSPHRASE_LENGTH;
  const suggest = () => {
    const made = suggestPassphrase();
    setSuggested(made);
    setPassphrase(made);
  };
  return (
    <Panel title={t`Save everything to a file`}>
      <Stack gap="sm">
        <Text size="sm">
          {t`One encrypted file with the tickets, runs, export history and event data kept on this device: to move to another one, or to be safe. Signing keys and your sign-in never leave this device, so a run that is still minting can be uploaded from the file, but finished only here.`}
        </Text>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (!isTooShort) job.mutate(passphrase);
          }}
        >
          <Stack gap="sm" align="flex-start">
            <PasswordInput
              label={t`Passphrase`}
              description={t`At least ${MIN_PASSPHRASE_LENGTH} characters. Nobody can open the file without it, and it cannot be reset.`}
              w="100%"
              maw="28rem"
              autoComplete="new-password"
              value={passphrase}
              onChange={({ currentTarget: { value } }) => setPassphrase(value)}
              disabled={job.isPending}
            />
            {suggested !== null && suggested === passphrase && <Copyable value={suggested} label={t`passphrase`} />}
            <Group gap="sm">
              <Button type="submit" disabled={isTooShort} loading={job.isPending}>
                {t`Save everything to a file`}
              </Button>
              <Button variant="default" onClick={suggest} disabled={job.isPending}>
                {t`Suggest a passphrase`}
              </Button>
            </Group>
          </Stack>
        </form>
        {job.isPending && <JobProgress label={t`Saving everything`} progress={progress} onCancel={cancel} />}
        {isCancelled && <Text size="sm">{t`Cancelled. No file was left.`}</Text>}
        {job.error !== null && !isCancelled && (
          <WorkspaceProblem error={job.error} safe={t`Nothing on this device was changed, and no file was left.`} />
        )}
        {job.data != null && <SavedNote saved={job.data} />}
      </Stack>
    </Panel>
  );
}

function SavedNote({ saved: { bytes, tickets, fileName, isDownload } }: { readonly saved: Saved }) {
  const place = isDownload
    ? t`It is handed to the browser’s downloads as “${fileName}”.`
    : t`It is saved as “${fileName}”.`;
  return (
    <Alert
      role="status"
      color="green"
      icon={<IconCircleCheck aria-hidden />}
      title={`${formatTickets(tickets)}, ${formatBytes(bytes)}`}
    >
      {t`${place} Keep the passphrase apart from it.`}
    </Alert>
  );
}

/** @returns null when the person closed the picker. */
async function save(passphrase: string, { signal, onProgress }: JobControl<WorkspaceProgress>): Promise<Saved | null> {
  const fileName = `ticketmint-${new Date().toISOString().slice(0, 10)}${WORKSPACE_EXTENSION}`;
  const destination = await pickDestination({ folder: null, fileName, mimeType: WORKSPACE_MIME_TYPE });
  if (destination === null || destination.kind === 'folder') return null;
  const isDownload = destination.kind !== 'file';
  const { bytes, tickets } = await saveWorkspace({ passphrase, fileName, destination }, { signal, onProgress });
  return { bytes, tickets, fileName: isDownload ? fileName : destination.handle.name, isDownload };
}

const GROUP = /.{6}/g;

/** 120 random bits, in four groups that can be read out. */
function suggestPassphrase(): string {
  const letters = encodeBase32(crypto.getRandomValues(new Uint8Array(15)));
  return letters.match(GROUP)?.join('-') ?? letters;
}
