import { t } from '@lingui/core/macro';
import { Select } from '@mantine/core';
import type { TicketType } from '../../../core/api/event.ts';

interface TypeSelectProps {
  readonly types: readonly TicketType[];
  readonly typeIndex: number | null;
  readonly onChange: (typeIndex: number | null) => void;
}

/** One ticket type of those that new tickets can be made of. */
export function TypeSelect({ types, typeIndex, onChange }: TypeSelectProps) {
  return (
    <Select
      label={t`Ticket type`}
      placeholder={t`Choose one`}
      allowDeselect={false}
      data={types.map(({ name, index }) => ({ value: String(index), label: name }))}
      value={typeIndex === null ? null : String(typeIndex)}
      onChange={(value) => onChange(value === null ? null : Number(value))}
    />
  );
}
