import { describe, expect, it } from 'vitest';
import type { RecordPage, RecordSource } from '../../../../core/export/format.ts';
import type { ReportPreview } from '../../../../core/export/page-preview.ts';
import { EXPORT_FORMATS } from '../../../../core/export/registry.ts';
import { reportPdfOptionsSchema } from '../../../../core/export/report-pdf/report-pdf-options.ts';
import { previewReport } from '../../../../core/export/report-pdf/report-preview.ts';
import { hasPdfTools, PDF_TOOLS, pdfObjects, pdfTexts } from '../../../suites/export/pdf-tools.ts';
import { contextOf, ticketsOf } from '../tickets-pdf/printed-tickets.ts';

function previewOf(source: RecordSource, options: Record<string, unknown> = {}): Promise<ReportPreview> {
  return previewReport(source, reportPdfOptionsSchema.parse(options), contextOf());
}

async function fileOf(source: RecordSource, options: Record<string, unknown> = {}): Promise<Uint8Array<ArrayBuffer>> {
  const format = await EXPORT_FORMATS['report-pdf'].prepare(options);
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  for await (const chunk of format.encode(source, contextOf())) chunks.push(chunk);
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}

/** What a page of a PDF draws, counted. */
function drawnInPdf(file: Uint8Array, page: number) {
  const objects = pdfObjects(file);
  const next = objects.indexOf(`%% Contents for page ${page + 1}\n`);
  const contents = objects.slice(objects.indexOf(`%% Contents for page ${page}\n`), next === -1 ? undefined : next);
  return {
    areas: contents.match(/ re\s+f$/gm)?.length ?? 0,
    lines: contents.match(/ l\s+S$/gm)?.length ?? 0,
    letters: pdfTexts(file)[page - 1]?.replaceAll(/\s/g, '').length ?? 0,
  };
}

function drawnInSvg(svg: string) {
  const body = svg.slice(svg.indexOf('</defs>'));
  const spaces = new Set([...svg.matchAll(/<g id="(g\d+)"><g [^>]*><path d=""\/>/g)].map(([, id]) => id));
  return {
    // The paper is one.
    areas: (body.match(/<rect /g)?.length ?? 0) - 1,
    lines: body.match(/<path d="M[\d. -]+L/g)?.length ?? 0,
    letters: [...body.matchAll(/<use href="#(g\d+)"/g)].filter(([, id]) => !spaces.has(id)).length,
  };
}

describe('previewReport', () => {
  it.skipIf(!hasPdfTools)(`draws what the file has, line by line and letter by letter (${PDF_TOOLS})`, async () => {
    const options = { includeRawData: true };
    const file = await fileOf(ticketsOf(20), options);
    const { pages, pageCount } = await previewOf(ticketsOf(20), options);
    expect(pageCount).toBe(pdfTexts(file).length);
    expect(pages.map(({ number }) => number)).toEqual([1, pageCount]);
    for (const { number, svg } of pages) expect(drawnInSvg(svg)).toEqual(drawnInPdf(file, number));
    expect(drawnInSvg(pages[0]?.svg ?? '').letters).toBeGreaterThan(300);
  });

  it('is outlines without text, whose groups are not deep', async () => {
    const { pages } = await previewOf(ticketsOf(400), { includeRawData: true });
    for (const { svg } of pages) {
      expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" /);
      expect(svg).not.toMatch(/<text|<script|<foreignObject|Founders|on\w+=/);
      let depth = 0;
      for (const [tag] of svg.matchAll(/<\/?g\b/g)) {
        depth += tag === '<g' ? 1 : -1;
        expect(depth).toBeLessThan(8);
      }
      expect(depth).toBe(0);
    }
  });

  it('leaves the number of pages open where the table is not drawn to its end', async () => {
    const whole = { examined: 400, isWhole: true, invalid: 0, missing: [] };
    expect(await previewOf(ticketsOf(400))).toMatchObject({ ...whole, pageCount: 1 });
    const { pages, ...long } = await previewOf(ticketsOf(400), { includeRawData: true });
    expect(long).toMatchObject({ ...whole, pageCount: null });
    expect(pages.map(({ number }) => number)).toEqual([1, 2]);
  });

  it('is one page without a ticket', async () => {
    const preview = await previewOf(ticketsOf(0), { paper: 'letter', includeRawData: true });
    expect(preview).toMatchObject({ examined: 0, isWhole: true, pageCount: 1 });
    expect(preview.pages).toHaveLength(1);
  });

  it('names characters that no font has, also of records beyond the page that is drawn', async () => {
    const holder = (serial: number) => (serial === 399 ? 'Asha 𐍈' : `Asha ${serial}`);
    expect(await previewOf(ticketsOf(400, { holder }), { includeRawData: true })).toMatchObject({ missing: ['𐍈'] });
    expect(await previewOf(ticketsOf(400, { holder }))).toMatchObject({ missing: [] });
  });

  it('counts what will be set aside, and stops at 100,000 records', async () => {
    const { isWhole, examined, invalid } = await previewOf(endless());
    expect({ isWhole, examined, invalid }).toEqual({ isWhole: false, examined: 99_900, invalid: 100 });
  });

  it('ends when it is cancelled', async () => {
    const reason = new Error('other options');
    const signal = AbortSignal.abort(reason);
    const options = reportPdfOptionsSchema.parse({});
    await expect(previewReport(ticketsOf(400), options, contextOf({ context: { signal } }))).rejects.toBe(reason);
  });
});

/** Records without an end, one of each thousand with a bad price. */
function endless(): RecordSource {
  const page: RecordPage = {
    keys: Array.from({ length: 1_000 }, (_, index) => `${index}`),
    rows: Array.from({ length: 1_000 }, (_, index) => ['valid', index === 7 ? Number.NaN : 1_000]),
  };
  return {
    columns: [
      { id: 'status', title: 'Status', type: 'text', countBy: 'value' },
      { id: 'price', title: 'Price', type: 'amount' },
    ],
    estimatedCount: 1e9,
    async *pages() {
      while (true) yield page;
    },
  };
}
