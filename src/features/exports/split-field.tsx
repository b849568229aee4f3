import { t } from '@lingui/core/macro';
import { NumberInput } from '@mantine/core';
import type { FormatId } from '../../../core/export/registry.ts';

interface SplitFieldProps {
  /** `undefined`: one file holds all. */
  readonly value: number | undefined;
  readonly onChange: (recordsPerFile: number | undefined) => void;
}

/** Splits a format into several files: for printers and mail that take only so much at once. */
export function SplitField({ value, onChange }: SplitFieldProps) {
  return (
    <NumberInput
      label={t`Tickets a file, at most`}
      description={t`Empty: one file holds all. After a crash, finished files need not be written again.`}
      maw="28rem"
      value={value ?? ''}
      min={1}
      max={100_000_000}
      allowDecimal={false}
      thousandSeparator
      hideControls
      onChange={(count) => onChange(typeof count === 'number' && count >= 1 ? count : undefined)}
    />
  );
}

type Counts = Readonly<Partial<Record<FormatId, number>>>;

export function withCount(counts: Counts, id: FormatId, count: number | undefined): Counts {
  const { [id]: _, ...others } = counts;
  return count === undefined ? others : { ...others, [id]: count };
}
