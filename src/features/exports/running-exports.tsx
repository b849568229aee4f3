import { plural, t } from '@lingui/core/macro';
import { Button, Divider, Group, Progress, Stack, Text } from '@mantine/core';
import { Fragment } from 'react';
import { formatAbout, formatBytes, formatCount, formatPercent } from '../../utils/format.ts';
import { Section } from '../mint/section.tsx';
import { ExportRun } from './export-run.tsx';
import { exportService } from './export-service.ts';
import { exportTotals } from './export-totals.ts';
import { rateWords } from './export-words.ts';
import { isOver, type LiveExport } from './live-exports.ts';

interface RunningExportsProps {
  readonly exports: readonly LiveExport[];
  /** What closes the section once all are over. */
  readonly closeWord: string;
  readonly takesFocus?: boolean;
  readonly onClose?: () => void;
}

/** Exports that run or have just ended: each with its bar or its result, and all in sum. */
export function RunningExports({ exports, closeWord, takesFocus = false, onClose }: RunningExportsProps) {
  const areOver = exports.every(isOver);
  const close = () => {
    for (const { id } of exports) exportService.dismiss(id);
    onClose?.();
  };
  return (
    <Section title={areOver ? (exports.length === 1 ? t`Result` : t`Results`) : t`Saving`} takesFocus={takesFocus}>
      {exports.length > 1 && !areOver && <Sum exports={exports} />}
      {exports.map((live, index) => (
        <Fragment key={live.id}>
          {index > 0 && <Divider />}
          <ExportRun live={live} isListed />
        </Fragment>
      ))}
      {areOver && (
        <Group>
          <Button variant="default" onClick={close}>
            {closeWord}
          </Button>
        </Group>
      )}
    </Section>
  );
}

function Sum({ exports }: { readonly exports: readonly LiveExport[] }) {
  const { active, records, expectedRecords, bytes, recordsPerSecond, remainingMs } = exportTotals(exports);
  const done = formatCount(records);
  const facts = [
    plural(expectedRecords, { one: `${done} of # record`, other: `${done} of # records` }),
    formatBytes(bytes),
    recordsPerSecond > 0 && rateWords(recordsPerSecond),
    remainingMs !== null && t`${{ time: formatAbout(remainingMs) }} left`,
  ];
  return (
    <Stack gap={6}>
      <Group justify="space-between" gap="sm">
        <Text fw={600}>{plural(active, { one: '# export running', other: '# exports running' })}</Text>
        <Text fw={600}>{formatPercent(records, expectedRecords)}</Text>
      </Group>
      <Progress
        value={expectedRecords === 0 ? 0 : (100 * records) / expectedRecords}
        aria-label={t`All running exports`}
        transitionDuration={100}
      />
      <Text size="sm" c="dimmed">
        {facts.filter((fact) => fact !== false).join(' · ')}
      </Text>
    </Stack>
  );
}
