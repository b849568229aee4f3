import { t } from '@lingui/core/macro';
import { ActionIcon, Button, Checkbox, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { titledColumnWord } from '../tickets/column-words.ts';
import type { ColumnDraft } from './column-draft.ts';

interface ColumnPickerProps {
  readonly columns: readonly ColumnDraft[];
  readonly onChange: (columns: readonly ColumnDraft[]) => void;
  readonly onReset: () => void;
}

/** Which columns, in which order, under which header. */
export function ColumnPicker({ columns, onChange, onReset }: ColumnPickerProps) {
  const change = (id: string, part: Partial<ColumnDraft>) =>
    onChange(columns.map((column) => (column.id === id ? { ...column, ...part } : column)));
  return (
    <Stack gap="xs" role="group" aria-label={t`Columns`}>
      <Text size="sm" c="dimmed">
        {t`A box turns a column on or off; the field is its header.`}
      </Text>
      <Stack gap={6} component="ol" m={0} p={0} style={{ listStyle: 'none' }}>
        {columns.map((column, index) => (
          <ColumnRow
            key={column.id}
            column={column}
            onChange={(part) => change(column.id, part)}
            onUp={index === 0 ? undefined : () => onChange(swapped(columns, index - 1))}
            onDown={index === columns.length - 1 ? undefined : () => onChange(swapped(columns, index))}
          />
        ))}
      </Stack>
      <Group>
        <Button variant="default" onClick={onReset}>
          {t`As usual`}
        </Button>
      </Group>
    </Stack>
  );
}

interface ColumnRowProps {
  readonly column: ColumnDraft;
  readonly onChange: (part: Partial<ColumnDraft>) => void;
  readonly onUp: (() => void) | undefined;
  readonly onDown: (() => void) | undefined;
}

function ColumnRow({ column: { id, usualTitle, title, isChosen }, onChange, onUp, onDown }: ColumnRowProps) {
  const name = titledColumnWord({ id, title: usualTitle });
  return (
    <Group component="li" gap="xs" wrap="nowrap" align="flex-end">
      <Checkbox
        px="xs"
        py={12}
        aria-label={name}
        checked={isChosen}
        onChange={(event) => onChange({ isChosen: event.currentTarget.checked })}
      />
      <TextInput
        flex={1}
        miw={0}
        aria-label={t`Header of ${name}`}
        description={name === usualTitle ? undefined : name}
        value={title}
        placeholder={usualTitle}
        maxLength={200}
        disabled={!isChosen}
        onChange={(event) => onChange({ title: event.currentTarget.value })}
      />
      <ActionIcon aria-label={t`Move ${name} up`} disabled={onUp === undefined} onClick={onUp}>
        <IconArrowUp aria-hidden />
      </ActionIcon>
      <ActionIcon aria-label={t`Move ${name} down`} disabled={onDown === undefined} onClick={onDown}>
        <IconArrowDown aria-hidden />
      </ActionIcon>
    </Group>
  );
}

/** With the column at `index` and the one after it exchanged. */
function swapped(columns: readonly ColumnDraft[], index: number): readonly ColumnDraft[] {
  const [first, second] = [columns[index], columns[index + 1]];
  if (first === undefined || second === undefined) return columns;
  return columns.with(index, second).with(index + 1, first);
}
