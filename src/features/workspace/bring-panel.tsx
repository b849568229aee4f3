import { plural, t } from '@lingui/core/macro';
import { Alert, Button, FileButton, Group, List, PasswordInput, Stack, Text } from '@mantine/core';
import { IconCircleCheck, IconInfoCircle } from '@tabler/icons-react';
import { useState } from 'react';
import type { WorkspacePlan, WorkspaceProgress } from '../../../core/workspace/workspace-job.ts';
import { Panel } from '../../components/facts.tsx';
import { formatBytes, formatInstant, formatList, formatTickets } from '../../utils/format.ts';
import { type JobControl, useWorkerJob } from '../../utils/use-worker-job.ts';
import { JobProgress } from './job-progress.tsx';
import { bringWorkspace, inspectWorkspace } from './workspace-job.ts';
import { WorkspaceProblem } from './workspace-problem.tsx';

/** A file that another device, or this one, has saved: looked through first, then brought in. */
export function BringPanel() {
  const nothingChanged = t`Nothing on this device was changed.`;
  const [file, setFile] = useState<File | null>(null);
  const [passphrase, setPassphrase] = useState('');
  const check = useWorkerJob((input: File, control: JobControl<WorkspaceProgress>) =>
    inspectWorkspace(input, passphrase, control),
  );
  const bring = useWorkerJob((input: File, control: JobControl<WorkspaceProgress>) =>
    bringWorkspace(input, passphrase, control),
  );
  const isBusy = check.job.isPending || bring.job.isPending;
  const reset = () => {
    check.job.reset();
    bring.job.reset();
  };
  const choose = (chosen: File | null) => {
    reset();
    setFile(chosen);
  };
  return (
    <Panel title={t`Bring in a file`}>
      <Stack gap="sm">
        <Text size="sm">
          {t`What the file has and this device lacks is added. Nothing here is replaced or deleted, and you see the numbers first.`}
        </Text>
        <Group gap="sm">
          <FileButton onChange={choose} inputProps={{ 'aria-label': t`Workspace file` }}>
            {(props) => (
              <Button variant="default" disabled={isBusy} {...props}>
                {file === null ? t`Choose a file` : t`Choose another file`}
              </Button>
            )}
          </FileButton>
          {file !== null && (
            <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
              {file.name}, {formatBytes(file.size)}
            </Text>
          )}
        </Group>
        {file !== null && bring.job.data === undefined && (
          <form
            onSubmit={(event) => {
              event.preventDefault();
              bring.job.reset();
              if (passphrase !== '') check.job.mutate(file);
            }}
          >
            <Stack gap="sm" align="flex-start">
              <PasswordInput
                label={t`Its passphrase`}
                w="100%"
                maw="28rem"
                autoComplete="off"
                value={passphrase}
                onChange={({ currentTarget: { value } }) => {
                  reset();
                  setPassphrase(value);
                }}
                disabled={isBusy}
              />
              {check.job.data === undefined && (
                <Button type="submit" variant="default" disabled={passphrase === ''} loading={check.job.isPending}>
                  {t`Check the file`}
                </Button>
              )}
            </Stack>
          </form>
        )}
        {check.job.isPending && (
          <JobProgress label={t`Checking the file`} progress={check.progress} onCancel={check.cancel} />
        )}
        {check.job.error !== null && !check.isCancelled && (
          <WorkspaceProblem error={check.job.error} safe={nothingChanged} />
        )}
        {file !== null && check.job.data !== undefined && bring.job.data === undefined && (
          <Plan plan={check.job.data} isBusy={isBusy} onBring={() => bring.job.mutate(file)} />
        )}
        {bring.job.isPending && (
          <JobProgress label={t`Bringing it in`} progress={bring.progress} onCancel={bring.cancel} />
        )}
        {(check.isCancelled || bring.isCancelled) && <Text size="sm">{t`Cancelled. ${nothingChanged}`}</Text>}
        {bring.job.error !== null && !bring.isCancelled && (
          <WorkspaceProblem error={bring.job.error} safe={nothingChanged} />
        )}
        {bring.job.data !== undefined && <Brought plan={bring.job.data} />}
      </Stack>
    </Panel>
  );
}

interface PlanProps {
  readonly plan: WorkspacePlan;
  readonly isBusy: boolean;
  readonly onBring: () => void;
}

/** What would change, before it does. */
function Plan({ plan, isBusy, onBring }: PlanProps) {
  const { createdAt, origin, holds, notUploaded, unfinishedBatches } = plan;
  const gains = gainWords(plan);
  return (
    <Alert role="status" color="blue" icon={<IconInfoCircle aria-hidden />} title={t`The file is whole`}>
      <Stack gap="xs" align="flex-start">
        <Text size="sm">
          {t`Saved on ${{ time: formatInstant(createdAt) }}: ${{ tickets: formatTickets(holds.tickets) }} in ${{ batches: batchWords(holds.batches) }}.`}
        </Text>
        {gains.length === 0 ? (
          <Text size="sm">{t`This device has all of it already.`}</Text>
        ) : (
          <>
            <Text size="sm">{t`This device gains:`}</Text>
            <List size="sm" spacing={4}>
              {gains.map((gain) => (
                <List.Item key={gain}>{gain}</List.Item>
              ))}
            </List>
          </>
        )}
        {notUploaded > 0 && (
          <Text size="sm">
            {t`${{ tickets: formatTickets(notUploaded) }} of them were not on the server then; they are uploaded from here.`}
          </Text>
        )}
        {unfinishedBatches > 0 && <Text size="sm">{unfinishedWords(unfinishedBatches)}</Text>}
        {origin !== location.origin && (
          <Text size="sm">
            {t`It was made at ${origin}. Its events must be on this server too, or their tickets cannot be uploaded.`}
          </Text>
        )}
        <Button loading={isBusy} onClick={onBring}>
          {gains.length === 0 ? t`Bring it in anyway` : t`Bring it in`}
        </Button>
      </Stack>
    </Alert>
  );
}

function Brought({ plan }: { readonly plan: WorkspacePlan }) {
  const gains = gainWords(plan);
  return (
    <Alert role="status" color="green" icon={<IconCircleCheck aria-hidden />} title={t`The file is brought in`}>
      {gains.length === 0 ? t`This device had all of it already.` : t`New here: ${{ gains: formatList(gains) }}.`}
    </Alert>
  );
}

function gainWords({ gain: { tickets, batches, runs, exports, answers, changes } }: WorkspacePlan): string[] {
  return [
    tickets > 0 && formatTickets(tickets),
    batches > 0 && batchWords(batches),
    runs > 0 && plural(runs, { one: '# run', other: '# runs' }),
    changes > 0 &&
      plural(changes, { one: '# change that waits for the server', other: '# changes that wait for the server' }),
    exports > 0 && plural(exports, { one: '# line of the export history', other: '# lines of the export history' }),
    answers > 0 && plural(answers, { one: '# page of event data', other: '# pages of event data' }),
  ].filter((words) => words !== false);
}

function batchWords(count: number): string {
  return plural(count, { one: '# batch', other: '# batches' });
}

function unfinishedWords(count: number): string {
  return plural(count, {
    one: '# batch was still being minted. The keys stay on the device that made the file: finish there, or have the Tickets page mint the rest anew.',
    other:
      '# batches were still being minted. The keys stay on the device that made the file: finish there, or have the Tickets page mint the rest anew.',
  });
}
