import { t } from '@lingui/core/macro';
import { Button, Popover, Stack, Text } from '@mantine/core';
import { IconDownload, IconPrinter } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { EXPORT_FORMATS } from '../../../core/export/registry.ts';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { useBatches } from '../batches/use-batches.ts';
import { useEvent } from '../events/use-event.ts';
import { ExportRun } from './export-run.tsx';
import { usualFileName } from './file-name.ts';
import { isOver } from './live-exports.ts';
import { useLiveExport } from './use-exports.ts';
import { useStartExport } from './use-start-export.ts';

interface SaveTicketsButtonProps {
  /** Which batches of the event; all of them unless given. */
  readonly batchIds?: readonly string[];
  /** A table of them unless given. */
  readonly formatId?: 'csv' | 'tickets-pdf';
  readonly isPrimary?: boolean;
}

/** One press saves the tickets with the format's usual options, where exports go; how it goes is shown beneath. */
export function SaveTicketsButton({ batchIds, formatId = 'csv', isPrimary = false }: SaveTicketsButtonProps) {
  const event = useEvent();
  const { views } = useBatches(event.id);
  const { start } = useStartExport();
  const isPrint = formatId === 'tickets-pdf';
  const [exportId, setExportId] = useState<string | null>(null);
  const live = useLiveExport(exportId);
  const batches = views?.filter(({ id }) => batchIds?.includes(id) ?? true) ?? [];
  const save = useMutation({
    networkMode: 'always',
    mutationFn: (where: 'ask' | 'download') => {
      const { extension } = EXPORT_FORMATS[formatId];
      const fileName = usualFileName(event, 'tickets', Date.now(), extension);
      return start({ source: 'tickets', batches, formatId, options: {}, fileName }, where);
    },
    onSuccess: setExportId,
  });
  const isDeclined = save.isSuccess && save.data === null;
  const isRunning = live !== undefined && !isOver(live);
  const close = () => {
    save.reset();
    setExportId(null);
  };
  return (
    <Popover
      opened={live !== undefined || isDeclined || save.isError}
      onChange={(isOpen) => !isOpen && !isRunning && close()}
      position="bottom-end"
      width="min(26rem, 94vw)"
      withinPortal
    >
      <Popover.Target>
        <Button
          variant={isPrimary ? 'filled' : 'default'}
          leftSection={isPrint ? <IconPrinter size="1.2em" aria-hidden /> : <IconDownload size="1.2em" aria-hidden />}
          onClick={() => save.mutate('ask')}
          disabled={batches.length === 0}
          loading={save.isPending || isRunning}
        >
          {isPrint ? t`Tickets to print (PDF)` : t`Save tickets`}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        {save.isError && <ProblemAlert error={save.error} title={t`The export could not be started.`} />}
        {isDeclined && <Declined onDownload={() => save.mutate('download')} />}
        {live !== undefined && <ExportRun live={live} onDownloadInstead={() => save.mutate('download')} />}
      </Popover.Dropdown>
    </Popover>
  );
}

function Declined({ onDownload }: { readonly onDownload: () => void }) {
  return (
    <Stack gap="sm">
      <Text>{t`No file was chosen, so nothing was saved.`}</Text>
      <Button variant="default" onClick={onDownload}>
        {t`Download instead`}
      </Button>
    </Stack>
  );
}
