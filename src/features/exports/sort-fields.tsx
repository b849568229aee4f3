import { SegmentedControl, Select, SimpleGrid, Stack } from '@mantine/core';
import type { Sort } from '../../../core/export/common-options.ts';
import type { Column } from '../../../core/export/format.ts';

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
        label="Order by"
        value={sort?.column ?? AS_MINTED}
        onChange={(column) => onChange(column === null || column === AS_MINTED ? null : { column, direction })}
        data={[
          { value: AS_MINTED, label: 'Batch and serial' },
          ...columns.map(({ id, title }) => ({ value: id, label: title })),
        ]}
        allowDeselect={false}
        searchable
      />
      {sort !== null && (
        <Stack justify="flex-end">
          <SegmentedControl
            aria-label="Direction"
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
  text: ['A to Z', 'Z to A'],
  integer: ['smallest first', 'largest first'],
  amount: ['smallest first', 'largest first'],
  instant: ['earliest first', 'latest first'],
} as const satisfies Record<Column['type'], readonly [ascending: string, descending: string]>;

/** Which end of the column comes first, in the words that go with what it holds. */
export function directionWords({ column, direction }: Sort, columns: readonly Column[]): string {
  const { type } = columns.find(({ id }) => id === column) ?? { type: 'text' };
  return WORDS[type][direction === 'ascending' ? 0 : 1];
}
