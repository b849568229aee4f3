import { t } from '@lingui/core/macro';
import { Box, Button } from '@mantine/core';
import { IconQrcode } from '@tabler/icons-react';
import type { Gate } from '../../../core/api/gate-device.ts';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { useEventId } from '../events/use-event.ts';
import { useOpenPairing } from './api/pairing.ts';
import { PairDialog } from './pair-dialog.tsx';

/** Makes a code for a gate, and shows it. */
export function PairButton({ gate }: { readonly gate: Gate }) {
  const open = useOpenPairing(useEventId());
  return (
    <Box>
      <Button
        variant="light"
        leftSection={<IconQrcode size="1.1em" aria-hidden />}
        loading={open.isPending && open.data === undefined}
        aria-label={t`Pair a device with ${{ name: gate.name }}`}
        onClick={() => open.mutate(gate.id)}
      >
        {t`Pair a device`}
      </Button>
      {open.error !== null && <ProblemAlert error={open.error} title={t`No pairing code was made.`} />}
      {open.data !== undefined && (
        <PairDialog
          key={open.data.id}
          gateName={gate.name}
          opened={open.data}
          onRenew={() => open.mutate(gate.id)}
          onClose={open.reset}
        />
      )}
    </Box>
  );
}
