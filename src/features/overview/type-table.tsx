import { Table } from '@mantine/core';
import type { TicketType } from '../../../core/api/event.ts';
import { formatAmount, formatCount, formatPercent } from '../../utils/format.ts';
import { useEvent } from '../events/use-event.ts';
import { TypeName } from '../types/type-name.tsx';

/** How many of each type were made, and how many still can be. */
export function TypeTable({ types }: { readonly types: readonly TicketType[] }) {
  const { currency } = useEvent();
  return (
    <Table.ScrollContainer minWidth="24rem" type="native">
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Type</Table.Th>
            <Table.Th ta="end">Price</Table.Th>
            <Table.Th ta="end">Made</Table.Th>
            <Table.Th ta="end">Capacity</Table.Th>
            <Table.Th ta="end">Used</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {types.map((type) => (
            <Table.Tr key={type.index}>
              <Table.Td>
                <TypeName type={type} />
              </Table.Td>
              <Table.Td ta="end">{type.priceMinor === 0 ? 'Free' : formatAmount(type.priceMinor, currency)}</Table.Td>
              <Table.Td ta="end">{formatCount(type.declared)}</Table.Td>
              <Table.Td ta="end">{type.capacity === null ? 'No limit' : formatCount(type.capacity)}</Table.Td>
              <Table.Td ta="end">{type.capacity === null ? '' : formatPercent(type.declared, type.capacity)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
