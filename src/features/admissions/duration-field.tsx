import { plural, t } from '@lingui/core/macro';
import { Group, NativeSelect, NumberInput } from '@mantine/core';
import { formatCount } from '../../utils/format.ts';

const MINUTE_MS = 60_000;
const UNIT_MS = { minutes: MINUTE_MS, hours: 60 * MINUTE_MS } as const;
type Unit = keyof typeof UNIT_MS;

/** A duration as a form has it; no amount is none at all. */
export interface DurationDraft {
  readonly amount: number | string;
  readonly unit: Unit;
}

/** In the largest unit that says it whole; to the minute. */
export function durationDraft(durationMs: number): DurationDraft {
  const unit = durationMs > 0 && durationMs % UNIT_MS.hours === 0 ? 'hours' : 'minutes';
  return { amount: Math.round(durationMs / UNIT_MS[unit]), unit };
}

export function durationOf({ amount, unit }: DurationDraft): number {
  return Number(amount) * UNIT_MS[unit];
}

/** `2 hours`, `90 minutes`, `1 h 30 min` */
export function durationWords(durationMs: number): string {
  const all = Math.round(durationMs / MINUTE_MS);
  const [hours, minutes] = [Math.floor(all / 60), all % 60];
  if (hours === 0) return plural(minutes, { one: '# minute', other: '# minutes' });
  if (minutes === 0) return plural(hours, { one: '# hour', other: '# hours' });
  return t`${{ hours: formatCount(hours) }} h ${{ minutes: formatCount(minutes) }} min`;
}

interface DurationFieldProps {
  readonly label: string;
  readonly description: string;
  readonly value: DurationDraft;
  readonly maxMs: number;
  readonly onChange: (value: DurationDraft) => void;
}

/** A number, and what it counts. */
export function DurationField({ label, description, value, maxMs, onChange }: DurationFieldProps) {
  return (
    <Group gap="xs" align="flex-end" wrap="nowrap">
      <NumberInput
        flex={1}
        label={label}
        description={description}
        inputWrapperOrder={['label', 'description', 'input', 'error']}
        min={0}
        max={maxMs / UNIT_MS[value.unit]}
        allowDecimal={false}
        allowNegative={false}
        clampBehavior="strict"
        hideControls
        value={value.amount}
        onChange={(amount) => onChange({ ...value, amount })}
      />
      <NativeSelect
        w="8rem"
        aria-label={t`${label}: unit`}
        value={value.unit}
        onChange={({ currentTarget: { value: unit } }) => onChange({ ...value, unit: unit as Unit })}
        data={[
          { value: 'minutes', label: t`minutes` },
          { value: 'hours', label: t`hours` },
        ]}
      />
    </Group>
  );
}
