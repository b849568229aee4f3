import { columnLetters } from './cells.ts';
import { XML_DECLARATION } from './xml-text.ts';

/** A small worksheet, made in memory; cells as `textCell` and `numberCell` write them. */
export class Grid {
  readonly #rows: string[] = [];
  #columns = 1;

  /** @returns the row's number, from 1. */
  addRow(...cells: readonly (string | null)[]): number {
    const number = this.#rows.length + 1;
    const written = cells.map((cell, index) => (cell === null ? '' : `<c r="${columnLetters(index)}${number}"${cell}`));
    this.#rows.push(`<row r="${number}">${written.join('')}</row>`);
    this.#columns = Math.max(this.#columns, cells.length);
    return number;
  }

  /**
   * The worksheet's part.
   * @param widths in characters, from the first column on.
   * @param drawing the relationship's id of its drawing, if it has one.
   */
  xml(widths: readonly number[], isFirst: boolean, drawing?: string): string {
    const cols = widths.map(
      (width, index) => `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`,
    );
    return (
      `${XML_DECLARATION}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"` +
      ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">' +
      `<dimension ref="A1:${columnLetters(this.#columns - 1)}${this.#rows.length}"/>` +
      `<sheetViews><sheetView${isFirst ? ' tabSelected="1"' : ''} workbookViewId="0"/></sheetViews>` +
      `<sheetFormatPr defaultRowHeight="15"/><cols>${cols.join('')}</cols>` +
      `<sheetData>${this.#rows.join('')}</sheetData>` +
      `${drawing === undefined ? '' : `<drawing r:id="${drawing}"/>`}</worksheet>`
    );
  }
}
