import { plural, t } from '@lingui/core/macro';
import { Box, Button, Divider, Group, Stack, Text } from '@mantine/core';
import { IconDeviceTablet, IconDeviceTabletOff } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { fingerprintOf } from '../../../core/gate/gate-file.ts';
import { decodeBase64Url } from '../../../core/ticket/base64url.ts';
import { Panel } from '../../components/facts.tsx';
import { type HubDevice, trustDevice } from '../../database/hub-records.ts';
import { formatSince } from '../../utils/format.ts';
import { FileProblem } from './file-problem.tsx';

/** The tablets whose scans were brought here, and whose keys were compared. */
export function HubDevices({ devices }: { readonly devices: readonly HubDevice[] }) {
  return (
    <Panel title={t`Tablets of the gates`}>
      <Stack gap="xs" component="ul" p={0} m={0}>
        {devices.map((device, index) => (
          <Box key={device.device} component="li" display="block">
            {index > 0 && <Divider mb="xs" />}
            <Device device={device} />
          </Box>
        ))}
      </Stack>
    </Panel>
  );
}

function Device({ device }: { readonly device: HubDevice }) {
  const { name, count, at, publicKey, isTrusted } = device;
  const { data: fingerprint = '' } = useQuery({
    queryKey: ['gate-files', 'fingerprint', publicKey],
    queryFn: () => fingerprintOf(decodeBase64Url(publicKey)),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const distrust = useMutation({ mutationFn: () => trustDevice(device, false) });
  const Icon = isTrusted ? IconDeviceTablet : IconDeviceTabletOff;
  return (
    <Group gap="sm" align="flex-start" justify="space-between">
      <Group gap="sm" wrap="nowrap" align="flex-start" flex="1 1 14rem" miw={0}>
        <Icon aria-hidden style={{ flexShrink: 0 }} />
        <Stack gap={2} miw={0}>
          <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
            <bdi>{name}</bdi>
          </Text>
          <Text size="sm" c="dimmed">
            {plural(count, { one: '# scan', other: '# scans' })} · {t`file of ${{ time: formatSince(at) }}`}
          </Text>
          <Text size="sm" c="dimmed">
            {isTrusted
              ? t`Key compared`
              : t`Not trusted any more: its files are refused until its key is compared again`}
            {' · '}
            <Text span inherit ff="monospace" dir="ltr">
              {fingerprint}
            </Text>
          </Text>
        </Stack>
      </Group>
      {isTrusted && (
        <Button
          variant="subtle"
          color="red"
          aria-label={t`Trust no more: ${name}`}
          loading={distrust.isPending}
          onClick={() => distrust.mutate()}
        >
          {t`Trust no more`}
        </Button>
      )}
      {distrust.error !== null && <FileProblem error={distrust.error} safe={t`It is still trusted.`} />}
    </Group>
  );
}
