import { t } from '@lingui/core/macro';
import { Alert, Button, FileButton, Group, Stack, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import type { ExportRecord } from '../../database/database.ts';
import { downloadDestination } from './destination.ts';
import { withExportWorker } from './export-pool.ts';
import { ExportProblem } from './export-problem.tsx';
import { exportService } from './export-service.ts';

/** What can be done with an export that is over. */
export function HistoryActions({ record }: { readonly record: ExportRecord }) {
  const { id, state, staged, manifest, savedAt } = record;
  const isWaiting = state === 'completed' && savedAt === null && staged.length > 0;
  const save = useMutation({
    networkMode: 'always',
    mutationFn: async () => exportService.save(id, isWaiting ? undefined : await downloadDestination()),
  });
  const retry = useMutation({ networkMode: 'always', mutationFn: () => exportService.retry(id) });
  const forget = useMutation({ networkMode: 'always', mutationFn: () => exportService.forget(id) });
  return (
    <Stack gap="xs">
      <Group gap="xs">
        {staged.length > 0 && (
          <Button
            variant={isWaiting ? 'filled' : 'default'}
            leftSection={isWaiting ? <IconDownload size="1.2em" aria-hidden /> : null}
            loading={save.isPending}
            onClick={() => save.mutate()}
          >
            {isWaiting ? t`Save it now` : t`Save again`}
          </Button>
        )}
        {(state === 'failed' || state === 'cancelled') && (
          // It has a section of its own while it runs; how it ends stands there.
          <Button variant="default" disabled={retry.isPending} onClick={() => retry.mutate()}>
            {state === 'failed' ? t`Try again` : t`Start again`}
          </Button>
        )}
        {manifest !== null && <Verify record={record} />}
        <Button variant="subtle" color="gray" loading={forget.isPending} onClick={() => forget.mutate()}>
          {t`Remove from the list`}
        </Button>
      </Group>
      {save.error !== null && <ExportProblem error={save.error} title={t`The file was not saved.`} wasBegun={false} />}
      {retry.error !== null && <ExportProblem error={retry.error} title={t`The export was not started again.`} />}
      {forget.error !== null && <ProblemAlert error={forget.error} title={t`The export was not removed.`} />}
    </Stack>
  );
}

/** Compares a file with the manifest: the browser's own copy, or one that is shown to it. */
function Verify({ record: { id, staged, manifest } }: { readonly record: ExportRecord }) {
  const verify = useMutation({
    networkMode: 'always',
    mutationFn: async (file: File | null) => {
      const subject = file ?? (await stagedCopy(id));
      const { sha256, bytes } = await withExportWorker((worker) => worker.call((api) => api.hashFile(subject)));
      const wanted = manifest === null ? [] : [manifest, ...manifest.parts];
      return wanted.some((one) => one.sha256 === sha256 && one.bytes === bytes);
    },
  });
  return (
    <>
      {staged.length === 1 ? (
        <Button variant="default" loading={verify.isPending} onClick={() => verify.mutate(null)}>
          {t`Verify`}
        </Button>
      ) : (
        <FileButton onChange={(file) => file !== null && verify.mutate(file)}>
          {(props) => (
            <Button variant="default" loading={verify.isPending} {...props}>
              {t`Verify a file`}
            </Button>
          )}
        </FileButton>
      )}
      {verify.error !== null && <ProblemAlert error={verify.error} title={t`The file could not be read.`} />}
      <VerifyResult isWhole={verify.data} />
    </>
  );
}

async function stagedCopy(id: string): Promise<File> {
  const [only] = await withExportWorker((worker) => worker.call((api) => api.stagedFiles(id)));
  if (only === undefined) throw new Error(t`The browser has cleared this file. Export it again.`);
  return only.file;
}

function VerifyResult({ isWhole }: { readonly isWhole: boolean | undefined }) {
  if (isWhole === undefined) return null;
  return isWhole ? (
    <Text size="sm" role="status">
      {t`The file is whole: its size and SHA-256 are those of the export.`}
    </Text>
  ) : (
    <Alert role="alert" color="red" title={t`This is not the file that was exported.`}>
      {t`It was changed since, or it is another file. Export the tickets again for a whole one.`}
    </Alert>
  );
}
