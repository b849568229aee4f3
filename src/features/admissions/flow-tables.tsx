import { t } from '@lingui/core/macro';
import { SimpleGrid } from '@mantine/core';
import { useMemo } from 'react';
import type { TicketType } from '../../../core/api/event.ts';
import type { Admissions } from '../../../core/api/gate.ts';
import type { Gate } from '../../../core/api/gate-device.ts';
import { type DataColumn, DataTable } from '../../components/data-table.tsx';
import { Panel } from '../../components/facts.tsx';
import { formatCount, formatPercent } from '../../utils/format.ts';
import { TypeName } from '../types/type-name.tsx';

interface GateRow {
  readonly name: string;
  readonly admitted: number;
  readonly exited: number;
}

interface TypeRow {
  readonly index: number;
  readonly type: TicketType | undefined;
  readonly tickets: number;
  readonly used: number;
}

const GATE_NUMBERS = new Set(['in', 'out']);
const TYPE_NUMBERS = new Set(['in', 'of', 'share']);
const TYPE_ROOMY = new Set(['share']);

interface FlowTablesProps {
  readonly admissions: Admissions;
  readonly gates: readonly Gate[];
  readonly types: readonly TicketType[];
}

/** The same by gate and by ticket type. */
export function FlowTables({ admissions, gates, types }: FlowTablesProps) {
  const gateRows = useMemo(() => gateRowsOf(admissions, gates), [admissions, gates]);
  const typeRows = useMemo(() => typeRowsOf(admissions, types), [admissions, types]);
  const gateColumns = useMemo(gateColumnsOf, []);
  const typeColumns = useMemo(typeColumnsOf, []);
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
      <Panel title={t`By gate`}>
        <DataTable
          columns={gateColumns}
          rows={gateRows}
          numeric={GATE_NUMBERS}
          label={t`In and out, by gate`}
          minWidth="15rem"
        />
      </Panel>
      <Panel title={t`By ticket type`}>
        <DataTable
          columns={typeColumns}
          rows={typeRows}
          numeric={TYPE_NUMBERS}
          roomy={TYPE_ROOMY}
          label={t`Tickets that came in, by type`}
          minWidth="15rem"
        />
      </Panel>
    </SimpleGrid>
  );
}

/** Open gates also where nobody has come yet; a gate that is not known (any more) goes by its id. */
function gateRowsOf({ gates: flows }: Admissions, gates: readonly Gate[]): readonly GateRow[] {
  const known = gates.flatMap(({ id, name, archivedAt }) => {
    const flow = flows.find(({ gate }) => gate === id);
    if (flow === undefined && archivedAt !== null) return [];
    return { name, admitted: flow?.admitted ?? 0, exited: flow?.exited ?? 0 };
  });
  const others = flows.filter(({ gate }) => !gates.some(({ id }) => id === gate));
  return [...known, ...others.map(({ gate, admitted, exited }) => ({ name: gate, admitted, exited }))];
}

function typeRowsOf({ types: flows }: Admissions, types: readonly TicketType[]): readonly TypeRow[] {
  return flows.map(({ typeIndex, tickets, used }) => ({
    index: typeIndex,
    type: types.find(({ index }) => index === typeIndex),
    tickets,
    used,
  }));
}

function gateColumnsOf(): readonly DataColumn<GateRow>[] {
  return [
    { id: 'gate', header: t`Gate`, accessorFn: ({ name }) => name, cell: ({ row }) => <bdi>{row.original.name}</bdi> },
    {
      id: 'in',
      header: t({ message: 'In', context: 'people' }),
      accessorFn: ({ admitted }) => admitted,
      cell: ({ row }) => formatCount(row.original.admitted),
    },
    {
      id: 'out',
      header: t({ message: 'Out', context: 'people' }),
      accessorFn: ({ exited }) => exited,
      cell: ({ row }) => formatCount(row.original.exited),
    },
  ];
}

function typeColumnsOf(): readonly DataColumn<TypeRow>[] {
  return [
    {
      id: 'type',
      header: t`Type`,
      accessorFn: ({ type, index }) => type?.name ?? String(index),
      cell: ({ row: { original } }) => <TypeName type={original.type} index={original.index} />,
    },
    {
      id: 'in',
      header: t({ message: 'In', context: 'people' }),
      accessorFn: ({ used }) => used,
      cell: ({ row }) => formatCount(row.original.used),
    },
    {
      id: 'of',
      header: t`Tickets`,
      accessorFn: ({ tickets }) => tickets,
      cell: ({ row }) => formatCount(row.original.tickets),
    },
    {
      id: 'share',
      header: t`Share`,
      accessorFn: ({ used, tickets }) => (tickets === 0 ? 0 : used / tickets),
      cell: ({ row: { original } }) => formatPercent(original.used, original.tickets),
    },
  ];
}
