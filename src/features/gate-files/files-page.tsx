import { t } from '@lingui/core/macro';
import { SimpleGrid, Stack, Text } from '@mantine/core';
import { useEventId } from '../events/use-event.ts';
import { useStored } from '../store/use-stored.ts';
import { FromGatesPanel } from './from-gates-panel.tsx';
import { readHubView } from './hub.ts';
import { HubConflicts } from './hub-conflicts.tsx';
import { HubDevices } from './hub-devices.tsx';
import { OwnKeyPanel } from './own-key-panel.tsx';
import { ToGatesPanel } from './to-gates-panel.tsx';

/** On the tablet that mints, for a day without a server: files to the gates, and their scans back. */
export function FilesPage() {
  const eventId = useEventId();
  const view = useStored(() => readHubView(eventId), [eventId], undefined);
  return (
    <Stack gap="lg">
      <Text c="dimmed" size="sm">
        {t`For a day without a server. This device saves a file for the gates’ tablets, and takes their scans back: by a cable, a card or a share. No name is in these files.`}
      </Text>
      <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="lg">
        <ToGatesPanel />
        <OwnKeyPanel />
      </SimpleGrid>
      <FromGatesPanel view={view} />
      {view !== undefined && view.conflicts.length > 0 && <HubConflicts conflicts={view.conflicts} />}
      {view !== undefined && view.devices.length > 0 && <HubDevices devices={view.devices} />}
    </Stack>
  );
}
