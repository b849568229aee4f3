import type { FontSubset } from '../fonts/font-subset.ts';
import { ContentStream, type ResourceNames } from './content-stream.ts';
import { embedFont } from './embed-font.ts';
import { embedImage, type PreparedImage } from './embed-image.ts';
import { type ObjectNumber, real, reference } from './objects.ts';
import type { Rectangle } from './page-canvas.ts';
import type { PageTarget } from './page-target.ts';
import { joinTrees, PageTree } from './page-tree.ts';
import { type DocumentFacts, PdfFile } from './pdf-file.ts';

/** An image that the file holds once, however often pages draw it. */
export interface DocumentImage {
  /** By which content refers to it: `I7`. */
  readonly name: string;
  readonly object: ObjectNumber;
}

export interface PageBox {
  /** Points. */
  readonly width: number;
  readonly height: number;
}

/** What a page has besides what was drawn. */
export interface PageParts {
  /** Images of its own, that it draws. */
  readonly images?: readonly DocumentImage[];
  /** From 0; pages of a lower section come first, whenever they are written. */
  readonly section?: number;
  /** Drawn over it later, by {@link PdfDocument.drawLater}: what is not known yet, like the number of pages. */
  readonly overlay?: ObjectNumber;
}

/**
 * A document of pages, fonts and images, written as it grows: pages go out as they are added, fonts when it ends, as only
 * then all their letters are known. Holds 8 bytes an object, the letters used, and a few pages that are being deflated.
 */
export class PdfDocument implements ResourceNames, PageTarget {
  /** The page that is being drawn. */
  readonly content: ContentStream;
  readonly #file: PdfFile;
  /** By section. */
  readonly #trees: PageTree[] = [];
  readonly #fontsObject: ObjectNumber;
  /** Of pages without images of their own. */
  readonly #resources: ObjectNumber;
  readonly #fonts = new Map<FontSubset, { readonly name: string; readonly object: ObjectNumber }>();
  /** Images and forms that every page may draw. */
  readonly #common: DocumentImage[] = [];

  /** @param onContent is given what the file holds before it is deflated, in order. */
  constructor(onContent?: (bytes: Uint8Array<ArrayBuffer>) => void) {
    this.#file = new PdfFile(onContent);
    this.#fontsObject = this.#file.allocate();
    this.#resources = this.#file.allocate();
    this.content = new ContentStream(this);
  }

  get pageCount(): number {
    return this.#trees.reduce((sum, { pageCount }) => sum + pageCount, 0);
  }

  fontName(subset: FontSubset): string {
    const known = this.#fonts.get(subset);
    if (known !== undefined) return known.name;
    const font = { name: `F${this.#fonts.size + 1}`, object: this.#file.allocate() };
    this.#fonts.set(subset, font);
    return font.name;
  }

  addForm(content: Uint8Array<ArrayBuffer>, { x, y, width, height }: Rectangle): string {
    const object = this.#file.allocate();
    const box = [x, y, x + width, y + height].map(real).join(' ');
    const entries = `/Type/XObject/Subtype/Form/BBox[${box}]/Resources ${reference(this.#resources)}`;
    this.#file.writeStream(object, entries, content);
    const name = `X${object}`;
    this.#common.push({ name, object });
    return name;
  }

  /** Stores an image for any page to draw. @param isCommon every page may draw it without naming it. */
  addImage(image: PreparedImage, isCommon = false): DocumentImage {
    const object = embedImage(this.#file, image);
    const added = { name: `I${object}`, object };
    if (isCommon) this.#common.push(added);
    return added;
  }

  /** Reserves an overlay of a page. */
  allocateOverlay(): ObjectNumber {
    return this.#file.allocate();
  }

  async drawLater(overlay: ObjectNumber, draw: () => void): Promise<void> {
    draw();
    this.#file.writeStream(overlay, '', this.content.take());
    await this.#file.settle();
  }

  /** Ends the page that was drawn into {@link content}. */
  async endPage({ width, height }: PageBox, { images = [], section = 0, overlay }: PageParts = {}): Promise<void> {
    const file = this.#file;
    const [page, contents] = [file.allocate(), file.allocate()];
    const parent = this.#treeOf(section).add(page);
    const drawn = overlay === undefined ? reference(contents) : `[${reference(contents)} ${reference(overlay)}]`;
    const resources = images.length === 0 ? reference(this.#resources) : this.#resourceDictionary(images);
    file.writeStream(contents, '', this.content.take());
    file.writeObject(
      page,
      `<</Type/Page/Parent ${reference(parent)}/MediaBox[0 0 ${real(width)} ${real(height)}]/Resources ${resources}/Contents ${drawn}>>`,
    );
    await file.settle();
  }

  /** Bytes that can be written by now; the caller owns them. */
  take(): Uint8Array<ArrayBuffer> {
    return this.#file.take();
  }

  /** How many bytes {@link take} would give. */
  get gathered(): number {
    return this.#file.output.length;
  }

  /** Writes fonts, page tree and the end of the file; take what is left afterwards. */
  async end(facts: DocumentFacts): Promise<void> {
    const file = this.#file;
    for (const [index, [subset, { object }]] of [...this.#fonts].entries()) {
      embedFont(file, object, subset, index);
      await file.settle();
    }
    const fonts = [...this.#fonts.values()].map(({ name, object }) => `/${name} ${reference(object)}`);
    file.writeObject(this.#fontsObject, `<<${fonts.join('')}>>`);
    file.writeObject(this.#resources, this.#resourceDictionary([]));
    await file.end(
      joinTrees(
        file,
        this.#trees.filter(({ pageCount }) => pageCount > 0),
      ),
      facts,
    );
  }

  #treeOf(section: number): PageTree {
    while (this.#trees.length <= section) this.#trees.push(new PageTree(this.#file));
    return this.#trees[section] as PageTree;
  }

  #resourceDictionary(images: readonly DocumentImage[]): string {
    const named = [...this.#common, ...images].map(({ name, object }) => `/${name} ${reference(object)}`);
    const xObjects = named.length === 0 ? '' : `/XObject<<${named.join('')}>>`;
    return `<</Font ${reference(this.#fontsObject)}${xObjects}>>`;
  }
}
