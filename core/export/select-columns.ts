import type { ColumnChoice } from './common-options.ts';
import type { Column, ExportRow, RecordPage, RecordSource } from './format.ts';

/**
 * The source with the chosen columns only, in the chosen order and under the chosen titles. Rows are built anew only
 * where the choice differs from what the source gives.
 * @param choices null: all columns as they are.
 * @throws {TypeError} when a chosen column does not exist.
 */
export function selectColumns(source: RecordSource, choices: readonly ColumnChoice[] | null): RecordSource {
  if (choices === null) return source;
  const positions = choices.map(({ id }) => source.columns.findIndex((column) => column.id === id));
  const columns = positions.map((position, index) => renamed(source.columns[position], choices[index]?.title));
  const isSame = positions.length === source.columns.length && positions.every((position, index) => position === index);
  const { estimatedCount } = source;
  if (isSame) return { columns, estimatedCount, pages: (signal) => source.pages(signal) };
  return { columns, estimatedCount, pages: (signal) => selectPages(source.pages(signal), positions) };
}

function renamed(column: Column | undefined, title: string | undefined): Column {
  if (column === undefined) throw new TypeError('columns: expected columns of the source');
  return title === undefined ? column : { ...column, title };
}

async function* selectPages(
  pages: AsyncIterable<RecordPage>,
  positions: readonly number[],
): AsyncGenerator<RecordPage> {
  for await (const { keys, rows } of pages) yield { keys, rows: rows.map((row) => pick(row, positions)) };
}

function pick(row: ExportRow, positions: readonly number[]): ExportRow {
  return positions.map((position) => row[position] ?? null);
}
