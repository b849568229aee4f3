import { describe, expect, it } from 'vitest';
import {
  checkPdf,
  hasPdfTools,
  PDF_TOOLS,
  pdfImages,
  pdfObjects,
  pdfPixels,
  pdfTexts,
} from '../../../suites/export/pdf-tools.ts';
import { readPdf } from '../../../suites/export/read-pdf.ts';
import { JPEG, pngOf } from '../../pdf/sample-images.ts';
import { printTickets, ticketsOf } from './printed-tickets.ts';

const GREEN = pngOf({ width: 1, bits: 8, colourType: 2, rows: [[0, 255, 0]] });

/** Serials in the order of the page's places, row by row. */
function serialsOf(lines: readonly { readonly text: string; readonly x: number; readonly y: number }[]): number[] {
  const placed = lines.filter(({ text }) => /^No \d+$/.test(text));
  return placed.sort((left, right) => right.y - left.y || left.x - right.x).map(({ text }) => Number(text.slice(3)));
}

describe('tickets for a print shop', () => {
  it('cuts and stacks: each pile lies in order, also the last, shorter one', async () => {
    const options = { layout: 'a4-2x4', order: 'cut-and-stack', stackSheets: 5 };
    const pages = (await readPdf(await printTickets(ticketsOf(60), options))).map(({ lines }) => serialsOf(lines));
    expect(pages).toHaveLength(8);
    const pilesOf = (sheets: readonly number[][]) =>
      Array.from({ length: 8 }, (_, place) =>
        sheets.map((sheet) => sheet[place]).filter((serial) => serial !== undefined),
      );
    // 5 sheets of 8, then the 20 that are left on 3 sheets.
    expect(pilesOf(pages.slice(0, 5)).flat()).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
    expect(pilesOf(pages.slice(5)).flat()).toEqual(Array.from({ length: 20 }, (_, index) => index + 41));
  });

  it('repeats number and code on the stub', async () => {
    const [page] = await readPdf(await printTickets(ticketsOf(8), { stub: true, stubMm: 30 }));
    const lines = page?.lines ?? [];
    for (const wanted of ['No 5', 'VIP', 'Gala'])
      expect(lines.filter(({ text }) => text === wanted).length).toBeGreaterThan(1);
    const codes = lines
      .filter(({ text }) => /^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/.test(text))
      .map(({ text }) => text);
    expect(codes).toHaveLength(16);
  });

  it('prints chosen serials only, marked as re-print', async () => {
    const filters = {
      kind: 'or',
      filters: [
        { kind: 'serial', from: 17, to: 17 },
        { kind: 'serial', from: 90, to: 92 },
      ],
    } as const;
    const [page, ...others] = await readPdf(await printTickets(ticketsOf(200, { filters }), { reprint: true }));
    expect(others).toEqual([]);
    const lines = page?.lines ?? [];
    expect(serialsOf(lines)).toEqual([17, 90, 91, 92]);
    expect(lines.filter(({ text }) => text === 'RE-PRINT')).toHaveLength(4);
    const [usual] = await readPdf(await printTickets(ticketsOf(8)));
    expect(usual?.lines.some(({ text }) => text === 'RE-PRINT')).toBe(false);
  });

  it.skipIf(!hasPdfTools)(`says which part of how many it is (${PDF_TOOLS})`, async () => {
    const file = await printTickets(ticketsOf(8), {}, { context: { part: { number: 3, of: 12 } } });
    checkPdf(file);
    const title = Buffer.from('Founders’ Day: tickets, part 3 of 12', 'utf16le').swap16().toString('hex');
    expect(pdfObjects(file).toLowerCase()).toContain(title);
  });

  it.skipIf(!hasPdfTools).each([
    ['PNG', GREEN],
    ['JPEG', JPEG],
  ])(`stores a background in %s once, for all pages (${PDF_TOOLS})`, async (_type, image) => {
    const file = await printTickets(ticketsOf(40), { background: 'sky' }, { images: { sky: image } });
    checkPdf(file);
    const listed = pdfImages(file).filter(([, , type, width]) => type === 'image' && width !== '37');
    expect(listed.length).toBeGreaterThanOrEqual(5);
    expect(new Set(listed.map((fields) => fields[10])).size).toBe(1);
  });

  it.skipIf(!hasPdfTools)(
    `lets the background reach over the cut, and leaves the QR code on white (${PDF_TOOLS})`,
    async () => {
      const options = {
        layout: 'custom',
        custom: { pageWidthMm: 100, pageHeightMm: 60, columns: 1, rows: 1, marginXMm: 10, marginYMm: 10 },
        background: 'sky',
        bleedMm: 3,
        cropMarks: true,
      };
      const file = await printTickets(ticketsOf(1), options, { images: { sky: GREEN } });
      checkPdf(file);
      const at = pdfPixels(file, 25.4 * 10);
      const millimetre = (x: number, y: number) => at(Math.round(10 * x), Math.round(10 * y));
      expect(millimetre(50, 8.5)).toEqual([0, 255, 0]);
      expect(millimetre(50, 6.5)).toEqual([255, 255, 255]);
      expect(millimetre(92.5, 30)).toEqual([0, 255, 0]);
      expect(millimetre(94, 30)).toEqual([255, 255, 255]);
      // The bar is in the type's colour, also over the cut.
      expect(millimetre(8, 30)).toEqual([156, 54, 181]);
      expect(millimetre(10.4, 30)).toEqual([156, 54, 181]);
      // Crop marks stand at the cut, outside of the bleed.
      const isDark = (x: number, y: number) =>
        [-1, 0, 1].some((step) => at(Math.round(10 * x) + step, Math.round(10 * y))[0] < 160);
      expect(isDark(10, 3)).toBe(true);
      expect(isDark(90, 3)).toBe(true);
      expect(isDark(50, 3)).toBe(false);
      // Light modules of the QR code, and its quiet zone, are white.
      const white = Array.from({ length: 900 }, (_, x) => at(x, 300)).filter((pixel) =>
        pixel.every((value) => value === 255),
      );
      expect(white.length).toBeGreaterThan(100);
    },
  );

  it('gives texts that other programs find and copy', async () => {
    if (!hasPdfTools) return;
    const [text] = pdfTexts(await printTickets(ticketsOf(1)));
    expect(text).toContain('Sun, 22 Nov, 2026, 2:30 – 8:30 pm');
  });
});
