import { t } from '@lingui/core/macro';
import { Box, Stack, Text } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef } from 'react';
import type { Entry, ScanConflict } from '../../../core/api/gate.ts';
import type { Gate } from '../../../core/api/gate-device.ts';
import { formatCount, formatInstant } from '../../utils/format.ts';
import { isolated } from '../../utils/isolated.ts';

const ROW_HEIGHT = 84;

interface ConflictListProps {
  readonly conflicts: readonly ScanConflict[];
  readonly gates: readonly Gate[];
  readonly timeZone: string;
}

/** Double entries of a rehearsal, up to thousands: which ticket, when and where first, when and where on top. */
export function ConflictList({ conflicts, gates, timeZone }: ConflictListProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: conflicts.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 10,
  });
  const words = ({ at, gate, device }: Entry) => {
    const name = gates.find(({ id }) => id === gate)?.name ?? gate;
    const place = t`${{ gate: isolated(name) }}, device ${{ number: formatCount(numberOf(device)) }}`;
    return `${formatInstant(at, timeZone)} · ${place}`;
  };
  return (
    <Box
      ref={scroller}
      mah="28rem"
      style={{ overflow: 'auto' }}
      tabIndex={0}
      role="region"
      aria-label={t`Double entries, the newest first`}
    >
      <Box component="ul" pos="relative" h={virtualizer.getTotalSize()} m={0} p={0}>
        {virtualizer.getVirtualItems().map(({ key, index, start }) => {
          const { serial, kept, doubled } = conflicts[index] as ScanConflict;
          return (
            <Box
              key={key}
              component="li"
              display="block"
              ref={virtualizer.measureElement}
              data-index={index}
              aria-posinset={index + 1}
              aria-setsize={conflicts.length}
              pos="absolute"
              top={start}
              py={6}
              style={{ insetInline: 0 }}
            >
              <Stack gap={0}>
                <Text size="sm" fw={600}>
                  {t`Ticket ${{ serial: formatCount(serial) }}`}
                </Text>
                <Text size="sm">{t`In: ${{ entry: words(kept) }}`}</Text>
                <Text size="sm">{t`On top: ${{ entry: words(doubled) }}`}</Text>
              </Stack>
            </Box>
          );
        })}
      </Box>
    </Box>
  );
}

/** `rehearsal004` is device 4. */
function numberOf(device: string): number {
  return Number.parseInt(device.replace(/^\D+/, ''), 10);
}
