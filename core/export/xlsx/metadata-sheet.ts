import type { RecordFault } from '../fault.ts';
import { recordFaultText } from '../fault-text.ts';
import type { Column, ExportContext } from '../format.ts';
import { numberCell, textCell } from './cells.ts';
import type { DataSheetFacts } from './data-sheets.ts';
import { Grid } from './grid.ts';
import { MAX_TEXT_LENGTH } from './limits.ts';
import { serialDateText } from './serial-date.ts';
import type { Styles } from './styles.ts';
import type { XlsxOptions } from './xlsx-options.ts';

const WIDTHS = [26, 40, 20, 24, 24, 68];

/** A record that is not in the file. */
export interface SetAside {
  readonly key: string;
  readonly fault: RecordFault;
}

export interface MetadataInput {
  readonly columns: readonly Column[];
  readonly options: XlsxOptions;
  readonly context: ExportContext;
  readonly sheets: readonly (DataSheetFacts & { readonly sha256: string })[];
  readonly records: number;
  readonly setAsideCount: number;
  /** The first of them. */
  readonly setAside: readonly SetAside[];
}

/** What is in the workbook, how it was made, and what its data should hash to. */
export function metadataSheet(input: MetadataInput, styles: Styles, isFirst: boolean): string {
  const grid = new Grid();
  const text = (value: string) => textCell(fitting(value), styles.text);
  const count = (value: number) => numberCell(String(value), styles.count);
  const table = (...titles: readonly string[]) => {
    grid.addRow();
    grid.addRow(...titles.map((title) => textCell(title, styles.header)));
  };
  const { context, sheets, columns, setAside } = input;
  grid.addRow(textCell('Metadata', styles.title));
  for (const [name, cell] of factCells(input, styles)) grid.addRow(text(name), cell);
  if (sheets.length > 0) {
    table('Sheet', 'Part', 'Records', 'First key', 'Last key', 'SHA-256 of the part');
    for (const { name, partName, records, firstKey, lastKey, sha256 } of sheets)
      grid.addRow(text(name), text(partName), count(records), text(firstKey ?? ''), text(lastKey ?? ''), text(sha256));
  }
  table('Column', 'Header', 'Type');
  for (const { id, title, type } of columns)
    grid.addRow(text(id), text(title), text(type === 'instant' ? `date in ${context.timeZone}` : type));
  table('Option', 'Value');
  for (const [name, value] of Object.entries(input.options))
    if (name !== 'columns') grid.addRow(text(name), text(typeof value === 'string' ? value : JSON.stringify(value)));
  if (setAside.length > 0) {
    table('Set aside', 'Reason');
    for (const { key, fault } of setAside) grid.addRow(text(key), text(recordFaultText(fault)));
  }
  return grid.xml(WIDTHS, isFirst);
}

function factCells({ context, records, setAsideCount, sheets }: MetadataInput, styles: Styles): [string, string][] {
  const { now, timeZone, locale, part, author } = context;
  const text = (value: string) => textCell(fitting(value), styles.text);
  const count = (value: number) => numberCell(String(value), styles.count);
  return [
    ['Exported at', numberCell(serialDateText(timeZone)(now.getTime()), styles.instant)],
    ['Time zone of all dates', text(timeZone)],
    ...(author === undefined ? [] : [['Exported by', text(author)] as [string, string]]),
    ['Locale', text(locale)],
    ['Part', text(`${part.number} of ${part.of}`)],
    ['Records', count(records)],
    ['Set aside', count(setAsideCount)],
    ['Sheets of records', count(sheets.length)],
  ];
}

/** In one line, and no longer than a cell may be, as a filter of many types and texts is; the manifest has all of it. */
function fitting(text: string): string {
  const line = text.replaceAll('\n', ' ');
  return line.length <= MAX_TEXT_LENGTH ? line : `${line.slice(0, MAX_TEXT_LENGTH - 1)}…`;
}
