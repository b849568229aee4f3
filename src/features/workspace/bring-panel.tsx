import { Alert, Button, FileButton, Group, List, PasswordInput, Stack, Text } from '@mantine/core';
import { IconCircleCheck, IconInfoCircle } from '@tabler/icons-react';
import { useState } from 'react';
import type { WorkspacePlan } from '../../../core/workspace/workspace-job.ts';
import { Panel } from '../../components/facts.tsx';
import { formatBytes, formatCount, formatInstant, formatTickets } from '../../utils/format.ts';
import { JobProgress } from './job-progress.tsx';
import { useWorkspaceJob } from './use-workspace-job.ts';
import { bringWorkspace, inspectWorkspace } from './workspace-job.ts';
import { WorkspaceProblem } from './workspace-problem.tsx';

const NOTHING_CHANGED = 'Nothing on this device was changed.';

/** A file that another device, or this one, has saved: looked through first, then brought in. */
export function BringPanel() {
  const [file, setFile] = useState<File | null>(null);
  const [passphrase, setPassphrase] = useState('');
  const check = useWorkspaceJob((input: File, control) => inspectWorkspace(input, passphrase, control));
  const bring = useWorkspaceJob((input: File, control) => bringWorkspace(input, passphrase, control));
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
    <Panel title="Bring in a file">
      <Stack gap="sm">
        <Text size="sm">
          What the file has and this device lacks is added. Nothing here is replaced or deleted, and you see the numbers
          first.
        </Text>
        <Group gap="sm">
          <FileButton onChange={choose} inputProps={{ 'aria-label': 'Workspace file' }}>
            {(props) => (
              <Button variant="default" disabled={isBusy} {...props}>
                {file === null ? 'Choose a file' : 'Choose another file'}
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
                label="Its passphrase"
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
                  Check the file
                </Button>
              )}
            </Stack>
          </form>
        )}
        {check.job.isPending && (
          <JobProgress label="Checking the file" progress={check.progress} onCancel={check.cancel} />
        )}
        {check.job.error !== null && !check.isCancelled && (
          <WorkspaceProblem error={check.job.error} safe={NOTHING_CHANGED} />
        )}
        {file !== null && check.job.data !== undefined && bring.job.data === undefined && (
          <Plan plan={check.job.data} isBusy={isBusy} onBring={() => bring.job.mutate(file)} />
        )}
        {bring.job.isPending && (
          <JobProgress label="Bringing it in" progress={bring.progress} onCancel={bring.cancel} />
        )}
        {(check.isCancelled || bring.isCancelled) && <Text size="sm">Cancelled. {NOTHING_CHANGED}</Text>}
        {bring.job.error !== null && !bring.isCancelled && (
          <WorkspaceProblem error={bring.job.error} safe={NOTHING_CHANGED} />
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
    <Alert role="status" color="blue" icon={<IconInfoCircle aria-hidden />} title="The file is whole">
      <Stack gap="xs" align="flex-start">
        <Text size="sm">
          Saved on {formatInstant(createdAt)}: {formatTickets(holds.tickets)} in{' '}
          {counted(holds.batches, 'batch', 'batches')}.
        </Text>
        {gains.length === 0 ? (
          <Text size="sm">This device has all of it already.</Text>
        ) : (
          <>
            <Text size="sm">This device gains:</Text>
            <List size="sm" spacing={4}>
              {gains.map((gain) => (
                <List.Item key={gain}>{gain}</List.Item>
              ))}
            </List>
          </>
        )}
        {notUploaded > 0 && (
          <Text size="sm">
            {formatTickets(notUploaded)} of them were not on the server then; they are uploaded from here.
          </Text>
        )}
        {unfinishedBatches > 0 && (
          <Text size="sm">
            {counted(unfinishedBatches, 'batch was', 'batches were')} still being minted. The keys stay on the device
            that made the file: finish there, or have the Tickets page mint the rest anew.
          </Text>
        )}
        {origin !== location.origin && (
          <Text size="sm">
            It was made at {origin}. Its events must be on this server too, or their tickets cannot be uploaded.
          </Text>
        )}
        <Button loading={isBusy} onClick={onBring}>
          {gains.length === 0 ? 'Bring it in anyway' : 'Bring it in'}
        </Button>
      </Stack>
    </Alert>
  );
}

function Brought({ plan }: { readonly plan: WorkspacePlan }) {
  const gains = gainWords(plan);
  return (
    <Alert role="status" color="green" icon={<IconCircleCheck aria-hidden />} title="The file is brought in">
      {gains.length === 0 ? 'This device had all of it already.' : `New here: ${gains.join(', ')}.`}
    </Alert>
  );
}

function gainWords({ gain: { tickets, batches, runs, exports, answers } }: WorkspacePlan): string[] {
  return [
    tickets > 0 && formatTickets(tickets),
    batches > 0 && counted(batches, 'batch', 'batches'),
    runs > 0 && counted(runs, 'run', 'runs'),
    exports > 0 && counted(exports, 'line of the export history', 'lines of the export history'),
    answers > 0 && counted(answers, 'page of event data', 'pages of event data'),
  ].filter((words) => words !== false);
}

function counted(count: number, one: string, many: string): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}
