import type { FittedText } from '../../fonts/fit-text.ts';
import { FAINT, type ReportPages } from './report-pages.ts';

/** A column of a table. */
export interface TableColumn {
  readonly title: string;
  /** Parts of the width that it takes. */
  readonly parts: number;
  /** Numbers stand at the right. */
  readonly isNumber: boolean;
}

export interface TableLook {
  readonly size: number;
  readonly maxLines: number;
}

const GAP = 8;
const PADDING = 3.5;

/** Draws rows one below the other; on each new page the header comes again. */
export class ReportTable {
  readonly #pages: ReportPages;
  readonly #columns: readonly TableColumn[];
  readonly #look: TableLook;
  readonly #parts: number;
  /** By column: the text that was last fitted. Many columns repeat one value over many rows. */
  readonly #last: { text: string; fitted: FittedText }[] = [];

  constructor(pages: ReportPages, columns: readonly TableColumn[], look: TableLook) {
    this.#pages = pages;
    this.#columns = columns;
    this.#look = look;
    this.#parts = columns.reduce((sum, { parts }) => sum + parts, 0);
  }

  /** Begins it, with room for a row. */
  async begin(): Promise<void> {
    this.#pages.onNewPage = () => this.#drawHeader();
    const before = this.#pages.pageCount;
    await this.#pages.room(4 * this.#look.size * 1.25);
    if (this.#pages.pageCount === before || before === 0) this.#drawHeader();
  }

  async row(texts: readonly string[], weight: 'regular' | 'bold' = 'regular'): Promise<void> {
    const { size, maxLines } = this.#look;
    const fitted = texts.map((text, index) => this.#fit(text, index, weight));
    const height = 2 * PADDING + Math.max(1, ...fitted.map(({ lines, size }) => lines.length * size * 1.25));
    await this.#pages.room(Math.max(height, 2 * PADDING + size * 1.25));
    this.#draw(fitted, { size, maxLines, weight });
    this.#pages.y += Math.max(height, 2 * PADDING + size * 1.25);
    this.#pages.line(this.#pages.left, this.#pages.y, this.#pages.left + this.#pages.width, this.#pages.y);
  }

  end(): void {
    this.#pages.onNewPage = () => {};
  }

  #drawHeader(): void {
    const { size } = this.#look;
    const fitted = this.#columns.map(({ title }, index) =>
      this.#pages.fit(title, { width: this.#widthOf(index), size, weight: 'bold', minSize: 5 }),
    );
    this.#draw(fitted, { size, maxLines: 1, weight: 'bold' }, true);
    this.#pages.y += 2 * PADDING + size * 1.25;
    this.#pages.line(this.#pages.left, this.#pages.y, this.#pages.left + this.#pages.width, this.#pages.y, FAINT);
  }

  #draw(
    fitted: readonly FittedText[],
    look: TableLook & { readonly weight: 'regular' | 'bold' },
    isHeader = false,
  ): void {
    let { left: x } = this.#pages;
    for (const [index, { parts, isNumber }] of this.#columns.entries()) {
      const width = this.#widthOf(index);
      const one = fitted[index];
      const align = isNumber ? 'end' : 'start';
      const y = this.#pages.y + PADDING;
      if (one !== undefined)
        this.#pages.draw(one, { x, y, width, size: look.size, align, ...(isHeader ? { colour: FAINT } : {}) });
      x += (parts / this.#parts) * this.#pages.width;
    }
  }

  #widthOf(index: number): number {
    const gap = index === this.#columns.length - 1 ? 0 : GAP;
    return ((this.#columns[index]?.parts ?? 0) / this.#parts) * this.#pages.width - gap;
  }

  #fit(text: string, index: number, weight: 'regular' | 'bold'): FittedText {
    const last = this.#last[index];
    if (weight === 'regular' && last?.text === text) return last.fitted;
    const { size, maxLines } = this.#look;
    const fitted = this.#pages.fit(text, { width: this.#widthOf(index), size, maxLines, weight, minSize: 5 });
    if (weight === 'regular') this.#last[index] = { text, fitted };
    return fitted;
  }
}
