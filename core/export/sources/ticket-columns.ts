import { STANDARD_COLUMNS } from '../../chunk/chunk.ts';
import type { Column } from '../format.ts';

const BEFORE_FIELDS = [
  { id: 'event', title: 'Event', type: 'text' },
  { id: 'batch', title: 'Batch', type: 'text', countBy: 'value' },
  { id: 'serial', title: 'Serial', type: 'integer' },
  { id: 'code', title: 'Code', type: 'text' },
  { id: 'token', title: 'Token', type: 'text' },
  { id: 'type', title: 'Type number', type: 'integer' },
  { id: 'typeName', title: 'Type', type: 'text', countBy: 'value' },
] as const satisfies readonly Column[];

const FIELD_TITLES: Readonly<Record<string, string>> = {
  holder: 'Holder',
  email: 'E-mail',
  phone: 'Phone',
  seat: 'Seat',
  organisation: 'Organisation',
  ref: 'Reference',
  notes: 'Notes',
};

const AFTER_FIELDS = [
  { id: 'price', title: 'Price', type: 'amount' },
  { id: 'status', title: 'Status', type: 'text', countBy: 'value' },
  { id: 'notBefore', title: 'Valid from', type: 'instant' },
  { id: 'notAfter', title: 'Valid until', type: 'instant' },
  { id: 'mintedAt', title: 'Minted at', type: 'instant', countBy: 'day' },
] as const satisfies readonly Column[];

/** The columns that every ticket has, whatever its batch. */
export type TicketColumnId = (typeof BEFORE_FIELDS)[number]['id'] | (typeof AFTER_FIELDS)[number]['id'];

/**
 * The columns of a tickets' export, in their usual order.
 * @param fieldColumns the personal columns of all its batches, in any order, twice or not.
 * @param fractionDigits of the event's currency.
 */
export function ticketColumns(fieldColumns: readonly string[], fractionDigits: number): readonly Column[] {
  const names = new Set(fieldColumns);
  const standard = STANDARD_COLUMNS.filter((name) => names.has(name));
  const extra = [...names].filter((name) => name.startsWith('x-'));
  const fields = [...standard, ...extra].map((id): Column => ({ id, title: fieldTitle(id), type: 'text' }));
  const after = AFTER_FIELDS.map((column) => (column.type === 'amount' ? { ...column, fractionDigits } : column));
  return [...BEFORE_FIELDS, ...fields, ...after];
}

/** `holder` is "Holder", `x-shirt_size` is "Shirt size". */
function fieldTitle(column: string): string {
  const plain = column.replace(/^x-/, '').replaceAll(/[-_]+/g, ' ');
  return FIELD_TITLES[column] ?? `${plain.charAt(0).toUpperCase()}${plain.slice(1)}`;
}
