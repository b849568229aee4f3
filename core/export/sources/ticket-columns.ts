import { STANDARD_COLUMNS } from '../../chunk/chunk.ts';
import { COLUMN_TITLES, columnTitle } from '../column-titles.ts';
import type { Column } from '../format.ts';

const BEFORE_FIELDS = [
  { id: 'event', title: COLUMN_TITLES.event, type: 'text' },
  { id: 'batch', title: COLUMN_TITLES.batch, type: 'text', countBy: 'value' },
  { id: 'serial', title: COLUMN_TITLES.serial, type: 'integer' },
  { id: 'code', title: COLUMN_TITLES.code, type: 'text' },
  { id: 'token', title: COLUMN_TITLES.token, type: 'text' },
  { id: 'type', title: COLUMN_TITLES.type, type: 'integer' },
  { id: 'typeName', title: COLUMN_TITLES.typeName, type: 'text', countBy: 'value' },
] as const satisfies readonly Column[];

const AFTER_FIELDS = [
  { id: 'price', title: COLUMN_TITLES.price, type: 'amount' },
  { id: 'status', title: COLUMN_TITLES.status, type: 'text', countBy: 'value' },
  { id: 'notBefore', title: COLUMN_TITLES.notBefore, type: 'instant' },
  { id: 'notAfter', title: COLUMN_TITLES.notAfter, type: 'instant' },
  { id: 'mintedAt', title: COLUMN_TITLES.mintedAt, type: 'instant', countBy: 'day' },
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
  const fields = [...standard, ...extra].map((id): Column => ({ id, title: columnTitle(id), type: 'text' }));
  const after = AFTER_FIELDS.map((column) => (column.type === 'amount' ? { ...column, fractionDigits } : column));
  return [...BEFORE_FIELDS, ...fields, ...after];
}
