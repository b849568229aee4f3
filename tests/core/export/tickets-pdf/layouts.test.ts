import { describe, expect, it } from 'vitest';
import {
  checkPdf,
  hasPdfTools,
  PDF_TOOLS,
  pdfTexts,
  readQrCodes,
  renderPdf,
} from '../../../suites/export/pdf-tools.ts';
import { readPdf } from '../../../suites/export/read-pdf.ts';
import { cellsOf, PRESETS, printTickets, ticketsOf } from './printed-tickets.ts';

const POINTS_PER_MM = 72 / 25.4;

describe.skipIf(!hasPdfTools)(`tickets as other programs read them (${PDF_TOOLS})`, () => {
  it.each(PRESETS)(
    '%s: sizes, texts, and every QR code from the drawn pages',
    async (layout, width, height, perPage) => {
      const count = perPage + 1;
      const file = await printTickets(ticketsOf(count), { layout });
      checkPdf(file);
      const pages = await readPdf(file);
      expect(pages).toHaveLength(2);
      expect((pages[0]?.width ?? 0) / POINTS_PER_MM).toBeCloseTo(width, 1);
      expect((pages[0]?.height ?? 0) / POINTS_PER_MM).toBeCloseTo(height, 1);
      const texts = pdfTexts(file);
      const [holders, codes, tokens] = await Promise.all(
        ['holder', 'code', 'token'].map((column) => cellsOf(ticketsOf(count), column)),
      );
      for (let index = 0; index < count; index++) {
        const text = texts[index < perPage ? 0 : 1] ?? '';
        const wanted = [
          'Gala',
          '22 Nov',
          'Ripon Building, Chennai',
          'VIP',
          '₹1,499.00',
          `No ${index + 1}`,
          `A-${index + 1}`,
        ];
        for (const part of [...wanted, holders?.[index], codes?.[index]]) expect(text).toContain(part);
      }
      const read = await Promise.all(renderPdf(file, 200).map(readQrCodes));
      expect(new Set(read.flat())).toEqual(new Set(tokens));
      expect(read[1]).toEqual([tokens?.at(-1)]);
    },
  );

  it('takes a grid in millimetres', async () => {
    const custom = {
      pageWidthMm: 320,
      pageHeightMm: 450,
      columns: 3,
      rows: 6,
      marginXMm: 12,
      marginYMm: 15,
      gapXMm: 4,
      gapYMm: 3,
    };
    const file = await printTickets(ticketsOf(18), { layout: 'custom', custom, cutLines: false });
    checkPdf(file);
    const [page] = await readPdf(file);
    expect((page?.width ?? 0) / POINTS_PER_MM).toBeCloseTo(320, 1);
    const tokens = await cellsOf(ticketsOf(18), 'token');
    expect(new Set(await readQrCodes(renderPdf(file, 150)[0] as Uint8Array<ArrayBuffer>))).toEqual(new Set(tokens));
    const third = page?.lines.filter(({ text }) => text === 'No 3' || text === 'No 6') ?? [];
    expect(third.map(({ x }) => x)[0]).toBeCloseTo(third.map(({ x }) => x)[1] ?? 0, 0);
  });

  it('keeps every text inside its ticket', async () => {
    const holder = () => 'Dr. Venkatanarasimharajuvaripeta Subramanian Lakshminarayanan Iyer the Younger';
    for (const [layout, , , perPage] of PRESETS) {
      if (perPage < 8) continue;
      const columns = layout.includes('3x8') ? 3 : 2;
      const [page] = await readPdf(await printTickets(ticketsOf(perPage, { holder }), { layout, stub: columns === 2 }));
      const { width = 0, lines = [] } = page ?? {};
      // Texts of neighbours in a row begin in their own halves or thirds, and there are as many in each.
      const counts = new Map<number, number>();
      for (const { x } of lines) {
        const column = Math.floor((x / width) * columns);
        counts.set(column, (counts.get(column) ?? 0) + 1);
      }
      expect([...counts.keys()].sort()).toEqual(Array.from({ length: columns }, (_, column) => column));
    }
  });
});

describe('tickets PDF', () => {
  it('refuses QR codes whose modules are smaller than asked for, with both sizes', async () => {
    await expect(printTickets(ticketsOf(8), { layout: 'a4-3x8', minModuleMm: 0.8 })).rejects.toMatchObject({
      code: 'layout-invalid',
      message: expect.stringMatching(/expected QR modules of 0\.8 mm, found 0\.\d\d/),
    });
  });

  it('wraps a long name before it cuts it, and ends it with an ellipsis then', async () => {
    const linesOf = async (holder: string) => {
      const [page] = await readPdf(await printTickets(ticketsOf(1, { holder: () => holder })));
      const all = page?.lines.map(({ text }) => text) ?? [];
      return all.slice(all.indexOf('VIP') + 1, all.indexOf('Seat: A-1'));
    };
    expect(await linesOf('Asha Raman')).toEqual(['Asha Raman']);
    expect(await linesOf('Venkatanarasimharajuvaripeta Lakshminarayanan')).toEqual([
      'Venkatanarasimharajuvaripeta',
      'Lakshminarayanan',
    ]);
    const cut = await linesOf('Venkatanarasimharajuvaripeta '.repeat(9));
    expect(cut).toHaveLength(2);
    expect(cut[1]).toMatch(/…$/);
  });
});
