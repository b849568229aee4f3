import { t } from '@lingui/core/macro';
import { Button, Group, Stack, Text } from '@mantine/core';
import { IconTestPipe } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { Panel } from '../../components/facts.tsx';
import { useEvent } from '../events/use-event.ts';

/** The other half: real scans at real devices, with tickets that never pass in earnest. */
export function TestTicketsPanel() {
  const { id: eventId, demo } = useEvent();
  return (
    <Panel title={t`At the door: test tickets`}>
      <Stack gap="sm">
        <Text size="sm">
          {demo === true
            ? t`To try out cameras, scanners and paper, print tickets of this demo event and scan them at a paired device. They pass here, and at no other event.`
            : t`To try out cameras, scanners and paper, mint test tickets, print them and scan them at a paired device. They are signed and printed like all others, but every gate says that they are a rehearsal, and lets nobody in.`}
        </Text>
        {demo !== true && (
          <Group>
            <Button
              variant="default"
              leftSection={<IconTestPipe aria-hidden />}
              renderRoot={(props) => (
                <Link to="/events/$eventId/tickets/mint" params={{ eventId }} search={{ test: true }} {...props} />
              )}
            >
              {t`Mint test tickets`}
            </Button>
          </Group>
        )}
      </Stack>
    </Panel>
  );
}
