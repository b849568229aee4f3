import type { CellValue, ExportRow } from './format.ts';

/**
 * Writes the fields of a record one after another. Many columns repeat one value over many records, so a field whose
 * value is that of the record before is not written anew.
 * @param count the number of columns.
 * @param write one field with all that stands around it; it may throw, and the record leaves no trace then.
 */
export function recordFields(
  count: number,
  write: (value: CellValue, index: number) => string,
): (row: ExportRow) => string {
  const values = new Array<CellValue>(count).fill(null);
  const fields = values.map((_, index) => write(null, index));
  return (row) => {
    let record = '';
    for (let index = 0; index < count; index++) {
      const value = row[index] ?? null;
      if (value !== values[index]) {
        fields[index] = write(value, index);
        values[index] = value;
      }
      record += fields[index];
    }
    return record;
  };
}
