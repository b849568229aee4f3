import { describe, expect, it } from 'vitest';
import { PdfDocument } from '../../../core/pdf/document.ts';
import { checkPdf, hasPdfTools, PDF_TOOLS, pdfObjects } from '../../suites/export/pdf-tools.ts';
import { readPdf } from '../../suites/export/read-pdf.ts';

const FACTS = {
  title: 'Tickets (of \\ a gala) தமிழ்',
  createdAt: new Date('2026-11-22T10:00:00Z'),
  id: 'AB'.repeat(16),
};

async function documentOf(draw: (document: PdfDocument) => Promise<void>): Promise<Uint8Array<ArrayBuffer>> {
  const document = new PdfDocument();
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  await draw(document);
  pieces.push(document.take());
  await document.end(FACTS);
  pieces.push(document.take());
  return new Uint8Array(await new Blob(pieces).arrayBuffer());
}

describe('PdfDocument', () => {
  it('keeps its pages in order, however many', async () => {
    const file = await documentOf(async (document) => {
      for (let page = 1; page <= 2_100; page++) await document.endPage({ width: 100 + page, height: 50 });
    });
    if (hasPdfTools) checkPdf(file);
    const pages = await readPdf(file);
    expect(pages.map(({ width }) => Math.round(width))).toEqual(
      Array.from({ length: 2_100 }, (_, index) => 101 + index),
    );
  });

  it('puts the pages of a section before those of the next, whenever they are written', async () => {
    const file = await documentOf(async (document) => {
      for (let page = 1; page <= 40; page++) await document.endPage({ width: 200 + page, height: 50 }, { section: 1 });
      await document.endPage({ width: 101, height: 50 }, { section: 0 });
      await document.endPage({ width: 102, height: 50 }, { section: 0 });
    });
    if (hasPdfTools) checkPdf(file);
    const widths = (await readPdf(file)).map(({ width }) => Math.round(width));
    expect(widths).toEqual([101, 102, ...Array.from({ length: 40 }, (_, index) => 201 + index)]);
  });

  it.skipIf(!hasPdfTools)(
    `has a page also when nothing was drawn, and says when it was made (${PDF_TOOLS})`,
    async () => {
      const file = await documentOf((document) => document.endPage({ width: 100, height: 50 }));
      checkPdf(file);
      const objects = pdfObjects(file);
      expect(objects).toContain('/CreationDate (D:20261122100000Z)');
      expect(objects).toContain('/Producer (Ticketmint)');
    },
  );

  it('draws inline pictures whose data would end them in hex', async () => {
    const rows = new TextEncoder().encode('\nEI Q endobj');
    const file = await documentOf(async (document) => {
      document.content.mask(rows, 8, { x: 0, y: 0, width: 50, height: 50 });
      await document.endPage({ width: 100, height: 50 });
    });
    if (!hasPdfTools) return;
    checkPdf(file);
    expect(pdfObjects(file)).toContain('/F/AHx');
  });
});
