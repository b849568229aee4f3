import { MAX_FIELD_LENGTH } from '../chunk/chunk.ts';
import { isEmailAddress } from './email.ts';
import { type ColumnTarget, type ListOptions, ticketColumns, typeKey } from './list-options.ts';
import type { ListRecord } from './records.ts';
import { excerpt, type Rejection, type RejectionCode } from './rejection.ts';

/** A row that can become a ticket. */
export interface ListRow {
  readonly line: number;
  readonly typeIndex: number;
  /** What stood in the type's column; empty where one type serves for all. */
  readonly typeText: string;
  /** In the order of {@link ticketColumns}; null for an empty cell. */
  readonly values: readonly (string | null)[];
}

export type ParsedRow =
  | { readonly kind: 'blank' }
  | { readonly kind: 'rejected'; readonly rejection: Rejection; readonly typeText: string }
  | { readonly kind: 'usable'; readonly row: ListRow };

/**
 * Gives the function that checks and normalises one record: trims, drops control characters, repairs lone surrogates, joins
 * name parts. It keeps no state. Formula-like text is data and stays as it is; exports guard it.
 */
export function rowParser(options: ListOptions): (record: ListRecord) => ParsedRow {
  const { targets, types } = options;
  const columns = ticketColumns(targets);
  const slots = targets.map((target) => columns.indexOf(columnOf(target)));
  const typeColumn = types.kind === 'column' ? targets.indexOf('type') : -1;
  const givenColumn = targets.indexOf('given-name');
  const familyColumn = targets.indexOf('family-name');
  const holderSlot = columns.indexOf('holder');
  const emailSlot = columns.indexOf('email');

  const readValues = (cells: readonly string[]): (string | null)[] => {
    const values: (string | null)[] = columns.map(() => null);
    for (const [column, slot] of slots.entries()) {
      if (slot === -1) continue;
      const value = normalizeCell(cells[column] ?? '', targets[column] as ColumnTarget);
      if (value !== '') values[slot] = value;
    }
    if (givenColumn !== -1 || familyColumn !== -1) {
      const parts = [cells[givenColumn] ?? '', cells[familyColumn] ?? ''].map((cell) => normalizeCell(cell, 'holder'));
      values[holderSlot] = parts.filter((part) => part !== '').join(' ') || null;
    }
    return values;
  };

  return (record) => {
    const { line, cells } = record;
    if (cells.every((cell) => cell.trim() === '')) return { kind: 'blank' };
    const typeText = typeColumn === -1 ? '' : normalizeCell(cells[typeColumn] ?? '', 'type');
    const reject = (code: RejectionCode, found = '', expected = 0): ParsedRow => {
      return { kind: 'rejected', rejection: { line, code, found: excerpt(found), expected }, typeText };
    };
    if (record.isBroken) return reject('quotes');
    if (!hasWidth(cells, targets.length)) return reject('cell-count', String(cells.length), targets.length);
    const values = readValues(cells);
    const tooLong = values.findIndex((value) => value !== null && value.length > MAX_FIELD_LENGTH);
    if (tooLong !== -1) return reject('too-long', columns[tooLong]);
    if (holderSlot !== -1 && values[holderSlot] === null) return reject('holder-missing');
    const email = values[emailSlot];
    if (email && !isEmailAddress(email)) return reject('email-invalid', email);
    const typeIndex = types.kind === 'one' ? types.typeIndex : types.values[typeKey(typeText)];
    if (typeIndex === undefined) return reject(typeText === '' ? 'type-missing' : 'type-unknown', typeText);
    return { kind: 'usable', row: { line, typeIndex, typeText, values } };
  };
}

/** Empty cells past the last column are what spreadsheets leave behind. */
function hasWidth(cells: readonly string[], width: number): boolean {
  return cells.length >= width && cells.slice(width).every((cell) => cell.trim() === '');
}

/** Name parts are put together apart from the others; see `readValues`. */
function columnOf(target: ColumnTarget): string {
  return target === 'given-name' || target === 'family-name' ? '' : target;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for.
const CONTROL = /[\u0000-\u001f\u007f-\u009f\ufeff]/;

function normalizeCell(cell: string, target: ColumnTarget): string {
  let value = cell.toWellFormed();
  if (CONTROL.test(value)) value = withoutControls(value, target === 'notes' || target.startsWith('x-'));
  value = value.trim();
  // Our own and other spreadsheet-safe CSV guards international numbers so.
  return target === 'phone' && value.startsWith("'+") ? value.slice(1) : value;
}

function withoutControls(value: string, keepsLines: boolean): string {
  const spaced = value.replace(/[\t\v\f\u0085]+/g, ' ');
  const lines = keepsLines ? spaced : spaced.replace(/\s*\n\s*/g, ' ');
  return lines.replace(/(?!\n)[\p{Cc}\ufeff]/gu, '');
}
