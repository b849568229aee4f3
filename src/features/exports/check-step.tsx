import { plural, t } from '@lingui/core/macro';
import { Alert, Button, Group, List, Switch, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState, useSyncExternalStore } from 'react';
import type { ExportPlan } from '../../../core/api/export-template.ts';
import type { RecordKind } from '../../../core/export/format.ts';
import { MEMORY_LIMIT_BYTES } from '../../../core/export/job.ts';
import { connection } from '../../api/connection.ts';
import { hasOwnFiles } from '../../database/own-files.ts';
import type { BatchView } from '../batches/batch-view.ts';
import { Section } from '../mint/section.tsx';
import { canPickFile } from './destination.ts';
import { type Estimate, exportNotes } from './estimate.ts';
import { EstimateNumbers } from './estimate-numbers.tsx';
import { ExportProblem } from './export-problem.tsx';
import { FolderLine } from './folder-line.tsx';
import type { UseExport, Where } from './use-export.ts';

interface CheckStepProps {
  readonly plan: ExportPlan;
  readonly batches: readonly BatchView[];
  readonly estimate: Estimate;
  readonly exporter: Pick<UseExport, 'start' | 'folder'>;
  readonly onBack: () => void;
  readonly onStarted: (exportIds: readonly string[]) => void;
}

/** The second step: how much, how long, what to know, where it goes, and the button that starts it. */
export function CheckStep({ plan, batches, estimate, exporter, onBack, onStarted }: CheckStepProps) {
  const { start, folder } = exporter;
  const isSeveral = plan.formats.length > 1 || plan.formats.some(({ recordsPerFile }) => recordsPerFile !== undefined);
  const [inZip, setInZip] = useState(false);
  const connectionState = useSyncExternalStore(connection.subscribe, () => connection.state);
  const bytesAvailable = useBytesAvailable();
  const canPick = folder != null || canPickFile();
  const source = plan.source ?? 'tickets';
  const notes = exportNotes({ source, batches, estimate, connectionState, bytesAvailable, canPick });
  const save = useMutation({
    networkMode: 'always',
    mutationFn: (where: Where) => start(plan, where),
    onSuccess: (ids) => ids.length > 0 && onStarted(ids),
  });
  return (
    <Section title={t`Check`} takesFocus>
      <EstimateNumbers of={source} estimate={estimate} files={plan.formats.length} />
      {notes.length > 0 && (
        <Alert color="yellow" icon={<IconAlertTriangle aria-hidden />} title={t`Good to know before you start`}>
          <List size="sm" spacing={4}>
            {notes.map((note) => (
              <List.Item key={note}>{note}</List.Item>
            ))}
          </List>
        </Alert>
      )}
      <FolderLine folder={folder} />
      {isSeveral && folder === null && <Text size="sm">{t`Without a folder, all files come in one ZIP.`}</Text>}
      {isSeveral && folder != null && (
        <Switch
          py="xs"
          label={t`All files in one ZIP`}
          checked={inZip}
          onChange={(event) => setInZip(event.currentTarget.checked)}
        />
      )}
      {save.isSuccess && save.data.length === 0 && (
        <Text role="status">{t`No file was chosen, so nothing was saved.`}</Text>
      )}
      {save.isError && (
        <ExportProblem error={save.error} title={t`The export could not be started.`} wasBegun={false} />
      )}
      <Group gap="sm">
        <Button
          size="md"
          loading={save.isPending}
          disabled={folder === undefined}
          onClick={() => save.mutate(inZip ? 'zip' : 'ask')}
        >
          {saveWord(source, estimate)}
        </Button>
        {/* Elsewhere saving is a download. */}
        {canPick && (
          <Button size="md" variant="default" disabled={save.isPending} onClick={() => save.mutate('download')}>
            {t`Download`}
          </Button>
        )}
        <Button size="md" variant="default" disabled={save.isPending} onClick={onBack}>
          {t`Back`}
        </Button>
      </Group>
    </Section>
  );
}

function saveWord(of: RecordKind, { records, isExact }: Estimate): string {
  if (of === 'check-ins') return saveScansWord(records, isExact);
  if (records === null) return t`Save tickets`;
  return isExact
    ? plural(records, { one: 'Save # ticket', other: 'Save # tickets' })
    : plural(records, { one: 'Save about # ticket', other: 'Save about # tickets' });
}

function saveScansWord(records: number | null, isExact: boolean): string {
  if (records === null) return t`Save scans`;
  return isExact
    ? plural(records, { one: 'Save # scan', other: 'Save # scans' })
    : plural(records, { one: 'Save about # scan', other: 'Save about # scans' });
}

/** What a download may take; null where the browser does not say. */
function useBytesAvailable(): number | null {
  const { data = null } = useQuery({
    queryKey: ['storage-available'],
    networkMode: 'always',
    queryFn: async () => {
      if (!(await hasOwnFiles())) return MEMORY_LIMIT_BYTES;
      const { quota, usage } = (await navigator.storage?.estimate?.()) ?? {};
      return quota === undefined ? null : quota - (usage ?? 0);
    },
    gcTime: 0,
  });
  return data;
}
