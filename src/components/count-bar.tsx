import { t } from '@lingui/core/macro';
import { Progress } from '@mantine/core';
import { formatCount } from '../utils/format.ts';

interface CountBarProps {
  readonly label: string;
  readonly value: number;
  /** 0: not known yet. */
  readonly total: number;
  readonly size: string;
}

/** A bar of things done out of a number of things; screen readers hear the numbers, where Mantine says a percentage. */
export function CountBar({ label, value, total, size }: CountBarProps) {
  return (
    <Progress.Root size={size} transitionDuration={100}>
      <Progress.Section
        value={total === 0 ? 0 : (100 * value) / total}
        withAria={false}
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={total}
        aria-valuenow={value}
        aria-valuetext={t`${{ done: formatCount(value) }} of ${{ total: formatCount(total) }}`}
      />
    </Progress.Root>
  );
}
