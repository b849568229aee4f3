import { plural, t } from '@lingui/core/macro';
import { Alert, Button, Group, List, Stack } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import type { ExportManifest } from '../../../core/export/manifest.ts';
import { download } from './destination.ts';
import { rejectionWords } from './fault-words.ts';
import { setAsideCsv } from './set-aside-csv.ts';

/** How many are shown; the list that can be saved has the first 1,000. */
const SHOWN = 5;

/** The records that are not in the file, and why. */
export function SetAside({ manifest }: { readonly manifest: ExportManifest }) {
  const { rejected, rejectedCount, fileName } = manifest;
  const save = useMutation({
    networkMode: 'always',
    mutationFn: async () => download(await setAsideCsv(manifest), `${fileName} set aside.csv`),
  });
  if (rejectedCount === 0) return null;
  const title = plural(rejectedCount, { one: '# ticket was set aside', other: '# tickets were set aside' });
  return (
    <Alert color="yellow" icon={<IconAlertTriangle aria-hidden />} title={title}>
      <Stack gap="xs">
        <List size="sm">
          {rejected.slice(0, SHOWN).map((rejection) => (
            <List.Item key={rejection.key} style={{ overflowWrap: 'anywhere' }}>
              <bdi>{rejection.key}</bdi>: {rejectionWords(rejection)}
            </List.Item>
          ))}
        </List>
        <Group>
          <Button variant="default" loading={save.isPending} onClick={() => save.mutate()}>
            {t`Save the list as CSV`}
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
}
