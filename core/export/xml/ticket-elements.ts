import { type NumberText, numberTextOf } from '../cell-text.ts';
import type { Column, ExportRow, RecordKind } from '../format.ts';
import { recordFields } from '../record-fields.ts';
import { attributeText, textElement } from './xml-text.ts';

/** The columns that have an element of their own name in the schema; others are a `field` that bears their id. */
export const NAMED_ELEMENTS: readonly string[] = [
  'event',
  'batch',
  'serial',
  'code',
  'token',
  'type',
  'typeName',
  'holder',
  'email',
  'phone',
  'seat',
  'organisation',
  'ref',
  'notes',
  'price',
  'status',
  'notBefore',
  'notAfter',
  'mintedAt',
];
/** The same of scans. */
const NAMED_SCAN_ELEMENTS: readonly string[] = [
  'scannedAt',
  'scan',
  'effect',
  'gate',
  'device',
  'batch',
  'serial',
  'typeName',
  'reason',
  'receivedAt',
];

/** Instants of XML are in UTC, whatever the export's zone. */
const XML_TIME_ZONE = 'UTC';

/**
 * Writes tickets or scans as elements in the order of the columns: text losslessly, integers, amounts as decimals of the major
 * unit, instants as ISO 8601 in UTC. Nothing is no element, and empty text an empty one.
 * The returned function throws `export-row-invalid` for a number outside its range.
 */
export function recordElements(columns: readonly Column[], kind: RecordKind): (row: ExportRow) => string {
  const [element, named] = kind === 'tickets' ? ['ticket', NAMED_ELEMENTS] : ['scan', NAMED_SCAN_ELEMENTS];
  const tags = columns.map(({ id }) => (named.includes(id) ? id : `field name="${attributeText(id)}"`));
  const numberTexts = columns.map((column) => numberTextOf(column, XML_TIME_ZONE));
  const fieldsOf = recordFields(columns.length, (value, index) => {
    if (value === null) return '';
    const text = typeof value === 'string' ? value : (numberTexts[index] as NumberText)(value);
    return textElement(tags[index] as string, text);
  });
  return (row) => `<${element}>${fieldsOf(row)}</${element}>\n`;
}
