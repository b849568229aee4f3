import type { PageBox, PageParts } from './document.ts';
import type { PageTarget } from './page-target.ts';
import { SvgPage } from './svg-page.ts';

/** A page that is shown. */
export interface ShownPage {
  /** From 1, in the order in which a PDF has them. */
  readonly number: number;
  /** An SVG document without text or scripts. */
  readonly svg: string;
}

/** Of one section. */
interface Section {
  readonly first: SvgPage;
  readonly box: PageBox;
  readonly overlay: number | undefined;
  pageCount: number;
}

/** Pages as pictures, drawn by the same steps as those of a PDF. Holds the first page of each section, and counts the others. */
export class SvgPages implements PageTarget {
  #content = new SvgPage();
  #overlays = 0;
  readonly #sections = new Map<number, Section>();

  get content(): SvgPage {
    return this.#content;
  }

  get pageCount(): number {
    return [...this.#sections.values()].reduce((sum, { pageCount }) => sum + pageCount, 0);
  }

  allocateOverlay(): number {
    return ++this.#overlays;
  }

  async endPage(box: PageBox, { section: number = 0, overlay }: PageParts = {}): Promise<void> {
    const section = this.#sections.get(number) ?? { first: this.#content, box, overlay, pageCount: 0 };
    section.pageCount++;
    this.#sections.set(number, section);
    this.#content = new SvgPage();
  }

  async drawLater(overlay: number, draw: () => void): Promise<void> {
    const page = [...this.#sections.values()].find((section) => section.overlay === overlay)?.first;
    if (page === undefined) return;
    const next = this.#content;
    this.#content = page;
    draw();
    this.#content = next;
  }

  /** The first page of each section that has one. */
  shownPages(): readonly ShownPage[] {
    const inOrder = [...this.#sections].sort(([left], [right]) => left - right);
    let before = 0;
    return inOrder.map(([, { first, box, pageCount }]) => {
      const number = before + 1;
      before += pageCount;
      return { number, svg: first.toString(box) };
    });
  }
}
