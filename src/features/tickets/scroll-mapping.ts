/**
 * Maps the scroll position of an element of bounded height to a list that may be much taller. Browsers end an element at
 * some 16 to 33 million pixels; a million rows are taller than that.
 *
 * The tall list is cut into pages. Within a page, one pixel scrolled is one pixel of the list; from page to page the
 * list shifts against the element, so that both begin and end together. A jump (the scrollbar dragged, a key for the
 * end) maps in proportion. (The scheme of SlickGrid.)
 */
export class ScrollMapping {
  /** Height of the list in pixels. */
  readonly virtualHeight: number;
  /** Height that the element is given. */
  readonly realHeight: number;
  readonly #pages: number;
  readonly #pageHeight: number;
  /** By how much the list shifts from one page to the next. */
  readonly #step: number;
  #real = 0;
  #shift = 0;

  constructor(virtualHeight: number, maxRealHeight = 4_000_000) {
    this.virtualHeight = virtualHeight;
    this.realHeight = Math.min(virtualHeight, maxRealHeight);
    const isScaled = virtualHeight > this.realHeight;
    this.#pageHeight = isScaled ? this.realHeight / 100 : virtualHeight;
    this.#pages = isScaled ? Math.floor(virtualHeight / this.#pageHeight) : 1;
    this.#step = isScaled ? (virtualHeight - this.realHeight) / (this.#pages - 1) : 0;
  }

  /** What to take from a position in the list to get the position in the element. */
  get shift(): number {
    return this.#shift;
  }

  /** Where the element should be scrolled to. */
  get real(): number {
    return this.#real;
  }

  /** The position in the list. */
  get virtual(): number {
    return this.#real + this.#shift;
  }

  /**
   * Takes over where the element was scrolled to. Afterwards {@link real} may differ: then scroll the element there.
   * @returns the position in the list.
   */
  scrolled(real: number, viewportHeight: number): number {
    if (this.#step === 0) {
      this.#real = real;
    } else if (Math.abs(real - this.#real) < viewportHeight) {
      this.moveTo(real + this.#shift, viewportHeight);
    } else {
      const range = this.realHeight - viewportHeight;
      const wanted = range <= 0 ? 0 : (real / range) * (this.virtualHeight - viewportHeight);
      this.#shift = this.#shiftAt(wanted);
      this.#real = real;
    }
    return this.virtual;
  }

  /** Moves to a position in the list; then scroll the element to {@link real}. */
  moveTo(virtual: number, viewportHeight: number): void {
    const within = Math.max(0, Math.min(virtual, this.virtualHeight - viewportHeight));
    this.#shift = this.#shiftAt(within);
    this.#real = within - this.#shift;
  }

  #shiftAt(virtual: number): number {
    return Math.round(Math.min(this.#pages - 1, Math.floor(virtual / this.#pageHeight)) * this.#step);
  }
}
