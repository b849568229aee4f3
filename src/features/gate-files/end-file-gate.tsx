import { t } from '@lingui/core/macro';
import { Button, Group, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconDeviceTabletOff, IconQrcode } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { forgetSession } from '../gates/kept-session.ts';

/** What a device that was set up from a file may become: paired with a server, or no gate any more. */
export function EndFileGate({ gateName }: { readonly gateName: string }) {
  const [asks, asking] = useDisclosure(false);
  if (!asks)
    return (
      <Stack gap="xs">
        <Button
          variant="default"
          leftSection={<IconQrcode aria-hidden />}
          renderRoot={(props) => <Link to="/gate/pair" {...props} />}
        >
          {t`Pair it with the server`}
        </Button>
        <Button variant="subtle" color="gray" leftSection={<IconDeviceTabletOff aria-hidden />} onClick={asking.open}>
          {t`End scanning here`}
        </Button>
      </Stack>
    );
  const end = () => {
    forgetSession();
    // The page begins anew, as no gate's; what the tablet that mints does not have stays kept.
    location.reload();
  };
  return (
    <Stack gap="xs">
      <Text size="sm">
        {t`To scan at ${gateName} again, this device has to be set up from a file again. Scans that the tablet that mints does not have yet stay on it.`}
      </Text>
      <Group gap="xs">
        <Button color="red" onClick={end}>
          {t`End it`}
        </Button>
        <Button variant="default" onClick={asking.close} autoFocus>
          {t`Go on scanning`}
        </Button>
      </Group>
    </Stack>
  );
}
