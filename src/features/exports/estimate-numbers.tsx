import { i18n } from '@lingui/core';
import { msg, plural, t } from '@lingui/core/macro';
import { Stack, Text } from '@mantine/core';
import { Figures } from '../../components/figures.tsx';
import { formatAbout, formatBytes, formatCount } from '../../utils/format.ts';
import type { Estimate } from './estimate.ts';

const BASES = {
  history: msg`The time is that of the last exports on this device.`,
  trial: msg`Size and time are measured on the first tickets.`,
} as const;

/** How many, how big, how long. */
export function EstimateNumbers({ estimate, files }: { readonly estimate: Estimate; readonly files: number }) {
  const { records, isExact, bytes, durationMs, basis } = estimate;
  const facts = [
    { label: t`Tickets`, value: records === null ? '–' : countOf(records, isExact) },
    {
      label: files === 1 ? t`File` : plural(files, { one: '# file', other: '# files' }),
      value: bytes === null ? '–' : sizeOf(bytes),
    },
    { label: t`Time`, value: durationMs === null ? '–' : formatAbout(durationMs) },
  ];
  return (
    <Stack gap={4}>
      <Figures figures={facts} cols={3} />
      {basis !== null && (
        <Text size="sm" c="dimmed">
          {i18n._(BASES[basis])}
        </Text>
      )}
    </Stack>
  );
}

function countOf(records: number, isExact: boolean): string {
  const count = formatCount(records);
  return isExact ? count : t`about ${count}`;
}

function sizeOf(bytes: number): string {
  const size = formatBytes(bytes);
  return bytes > 0 && bytes < 100_000 ? size : t`about ${size}`;
}
