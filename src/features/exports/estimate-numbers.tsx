import { Stack, Text } from '@mantine/core';
import { Figures } from '../../components/figures.tsx';
import { formatAbout, formatBytes, formatCount } from '../../utils/format.ts';
import type { Estimate } from './estimate.ts';

const BASES = {
  history: 'The time is that of the last exports on this device.',
  trial: 'Size and time are measured on the first tickets.',
} as const;

/** How many, how big, how long. */
export function EstimateNumbers({ estimate, files }: { readonly estimate: Estimate; readonly files: number }) {
  const { records, isExact, bytes, durationMs, basis } = estimate;
  const facts = [
    { label: 'Tickets', value: records === null ? '–' : `${isExact ? '' : 'about '}${formatCount(records)}` },
    { label: files === 1 ? 'File' : `${files} files`, value: bytes === null ? '–' : about(formatBytes(bytes)) },
    { label: 'Time', value: durationMs === null ? '–' : formatAbout(durationMs) },
  ];
  return (
    <Stack gap={4}>
      <Figures figures={facts} cols={3} />
      {basis !== null && (
        <Text size="sm" c="dimmed">
          {BASES[basis]}
        </Text>
      )}
    </Stack>
  );
}

function about(size: string): string {
  return size.startsWith('under') ? size : `about ${size}`;
}
