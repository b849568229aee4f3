import type { PageBox, PageParts } from './document.ts';
import type { PageCanvas } from './page-canvas.ts';

/** What pages are put on, one after another: the file of a PDF, or pictures for the screen. */
export interface PageTarget {
  /** The page, or the overlay, that is being drawn; another one after each. */
  readonly content: PageCanvas;
  /** Pages that were ended. */
  readonly pageCount: number;
  /** Reserves an overlay of a page. */
  allocateOverlay(): number;
  /** Ends the page that was drawn into {@link content}. */
  endPage(box: PageBox, parts?: PageParts): Promise<void>;
  /** Draws an overlay; before all ends, each that was reserved needs its own. @param draw draws into {@link content}. */
  drawLater(overlay: number, draw: () => void): Promise<void>;
}
