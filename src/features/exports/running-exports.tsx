import { Button, Divider, Group, Progress, Stack, Text } from '@mantine/core';
import { Fragment } from 'react';
import { formatAbout, formatBytes, formatCount, formatPercent } from '../../utils/format.ts';
import { Section } from '../mint/section.tsx';
import { ExportRun } from './export-run.tsx';
import { exportService } from './export-service.ts';
import { exportTotals } from './export-totals.ts';
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
    <Section title={areOver ? (exports.length === 1 ? 'Result' : 'Results') : 'Saving'} takesFocus={takesFocus}>
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
  const facts = [
    `${formatCount(records)} of ${formatCount(expectedRecords)} tickets`,
    formatBytes(bytes),
    recordsPerSecond > 0 && `${formatCount(Math.round(recordsPerSecond))} a second`,
    remainingMs !== null && `${formatAbout(remainingMs)} left`,
  ];
  return (
    <Stack gap={6}>
      <Group justify="space-between" gap="sm">
        <Text fw={600}>
          {formatCount(active)} {active === 1 ? 'export' : 'exports'} running
        </Text>
        <Text fw={600}>{formatPercent(records, expectedRecords)}</Text>
      </Group>
      <Progress
        value={expectedRecords === 0 ? 0 : (100 * records) / expectedRecords}
        aria-label="All running exports"
        transitionDuration={100}
      />
      <Text size="sm" c="dimmed">
        {facts.filter((fact) => fact !== false).join(' · ')}
      </Text>
    </Stack>
  );
}
