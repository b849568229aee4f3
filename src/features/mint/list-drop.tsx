import { t } from '@lingui/core/macro';
import { Box, Button, FileButton, Group, Stack, Text } from '@mantine/core';
import { IconFileSpreadsheet, IconUpload } from '@tabler/icons-react';
import { type DragEvent, useRef, useState } from 'react';
import { formatBytes } from '../../utils/format.ts';
import classes from './list-drop.module.css';

const ACCEPT = '.csv,.tsv,.txt,.xlsx,text/csv,text/tab-separated-values,text/plain';

interface ListDropProps {
  readonly file: File | null;
  readonly onFile: (file: File | null) => void;
}

/** Where a list is dropped or picked; once there is one, its name with a way to choose another. */
export function ListDrop({ file, onFile }: ListDropProps) {
  const [isOver, setIsOver] = useState(false);
  // Picking the same file again, after correcting it, has to count as a pick.
  const reset = useRef<() => void>(null);
  const pick = (picked: File | null) => {
    reset.current?.();
    if (picked !== null) onFile(picked);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setIsOver(false);
    pick(event.dataTransfer.files[0] ?? null);
  };
  const Icon = file === null ? IconUpload : IconFileSpreadsheet;
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
          <Icon aria-hidden style={{ flexShrink: 0 }} />
          <Stack gap={0} miw={0}>
            <Text fw={600} truncate dir="auto" w="fit-content" maw="100%">
              {file === null ? t`Drop an attendee list here` : file.name}
            </Text>
            <Text size="sm" c="dimmed">
              {file === null ? t`CSV with any delimiter and encoding, or XLSX up to 20 MB` : formatBytes(file.size)}
            </Text>
          </Stack>
        </Group>
        <FileButton onChange={pick} accept={ACCEPT} resetRef={reset} inputProps={{ 'aria-label': t`Attendee list` }}>
          {(props) => (
            <Button variant={file === null ? 'filled' : 'default'} {...props}>
              {file === null ? t`Choose a file` : t`Choose another`}
            </Button>
          )}
        </FileButton>
      </Group>
    </Box>
  );
}
