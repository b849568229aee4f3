import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Alert, Box, Code, Group, List, Progress, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { type OpenedPairing, PAIRING_MS } from '../../../core/api/gate-device.ts';
import { Copyable } from '../../components/copyable.tsx';
import { formatAbout } from '../../utils/format.ts';
import { LinkQrCode } from './link-qr-code.tsx';

const LOOPBACK = /^http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])/;

interface PairingCodeProps {
  readonly opened: OpenedPairing;
  readonly secondsLeft: number;
}

/** The code as a picture for a camera, and in letters for whoever has none. */
export function PairingCode({ opened: { code, origin }, secondsLeft }: PairingCodeProps) {
  const address = `${origin}/gate/pair`;
  const left = formatAbout(secondsLeft * 1_000);
  return (
    <Group gap="lg" align="flex-start" justify="center">
      {/* In the fragment, which browsers send to nobody. */}
      <LinkQrCode text={`${address}#${code}`} label={t`QR code that pairs one device`} />
      <Stack gap="sm" flex="1 1 16rem" miw={0}>
        {LOOPBACK.test(origin) && (
          <Alert color="yellow" icon={<IconAlertTriangle aria-hidden />}>
            <Trans>
              <bdi>{origin}</bdi> is found on this machine only. To pair another device, open Ticketmint at its https
              address.
            </Trans>
          </Alert>
        )}
        <List type="ordered" spacing="xs">
          <List.Item>{t`On the phone or tablet, scan this with the camera and open the link.`}</List.Item>
          <List.Item>{t`There, press “Ask to be paired”.`}</List.Item>
          <List.Item>{t`Here, compare the digits and confirm.`}</List.Item>
        </List>
        <Box>
          <Text size="sm" c="dimmed">
            {t`Without a camera, open this address and type the code:`}
          </Text>
          <Code style={{ overflowWrap: 'anywhere' }}>{address}</Code>
          <Copyable value={code} label={t`pairing code`} groupsOf={4} />
        </Box>
        <Box>
          <Text size="sm" mb={4}>
            {t`Good for one device, for ${left}`}
          </Text>
          <Progress.Root size="sm">
            <Progress.Section
              value={(100 * secondsLeft * 1_000) / PAIRING_MS}
              withAria={false}
              role="progressbar"
              aria-label={t`Time left`}
              aria-valuemin={0}
              aria-valuemax={PAIRING_MS / 1_000}
              aria-valuenow={secondsLeft}
              aria-valuetext={left}
            />
          </Progress.Root>
        </Box>
      </Stack>
    </Group>
  );
}
