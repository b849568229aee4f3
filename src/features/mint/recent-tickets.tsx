import { t } from '@lingui/core/macro';
import { Paper, SimpleGrid, Stack, Text } from '@mantine/core';
import type { RecentTicket } from '../../../core/mint/run-event.ts';
import { QrCode } from '../../components/qr-code.tsx';
import { formatCount } from '../../utils/format.ts';
import { TypeName } from '../types/type-name.tsx';
import { useTypes } from '../types/use-types.ts';

/** The last tickets that were minted, newest first, each with its QR code. */
export function RecentTickets({ tickets }: { readonly tickets: readonly RecentTicket[] }) {
  const types = useTypes();
  return (
    <SimpleGrid component="ul" cols={{ base: 2, xs: 3, sm: 5 }} spacing="sm" m={0} p={0} style={{ listStyle: 'none' }}>
      {tickets.toReversed().map(({ batchId, serial, typeIndex, token, shortCode, seat, holder }) => (
        <Paper component="li" key={`${batchId}/${serial}`} withBorder p="xs">
          <Stack gap={4}>
            <QrCode text={token} label={t`QR code of ticket ${{ serial: formatCount(serial) }}`} />
            <Text component="div" size="sm" truncate>
              <TypeName type={types.find(({ index }) => index === typeIndex)} index={typeIndex} />
            </Text>
            <Text size="sm" c="dimmed" truncate>
              {[t`No. ${{ serial: formatCount(serial) }}`, seat].filter(Boolean).join(' · ')}
            </Text>
            {holder !== null && (
              <Text size="sm" truncate>
                {holder}
              </Text>
            )}
            <Text size="xs" ff="monospace" truncate>
              {shortCode}
            </Text>
          </Stack>
        </Paper>
      ))}
    </SimpleGrid>
  );
}
