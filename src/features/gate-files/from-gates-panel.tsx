import { plural, t } from '@lingui/core/macro';
import { Box, Button, FileButton, Group, Stack, Text } from '@mantine/core';
import { IconUpload } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { type DragEvent, useRef, useState } from 'react';
import { Panel } from '../../components/facts.tsx';
import { sendRefusedAgain } from '../../database/hub-records.ts';
import { formatCount } from '../../utils/format.ts';
import { useEventId } from '../events/use-event.ts';
import classes from '../mint/list-drop.module.css';
import { BroughtItem } from './brought-item.tsx';
import { FileProblem } from './file-problem.tsx';
import { acceptFile, type Brought, bringIn, type HubView } from './hub.ts';

/** What the gates' tablets have saved is brought in here; what became of each file stands below. */
export function FromGatesPanel({ view }: { readonly view: HubView | undefined }) {
  const eventId = useEventId();
  const [brought, setBrought] = useState<readonly Brought[]>([]);
  const bring = useMutation({ mutationFn: (files: readonly File[]) => bringIn(eventId, files), onSuccess: setBrought });
  const replace = (before: Brought, after: Brought | undefined) =>
    setBrought((all) => all.flatMap((one) => (one !== before ? [one] : after === undefined ? [] : [after])));
  const accept = useMutation({
    mutationFn: async (one: Extract<Brought, { kind: 'compare' }>) => replace(one, await acceptFile(one.file)),
  });
  return (
    <Panel title={t`From the gates`}>
      <Stack gap="sm">
        <DropFiles isPending={bring.isPending} onFiles={bring.mutate} />
        {bring.error !== null && <FileProblem error={bring.error} safe={t`Nothing of it was taken.`} />}
        {brought.map((one) => (
          <BroughtItem
            key={'file' in one ? one.file.fileName : one.fileName}
            brought={one}
            isPending={accept.isPending}
            onAccept={accept.mutate}
            onRefuse={() => replace(one, undefined)}
          />
        ))}
        {view !== undefined && <Gathered view={view} eventId={eventId} />}
      </Stack>
    </Panel>
  );
}

function Gathered({
  view: { scans, waiting, refused },
  eventId,
}: {
  readonly view: HubView;
  readonly eventId: string;
}) {
  const again = useMutation({ mutationFn: () => sendRefusedAgain(eventId) });
  if (scans === 0) return null;
  const parts = [plural(scans, { one: '# scan of gates is kept here', other: '# scans of gates are kept here' })];
  if (waiting > 0) parts.push(t`${{ count: formatCount(waiting) }} wait for the server`);
  else if (refused === 0) parts.push(t`the server has all of them`);
  return (
    <Stack gap="xs">
      <Text size="sm" data-testid="gathered">
        {parts.join(' · ')}
      </Text>
      {refused > 0 && (
        <Group gap="sm">
          <Text size="sm">
            {plural(refused, {
              one: 'The server did not take # scan: it does not know the ticket’s batch.',
              other: 'The server did not take # scans: it does not know the tickets’ batches.',
            })}
          </Text>
          <Button variant="default" loading={again.isPending} onClick={() => again.mutate()}>
            {t`Send again`}
          </Button>
        </Group>
      )}
    </Stack>
  );
}

interface DropFilesProps {
  readonly isPending: boolean;
  readonly onFiles: (files: readonly File[]) => void;
}

function DropFiles({ isPending, onFiles }: DropFilesProps) {
  const [isOver, setIsOver] = useState(false);
  // Choosing the same file again counts, too.
  const reset = useRef<() => void>(null);
  const pick = (files: readonly File[]) => {
    reset.current?.();
    if (files.length > 0) onFiles(files);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setIsOver(false);
    pick([...event.dataTransfer.files]);
  };
  return (
    <Box
      className={classes.drop}
      data-over={isOver || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={drop}
    >
      <Group justify="space-between" gap="md">
        <Group gap="sm" wrap="nowrap" miw={0} flex="1 1 14rem">
          <IconUpload aria-hidden style={{ flexShrink: 0 }} />
          <Stack gap={0} miw={0}>
            <Text fw={600}>{t`Drop the files of the gates here`}</Text>
            <Text size="sm" c="dimmed">
              {t`As many at once as there are; a file that is brought twice counts once`}
            </Text>
          </Stack>
        </Group>
        <FileButton multiple onChange={pick} resetRef={reset} inputProps={{ 'aria-label': t`Files with scans` }}>
          {(props) => (
            <Button variant="default" loading={isPending} {...props}>
              {t`Bring in scans`}
            </Button>
          )}
        </FileButton>
      </Group>
    </Box>
  );
}
