import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button, Group, Text } from '@mantine/core';
import { IconFolder } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { canPickFolder, forgetExportFolder, pickExportFolder } from './destination.ts';

/** Where exports go, and how to change it. */
export function FolderLine({ folder }: { readonly folder: FileSystemDirectoryHandle | null | undefined }) {
  const pick = useMutation({ networkMode: 'always', mutationFn: pickExportFolder });
  const forget = useMutation({ networkMode: 'always', mutationFn: forgetExportFolder });
  if (!canPickFolder())
    return (
      <Text size="sm" c="dimmed">
        {t`The file goes to the browser’s downloads.`}
      </Text>
    );
  return (
    <Group gap="xs">
      <IconFolder size="1.2em" aria-hidden />
      <Text size="sm" flex="1 1 12rem">
        {folder == null ? (
          t`You choose a file when you save. A folder chosen once takes all exports, each under a name of its own.`
        ) : (
          <Trans>
            Exports go into the folder “<bdi>{folder.name}</bdi>”, each under a name of its own.
          </Trans>
        )}
      </Text>
      <Button variant="default" loading={pick.isPending} onClick={() => pick.mutate()}>
        {folder == null ? t`Choose a folder` : t`Another folder`}
      </Button>
      {folder != null && (
        <Button variant="subtle" loading={forget.isPending} onClick={() => forget.mutate()}>
          {t`Ask each time`}
        </Button>
      )}
    </Group>
  );
}
