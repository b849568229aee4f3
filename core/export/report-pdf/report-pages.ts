import { type FittedText, fitText, LINE_HEIGHT } from '../../fonts/fit-text.ts';
import type { TextShaper, Weight } from '../../fonts/text-shaper.ts';
import type { Colour } from '../../pdf/page-canvas.ts';
import type { PageTarget } from '../../pdf/page-target.ts';

const INK: Colour = [33, 37, 41];
export const FAINT: Colour = [110, 118, 125];
const HAIR: Colour = [206, 212, 218];
export const ACCENT: Colour = [54, 79, 199];

/** Points. */
export const PAPERS = { a4: { width: 595.28, height: 841.89 }, letter: { width: 612, height: 792 } } as const;
const MARGIN = 51;
const FOOTER = 30;
const FOOTER_SIZE = 8;
/** The first baseline below the top of its line, as a part of the size. */
const ASCENT = 0.95;

/** A text and where it stands: points from the page's upper left corner. */
export interface PlacedText {
  readonly x: number;
  /** Top of the first line. */
  readonly y: number;
  readonly width: number;
  readonly size: number;
  /** By default three quarters of the size, at least 6 points. */
  readonly minSize?: number;
  /** By default 1. */
  readonly maxLines?: number;
  readonly weight?: Weight;
  readonly colour?: Colour;
  /** `start` is the right edge for text that reads from right to left. */
  readonly align?: 'start' | 'centre' | 'end';
}

interface PageNumber {
  readonly overlay: number;
  readonly number: number;
}

/**
 * The pages of one section of a report, filled from top to bottom. Texts that are not plain Latin must have been prepared
 * by the shaper. Holds the numbers of its pages until all are known.
 */
export class ReportPages {
  /** Where the next thing stands: points from the page's upper edge. */
  y = MARGIN;
  readonly left = MARGIN;
  readonly width: number;
  /** Draws what stands on top of every page but the first; it moves {@link y}. */
  onNewPage: () => void = () => {};
  readonly #target: PageTarget;
  readonly #shaper: TextShaper;
  readonly #paper: (typeof PAPERS)[keyof typeof PAPERS];
  readonly #section: number;
  readonly #numbers: PageNumber[] = [];
  #isOpen = false;

  constructor(
    target: PageTarget,
    shaper: TextShaper,
    { paper, section }: { readonly paper: keyof typeof PAPERS; readonly section: number },
  ) {
    this.#target = target;
    this.#shaper = shaper;
    this.#paper = PAPERS[paper];
    this.#section = section;
    this.width = this.#paper.width - 2 * MARGIN;
  }

  get pageCount(): number {
    return this.#numbers.length + (this.#isOpen ? 1 : 0);
  }

  /** Sees to it that so much height is free: on this page, else on the next one. */
  async room(height: number): Promise<void> {
    if (this.#isOpen && this.y + height <= this.#paper.height - MARGIN) return;
    const isFirst = !this.#isOpen && this.#numbers.length === 0;
    await this.endPage();
    this.#isOpen = true;
    this.y = MARGIN;
    if (!isFirst) this.onNewPage();
  }

  async endPage(): Promise<void> {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    const overlay = this.#target.allocateOverlay();
    this.#numbers.push({ overlay, number: this.#numbers.length + 1 });
    await this.#target.endPage(this.#paper, { section: this.#section, overlay });
  }

  /**
   * Writes the footers, once the number of all pages is known.
   * @param text of the page, by its number in this section.
   */
  async endFooters(left: string, right: (number: number) => string): Promise<void> {
    const y = this.#paper.height - FOOTER - FOOTER_SIZE;
    for (const { overlay, number } of this.#numbers)
      await this.#target.drawLater(overlay, () => {
        this.line(MARGIN, y - 6, MARGIN + this.width, y - 6);
        const style = { y, width: this.width / 2 - 6, size: FOOTER_SIZE, minSize: 5, colour: FAINT };
        this.text(left, { ...style, x: MARGIN, width: this.width * 0.75 });
        this.text(right(number), { ...style, x: MARGIN + this.width * 0.75, width: this.width * 0.25, align: 'end' });
      });
  }

  /** How a text finds its room. */
  fit(
    text: string,
    { width, size, minSize, maxLines = 1, weight = 'regular' }: Omit<PlacedText, 'x' | 'y'>,
  ): FittedText {
    const least = Math.min(size, minSize ?? Math.max(6, 0.75 * size));
    const height = maxLines * size * LINE_HEIGHT;
    return fitText(this.#shaper, text, { width, height, weight, maxSize: size, minSize: least, maxLines });
  }

  /** Draws a text. @returns the height that it took. */
  text(text: string, place: PlacedText): number {
    return this.draw(this.fit(text, place), place);
  }

  /** Draws a text that is fitted already. @returns the height that it took. */
  draw({ lines, size }: FittedText, { x, y, width, colour = INK, align = 'start' }: PlacedText): number {
    const { content } = this.#target;
    content.setColour(colour);
    for (const [index, line] of lines.entries()) {
      const free = width - (line.width * size) / 1_000;
      const isAtEnd = align === 'end' || (align === 'start' && line.isRightToLeft);
      const indent = align === 'centre' ? free / 2 : isAtEnd ? free : 0;
      const baseline = this.#paper.height - y - size * (ASCENT + index * LINE_HEIGHT);
      content.append(content.text(line, x + indent, baseline, size));
    }
    return lines.length * size * LINE_HEIGHT;
  }

  fill(x: number, y: number, width: number, height: number, colour: Colour): void {
    this.#target.content.setColour(colour);
    this.#target.content.fillRectangle({ x, y: this.#paper.height - y - height, width, height });
  }

  line(x1: number, y1: number, x2: number, y2: number, colour = HAIR): void {
    const { height } = this.#paper;
    this.#target.content.setColour(colour);
    this.#target.content.line([x1, height - y1], [x2, height - y2], 0.5);
  }
}
