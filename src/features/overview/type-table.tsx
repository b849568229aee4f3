import { t } from '@lingui/core/macro';
import { useMemo } from 'react';
import type { TicketType } from '../../../core/api/event.ts';
import { type DataColumn, DataTable } from '../../components/data-table.tsx';
import { formatAmount, formatCount, formatPercent } from '../../utils/format.ts';
import { useEvent } from '../events/use-event.ts';
import { TypeName } from '../types/type-name.tsx';

const NUMERIC = new Set(['price', 'made', 'capacity', 'used']);
const ROOMY = new Set(['used']);

/** How many of each type were made, and how many still can be. */
export function TypeTable({ types }: { readonly types: readonly TicketType[] }) {
  const { currency } = useEvent();
  const columns = useMemo(() => columnsOf(currency), [currency]);
  return (
    <DataTable
      columns={columns}
      rows={types}
      numeric={NUMERIC}
      roomy={ROOMY}
      label={t`Tickets by type`}
      minWidth="20rem"
    />
  );
}

function columnsOf(currency: string): readonly DataColumn<TicketType>[] {
  return [
    {
      id: 'type',
      header: t`Type`,
      accessorFn: ({ name }) => name,
      cell: ({ row }) => <TypeName type={row.original} />,
    },
    {
      id: 'price',
      header: t`Price`,
      accessorFn: ({ priceMinor }) => priceMinor,
      cell: ({ row: { original } }) =>
        original.priceMinor === 0 ? t`Free` : formatAmount(original.priceMinor, currency),
    },
    {
      id: 'made',
      header: t`Made`,
      accessorFn: ({ declared }) => declared,
      cell: ({ row: { original } }) => formatCount(original.declared),
    },
    {
      id: 'capacity',
      header: t`Capacity`,
      accessorFn: ({ capacity }) => capacity ?? Number.POSITIVE_INFINITY,
      cell: ({ row: { original } }) => (original.capacity === null ? t`No limit` : formatCount(original.capacity)),
    },
    {
      id: 'used',
      header: t`Used`,
      accessorFn: ({ declared, capacity }) => (capacity === null ? 0 : declared / capacity),
      cell: ({ row: { original } }) =>
        original.capacity === null ? '' : formatPercent(original.declared, original.capacity),
    },
  ];
}
