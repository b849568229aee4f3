import { t } from '@lingui/core/macro';
import { Badge, Button } from '@mantine/core';
import { IconCloudUpload } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { undoChange, type WaitingChange } from '../../database/waiting-changes.ts';

/** Beside what holds on this device only. */
export function WaitingMark() {
  return (
    <Badge variant="light" color="yellow" tt="none" leftSection={<IconCloudUpload size="1em" aria-hidden />}>
      {t`On this device, not yet on the server`}
    </Badge>
  );
}

/** Takes a change back that was never sent; what was sent is the server's to confirm first. */
export function UndoChange({ change, label = t`Undo` }: { readonly change: WaitingChange; readonly label?: string }) {
  const undo = useMutation({ mutationFn: () => undoChange(change) });
  return (
    <Button
      variant="default"
      disabled={change.state === 'sending'}
      loading={undo.isPending}
      title={change.state === 'sending' ? t`It is on its way: take it back once the server has answered` : undefined}
      onClick={() => undo.mutate()}
    >
      {change.state === 'sending' ? t`On its way` : label}
    </Button>
  );
}
