import { i18n } from '@lingui/core';
import { msg, plural, t } from '@lingui/core/macro';
import { Stack, Text } from '@mantine/core';
import type { RecordKind } from '../../../core/export/format.ts';
import { Figures } from '../../components/figures.tsx';
import { formatAbout, formatBytes, formatCount } from '../../utils/format.ts';
import type { Estimate } from './estimate.ts';

const BASES = {
  history: msg`The time is that of the last exports on this device.`,
  trial: msg`Size and time are measured on the first of them.`,
} as const;

interface EstimateNumbersProps {
  /** What is exported. */
  readonly of: RecordKind;
  readonly estimate: Estimate;
  readonly files: number;
}

/** How many, how big, how long. */
export function EstimateNumbers({ of, estimate, files }: EstimateNumbersProps) {
  const { records, isExact, bytes, durationMs, basis } = estimate;
  const facts = [
    { label: of === 'tickets' ? t`Tickets` : t`Scans`, value: records === null ? '–' : countOf(records, isExact) },
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
