import * as pdfjs from 'pdfjs-dist/legacy/build/pdf.mjs';

/** A line of text on a page, as pdf.js finds it: in logical order, whatever its direction. */
interface PdfLine {
  readonly text: string;
  /** Points from the page's lower left corner. */
  readonly x: number;
  readonly y: number;
}

export interface PdfPage {
  /** Points. */
  readonly width: number;
  readonly height: number;
  readonly lines: readonly PdfLine[];
}

/** All pages of a PDF with their text, read by pdf.js in this thread. */
export async function readPdf(file: Uint8Array<ArrayBuffer>): Promise<PdfPage[]> {
  await readInThisThread();
  const task = pdfjs.getDocument({ data: file.slice(), useSystemFonts: false });
  const document = await task.promise;
  const pages: PdfPage[] = [];
  for (let number = 1; number <= document.numPages; number++) {
    const page = await document.getPage(number);
    const [left, bottom, right, top] = page.view as [number, number, number, number];
    const { items } = await page.getTextContent();
    pages.push({ width: right - left, height: top - bottom, lines: linesOf(items) });
    page.cleanup();
  }
  await task.destroy();
  return pages;
}

/** A piece of text; a line is of one or several. */
interface PdfItem extends PdfLine {
  readonly width: number;
  readonly size: number;
}

/** All pages of a PDF with the pieces of their text. */
export async function readPdfItems(file: Uint8Array<ArrayBuffer>): Promise<{ readonly items: readonly PdfItem[] }[]> {
  await readInThisThread();
  const task = pdfjs.getDocument({ data: file.slice(), useSystemFonts: false });
  const document = await task.promise;
  const pages: { items: PdfItem[] }[] = [];
  for (let number = 1; number <= document.numPages; number++) {
    const page = await document.getPage(number);
    const { items } = await page.getTextContent();
    const texts = items.flatMap((item): PdfItem[] => {
      // What has no height are gaps, which pdf.js takes for spaces.
      if (!('str' in item) || item.str === '' || item.height === 0) return [];
      const [x, y] = item.transform.slice(4) as [number, number];
      return [{ text: item.str, x, y, width: item.width, size: item.height }];
    });
    pages.push({ items: texts });
    page.cleanup();
  }
  await task.destroy();
  return pages;
}

async function readInThisThread(): Promise<void> {
  // What pdf.js itself looks for before it starts a worker.
  Object.assign(globalThis, { pdfjsWorker: await import('pdfjs-dist/legacy/build/pdf.worker.mjs') });
}

type Item = Awaited<
  ReturnType<Awaited<ReturnType<pdfjs.PDFDocumentProxy['getPage']>>['getTextContent']>
>['items'][number];

/** Pieces of one line that differ in font or direction belong together. */
function linesOf(items: readonly Item[]): PdfLine[] {
  const lines: PdfLine[] = [];
  let open: { text: string; readonly x: number; readonly y: number } | undefined;
  for (const item of items) {
    if (!('str' in item)) continue;
    const [x, y] = item.transform.slice(4) as [number, number];
    if (item.str !== '') {
      if (open === undefined || Math.abs(open.y - y) > 0.5) {
        open = { text: '', x, y };
        lines.push(open);
      }
      open.text += item.str;
    }
    if (item.hasEOL) open = undefined;
  }
  return lines;
}
