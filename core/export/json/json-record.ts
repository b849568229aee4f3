import { type NumberText, numberTextOf } from '../cell-text.ts';
import type { ColumnChoice } from '../common-options.ts';
import type { Column, ExportRow } from '../format.ts';
import { recordFields } from '../record-fields.ts';
import { jsonString } from './json-text.ts';

/** Instants of JSON are in UTC, whatever the export's zone. */
const JSON_TIME_ZONE = 'UTC';

/**
 * The property names of records: a column's id, or the header that was chosen for it. Where two would be the same, the
 * later one is numbered: `serial`, `serial (2)`.
 * @param choices of these very columns; null: none was chosen.
 */
export function propertyNames(columns: readonly Column[], choices: readonly ColumnChoice[] | null): readonly string[] {
  const taken = new Set<string>();
  return columns.map(({ id }, index) => {
    const wanted = (choices?.[index]?.title ?? id).toWellFormed();
    let name = wanted;
    for (let number = 2; taken.has(name); number++) name = `${wanted} (${number})`;
    taken.add(name);
    return name;
  });
}

/**
 * Writes records as JSON objects in one line each: text as strings, integers and amounts (decimals of the major unit) as
 * numbers, instants as ISO 8601 in UTC, nothing as null.
 * The returned function throws `export-row-invalid` for a number outside its range.
 */
export function jsonRecords(columns: readonly Column[], names: readonly string[]): (row: ExportRow) => string {
  const numberTexts = columns.map(jsonNumberText);
  const prefixes = names.map((name, index) => `${index === 0 ? '{' : ','}${jsonString(name)}:`);
  const fieldsOf = recordFields(columns.length, (value, index) => {
    if (value === null) return `${prefixes[index]}null`;
    const text = typeof value === 'string' ? jsonString(value) : (numberTexts[index] as NumberText)(value);
    return prefixes[index] + text;
  });
  return (row) => `${fieldsOf(row)}}`;
}

function jsonNumberText(column: Column): NumberText {
  const textOf = numberTextOf(column, JSON_TIME_ZONE);
  return column.type === 'instant' ? (value) => `"${textOf(value)}"` : textOf;
}
