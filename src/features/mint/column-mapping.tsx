import { i18n, type MessageDescriptor } from '@lingui/core';
import { msg, t } from '@lingui/core/macro';
import { Grid, NativeSelect, Stack, Text } from '@mantine/core';
import { extraColumnName } from '../../../core/attendees/columns.ts';
import type { ListInspection } from '../../../core/attendees/list-file.ts';
import { type ColumnTarget, OFFERED_TARGETS } from '../../../core/attendees/list-options.ts';
import { columnWord } from '../tickets/column-words.ts';

/** Targets that are no columns of tickets, or are called otherwise in lists. */
const TARGET_TITLES: Partial<Record<ColumnTarget, MessageDescriptor>> = {
  holder: msg`Name`,
  'given-name': msg`Given name`,
  'family-name': msg`Family name`,
  type: msg`Ticket type`,
  ignore: msg`Leave out`,
};

interface ColumnMappingProps {
  readonly inspection: ListInspection;
  readonly targets: readonly ColumnTarget[];
  readonly onTarget: (column: number, target: ColumnTarget) => void;
}

/** Each column of the list with its first values, and what becomes of it. */
export function ColumnMapping({ inspection, targets, onTarget }: ColumnMappingProps) {
  const { header, rows } = inspection;
  return (
    <Stack component="ul" gap="sm" m={0} p={0} style={{ listStyle: 'none' }} aria-label={t`Columns`}>
      {header.map((name, column) => {
        const title = name === '' ? t`Column ${{ column: column + 1 }}` : name;
        return (
          // Columns have no identity but their place.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above.
          <Grid component="li" key={column} gap="xs" align="center">
            <Grid.Col span={{ base: 12, xs: 7 }}>
              <Text fw={600} truncate dir="auto" w="fit-content" maw="100%">
                {title}
              </Text>
              <Text size="sm" c="dimmed" truncate dir="auto" w="fit-content" maw="100%">
                {samplesOf(rows, column)}
              </Text>
            </Grid.Col>
            <Grid.Col span={{ base: 12, xs: 5 }}>
              <NativeSelect
                aria-label={t`What “${title}” is`}
                value={targets[column] ?? 'ignore'}
                onChange={(event) => onTarget(column, event.currentTarget.value as ColumnTarget)}
                data={optionsFor(name, targets[column])}
              />
            </Grid.Col>
          </Grid>
        );
      })}
    </Stack>
  );
}

function samplesOf(rows: ListInspection['rows'], column: number): string {
  const values = rows.map((row) => row[column]?.trim() ?? '').filter((value) => value !== '');
  return values.length === 0 ? t`empty in the first rows` : [...new Set(values)].slice(0, 3).join(' · ');
}

function optionsFor(name: string, current: ColumnTarget | undefined) {
  const extras = [...new Set([extraColumnName(name), current].filter((target) => target?.startsWith('x-')))];
  const targets = [...OFFERED_TARGETS.slice(0, -1), ...extras, 'ignore'] as ColumnTarget[];
  return targets.map((value) => ({ value, label: titleOf(value) }));
}

function titleOf(target: ColumnTarget): string {
  const title = TARGET_TITLES[target];
  if (title !== undefined) return i18n._(title);
  return target.startsWith('x-') ? t`Keep as “${{ target: columnWord(target) }}”` : columnWord(target);
}
