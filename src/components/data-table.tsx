import { Group, Table, UnstyledButton } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import {
  type ColumnDef,
  createSortedRowModel,
  type Header,
  type RowData,
  rowSortingFeature,
  sortFn_text,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import type { ReactNode } from 'react';

const features = tableFeatures({
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
  sortFns: { text: sortFn_text },
});

type DataTableFeatures = typeof features;
/** A column over rows of one kind; `enableSorting: false` for those whose order says nothing. */
export type DataColumn<Row extends RowData> = ColumnDef<DataTableFeatures, Row>;

interface DataTableProps<Row extends RowData> {
  /** Stable between draws, like the rows. */
  readonly columns: readonly DataColumn<Row>[];
  readonly rows: readonly Row[];
  /** Columns of numbers, which stand at the end of their cells. */
  readonly numeric?: ReadonlySet<string>;
  /** Columns that a phone has no room for. */
  readonly roomy?: ReadonlySet<string>;
  /** What it lists, for people who come to it by keys: it may scroll. */
  readonly label: string;
  /** Below this width the table scrolls sideways. */
  readonly minWidth: string;
}

/** A table that sorts by its headers; for lists of up to some hundreds of rows. */
export function DataTable<Row extends RowData>({
  columns,
  rows,
  numeric,
  roomy,
  label,
  minWidth,
}: DataTableProps<Row>) {
  const table = useTable({ features, columns, data: rows, sortDescFirst: false });
  const alignOf = (columnId: string) => (numeric?.has(columnId) ? 'end' : 'start');
  const roomOf = (columnId: string) => (roomy?.has(columnId) ? { visibleFrom: 'xs' as const } : {});
  return (
    <Table.ScrollContainer minWidth={minWidth} type="native" role="region" aria-label={label} tabIndex={0}>
      <Table>
        <Table.Thead>
          {table.getHeaderGroups().map((group) => (
            <Table.Tr key={group.id}>
              {group.headers.map((header) => (
                <Table.Th
                  key={header.id}
                  py={0}
                  ta={alignOf(header.column.id)}
                  aria-sort={ariaSortOf(header)}
                  {...roomOf(header.column.id)}
                >
                  <HeaderCell header={header} justify={alignOf(header.column.id)}>
                    <table.FlexRender header={header} />
                  </HeaderCell>
                </Table.Th>
              ))}
            </Table.Tr>
          ))}
        </Table.Thead>
        <Table.Tbody>
          {table.getRowModel().rows.map((row) => (
            <Table.Tr key={row.id}>
              {row.getAllCells().map((cell) => (
                <Table.Td key={cell.id} ta={alignOf(cell.column.id)} {...roomOf(cell.column.id)}>
                  <table.FlexRender cell={cell} />
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

interface HeaderCellProps<Row extends RowData> {
  readonly header: Header<DataTableFeatures, Row>;
  readonly justify: 'start' | 'end';
  readonly children: ReactNode;
}

function HeaderCell<Row extends RowData>({ header, justify, children }: HeaderCellProps<Row>) {
  const { column } = header;
  if (!column.getCanSort()) return children;
  const sorted = column.getIsSorted();
  return (
    <UnstyledButton fz="sm" fw="inherit" mih="2.75rem" miw="2.75rem" onClick={column.getToggleSortingHandler()}>
      <Group gap={4} wrap="nowrap" justify={justify}>
        {children}
        {sorted === 'asc' && <IconArrowUp size="1em" aria-hidden />}
        {sorted === 'desc' && <IconArrowDown size="1em" aria-hidden />}
      </Group>
    </UnstyledButton>
  );
}

function ariaSortOf<Row extends RowData>({ column }: Header<DataTableFeatures, Row>) {
  if (!column.getCanSort()) return undefined;
  const sorted = column.getIsSorted();
  return sorted === false ? 'none' : (`${sorted}ending` as const);
}
