import { MantineProvider } from '@mantine/core';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { PagePreview } from '../../../../core/export/page-preview.ts';
import { reportPdfOptionsSchema } from '../../../../core/export/report-pdf/report-pdf-options.ts';
import { previewReport } from '../../../../core/export/report-pdf/report-preview.ts';
import { previewTickets } from '../../../../core/export/tickets-pdf/ticket-preview.ts';
import { ticketsPdfOptionsSchema } from '../../../../core/export/tickets-pdf/tickets-pdf-options.ts';
import { PdfPreview } from '../../../../src/features/exports/pdf-preview.tsx';
import { requestAssets } from '../../../../workers/export/assets.ts';

let host: HTMLElement;
let root: Root;

beforeEach(() => {
  host = document.body.appendChild(document.createElement('div'));
  root = createRoot(host);
});
afterEach(() => {
  root.unmount();
  host.remove();
});

const context = {
  assets: requestAssets({}),
  locale: 'en',
  now: new Date(0),
  timeZone: 'UTC',
  signal: new AbortController().signal,
};

function ticketsFor(names: readonly string[]) {
  return {
    columns: [
      { id: 'holder', title: 'Holder', type: 'text' },
      { id: 'token', title: 'Token', type: 'text' },
    ],
    estimatedCount: names.length,
    async *pages() {
      yield { keys: names, rows: names.map((name) => [name, 'A'.repeat(122)]) };
    },
  } as const;
}

/** A page of one ticket a name, by the encoder. */
function pageOf(names: readonly string[], options: Record<string, unknown> = {}): Promise<PagePreview> {
  return previewTickets(ticketsFor(names), ticketsPdfOptionsSchema.parse(options), context);
}

async function show(page: PagePreview): Promise<string> {
  root.render(
    <MantineProvider>
      <PdfPreview page={page} />
    </MantineProvider>,
  );
  await expect.poll(() => host.querySelector('img')?.naturalWidth ?? 0).toBeGreaterThan(0);
  return host.textContent ?? '';
}

test('shows the page as a picture with its measures, and says that it is ready', async () => {
  const text = await show(await pageOf(['Asha Raman', 'தமிழ்ச்செல்வி முருகன்']));
  const image = host.querySelector('img') as HTMLImageElement;
  expect(image.src).toMatch(/^blob:/);
  expect(image.naturalHeight / image.naturalWidth).toBeCloseTo(297 / 210, 1);
  expect(image.alt).toContain('8 tickets');
  expect(text).toContain('8 tickets a page, 95 × 69 mm, QR modules of 0.');
  expect(text).toContain('Ready to print');
});

test('draws what the encoder draws: dark modules and letters on white', async () => {
  await show(await pageOf(['Asha Raman']));
  const image = host.querySelector('img') as HTMLImageElement;
  const canvas = new OffscreenCanvas(595, 842);
  const context = canvas.getContext('2d') as OffscreenCanvasRenderingContext2D;
  context.drawImage(image, 0, 0, 595, 842);
  const { data } = context.getImageData(0, 0, 595, 842);
  let dark = 0;
  for (let at = 0; at < data.length; at += 4) if ((data[at] ?? 255) < 64) dark++;
  expect(dark).toBeGreaterThan(4_000);
  expect(dark).toBeLessThan(40_000);
});

test('warns of characters without a font, of cut names, and of QR codes that are too small', async () => {
  const text = await show(await pageOf(['Asha 𐍈', 'x'.repeat(900)], { layout: 'a4-3x8', minModuleMm: 1 }));
  expect(text).toContain('The QR codes are too small to be read');
  expect(text).toContain('1 ticket with characters that no font here has: 𐍈 (U+10348)');
  expect(text).toContain('Holder is cut short on 1 ticket');
  expect(text).not.toContain('Ready to print');
});

test('shows a report’s summary and the page where its table begins, and says what they are drawn from', async () => {
  const names = Array.from({ length: 300 }, (_, index) => `Asha ${index}`);
  const options = reportPdfOptionsSchema.parse({ includeRawData: true });
  const text = await show(await previewReport(ticketsFor([...names, 'Asha 𐍈']), options, context));
  const [summary, table] = host.querySelectorAll('img');
  expect(summary?.alt).toBe('The report’s first page: its summary');
  expect(table?.alt).toBe('Page 2, where the table of all tickets begins');
  expect((summary?.naturalHeight ?? 0) / (summary?.naturalWidth ?? 1)).toBeCloseTo(297 / 210, 1);
  expect(text).toContain('Several pages, drawn here from all 301 tickets');
  expect(text).toContain('No font here has these characters: 𐍈 (U+10348)');
});
