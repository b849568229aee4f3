import { i18n, type MessageDescriptor } from '@lingui/core';
import { msg, t } from '@lingui/core/macro';
import { SegmentedControl, Select, SimpleGrid, Stack } from '@mantine/core';
import type { Sort } from '../../../core/export/common-options.ts';
import type { Column } from '../../../core/export/format.ts';
import { titledColumnWord } from '../tickets/column-words.ts';

interface SortFieldsProps {
  /** Null: by batch and serial. */
  readonly sort: Sort | null;
  readonly columns: readonly Column[];
  readonly onChange: (sort: Sort | null) => void;
}

const AS_MINTED = '';

/** In which order the tickets stand in the file. */
export function SortFields({ sort, columns, onChange }: SortFieldsProps) {
  const direction = sort?.direction ?? 'ascending';
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
      <Select
        label={t`Order by`}
        value={sort?.column ?? AS_MINTED}
        onChange={(column) => onChange(column === null || column === AS_MINTED ? null : { column, direction })}
        data={[
          { value: AS_MINTED, label: t`Batch and serial` },
          ...columns.map((column) => ({ value: column.id, label: titledColumnWord(column) })),
        ]}
        allowDeselect={false}
        searchable
      />
      {sort !== null && (
        <Stack justify="flex-end">
          <SegmentedControl
            aria-label={t({ message: 'Direction', context: 'of sorting' })}
            value={direction}
            onChange={(value) => onChange({ ...sort, direction: value === 'descending' ? 'descending' : 'ascending' })}
            data={DIRECTIONS.map((value) => ({ value, label: directionWords({ ...sort, direction: value }, columns) }))}
          />
        </Stack>
      )}
    </SimpleGrid>
  );
}

const DIRECTIONS = ['ascending', 'descending'] as const;
const WORDS = {
  text: [msg`A to Z`, msg`Z to A`],
  integer: [msg`smallest first`, msg`largest first`],
  amount: [msg`smallest first`, msg`largest first`],
  instant: [msg`earliest first`, msg`latest first`],
} as const satisfies Record<Column['type'], readonly [ascending: MessageDescriptor, descending: MessageDescriptor]>;

/** Which end of the column comes first, in the words that go with what it holds. */
export function directionWords({ column, direction }: Sort, columns: readonly Column[]): string {
  const { type } = columns.find(({ id }) => id === column) ?? { type: 'text' };
  return i18n._(WORDS[type][direction === 'ascending' ? 0 : 1]);
}
