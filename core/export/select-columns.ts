import type { ColumnChoice } from './common-options.ts';
import type { ByteCells, BytePage, Column, ExportRow, RecordPage, RecordSource } from './format.ts';

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
  const bytePages = source.bytePages?.bind(source);
  const pages: RecordSource['pages'] = (signal) =>
    isSame ? source.pages(signal) : selectPages(source.pages(signal), positions);
  if (bytePages === undefined) return { columns, estimatedCount, pages };
  const selected: RecordSource['bytePages'] = (signal) =>
    isSame ? bytePages(signal) : selectCells(bytePages(signal), positions);
  return { columns, estimatedCount, pages, bytePages: selected };
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

async function* selectCells(pages: AsyncIterable<BytePage>, positions: readonly number[]): AsyncGenerator<BytePage> {
  for await (const { count, keyAt, cells } of pages)
    yield { count, keyAt, cells: positions.map((position) => cells[position] as ByteCells) };
}

function pick(row: ExportRow, positions: readonly number[]): ExportRow {
  return positions.map((position) => row[position] ?? null);
}
