import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { shortCodeOf } from '../../core/ticket/short-code.ts';
import { parseToken } from '../../core/ticket/token.ts';
import { readQrCodes } from '../suites/export/pdf-tools.ts';
import { type PdfPage, readPdf } from '../suites/export/read-pdf.ts';
import { makeEvent } from '../support/api.ts';
import { expect, test } from '../support/app-test.ts';
import { drawPdfPage } from '../support/draw-pdf.ts';
import { pickedContents, storeBatch, stubPickers } from '../support/export-tickets.ts';
import type { TestServer } from '../support/server.ts';
import { type StoredTicket, serverTickets } from '../support/stored-tickets.ts';

test.use({ actionTimeout: 15_000 });

const COUNT = 40;
const [COLUMNS, ROWS] = [2, 4];
const MARGIN_MM = 10;
const POINTS_PER_MM = 72 / 25.4;
const NAMES = [
  'Анна Каренина',
  'Νίκος Παπαδόπουλος',
  'मीरा कृष्णन',
  'நன்றி செல்வன்',
  'অনন্যা সেন',
  'محمد الأمين',
  'מרים כהן',
  'สมชาย ใจดี',
  '王小明',
  'さくら',
  '김민준',
  'Zoë Łukasiewicz',
];
const nameOf = (serial: number) => NAMES[serial % NAMES.length] as string;
const RIGHT_TO_LEFT = /[\u0590-\u08ff]/;

interface Tickets {
  readonly eventId: string;
  readonly onServer: ReadonlyMap<number, StoredTicket>;
}

async function makePersonalised(server: TestServer): Promise<Tickets> {
  const eventId = await makeEvent(server, ['VIP']);
  const batch = await storeBatch(server, eventId, { count: COUNT, holderOf: nameOf });
  const stored = serverTickets(join(server.dataFolder, 'ticketmint.sqlite'), [batch.id]);
  return { eventId, onServer: new Map(stored.map((ticket) => [ticket.serial, ticket])) };
}

/** From the page's first step to its check: tickets as PDF, 2 × 4 on A4, under this name. */
async function choosePdf(page: Page, eventId: string, fileName: string): Promise<void> {
  const preview = page.getByRole('region', { name: 'Preview' });
  await page.goto(`/events/${eventId}/exports`);
  await page.getByRole('checkbox', { name: /^Tickets \(PDF\)/ }).check();
  await page.getByRole('checkbox', { name: /^CSV/ }).uncheck();
  await page.getByLabel('File name').fill(fileName);
  await page.getByRole('button', { name: 'Tickets (PDF): as usual' }).click();
  for (const [layout, words] of [
    ['A4, 24 labels (3 × 8)', '24 tickets a page'],
    ['A4, 8 a page (2 × 4)', '8 tickets a page, 95 × 69 mm'],
  ] as const) {
    await page.getByRole('combobox', { name: 'Layout' }).click();
    await page.getByRole('option', { name: layout }).click();
    await expect(preview).toContainText(words);
  }
  const picture = preview.getByRole('img', { name: /^The first page: 8 tickets/ });
  await expect(picture).toBeVisible();
  expect(await picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
  await expect(preview).toContainText(`The texts of ${COUNT} tickets fit, and the fonts have all their characters.`);
  await page.getByRole('button', { name: `Check ${COUNT} tickets` }).click();
}

/** The texts of a page's tickets, row by row, by where they begin. */
function ticketsOf({ width, height, lines }: PdfPage): string[][] {
  const margin = MARGIN_MM * POINTS_PER_MM;
  const tickets: string[][] = Array.from({ length: COLUMNS * ROWS }, () => []);
  for (const { text, x, y } of lines) {
    const column = Math.floor(((x - margin) / (width - 2 * margin)) * COLUMNS);
    const row = Math.floor(((height - margin - y) / (height - 2 * margin)) * ROWS);
    tickets[row * COLUMNS + column]?.push(text);
  }
  return tickets;
}

/** Readers find the letters of a line that runs from right to left; in which order, differs. */
function comparable(text: string): string {
  return RIGHT_TO_LEFT.test(text) ? [...text].sort().join('') : text;
}

async function expectTexts(file: Buffer, { onServer }: Tickets): Promise<void> {
  const pages = await readPdf(new Uint8Array(file));
  expect(pages).toHaveLength(COUNT / (COLUMNS * ROWS));
  for (const [index, texts] of pages.flatMap(ticketsOf).entries()) {
    const serial = index + 1;
    const code = shortCodeOf(onServer.get(serial)?.signature ?? new Uint8Array());
    for (const text of ['Founders’ Day', 'VIP', nameOf(serial), `No ${serial}`, code])
      expect(texts.map(comparable), `ticket ${serial}`).toContain(comparable(text));
  }
}

/** The codes of one page, drawn, are the tokens of its tickets with the signatures that the server has. */
async function expectCodes(page: Page, file: Buffer, { onServer }: Tickets): Promise<void> {
  const perPage = COLUMNS * ROWS;
  const codes = await readQrCodes(await drawPdfPage(page.context(), file, 2));
  const tokens = codes
    .map((code) => parseToken(code))
    .sort((left, right) => (left?.serial ?? 0) - (right?.serial ?? 0));
  expect(tokens.map((token) => token?.serial)).toEqual(Array.from({ length: perPage }, (_, at) => perPage + at + 1));
  for (const token of tokens) {
    const stored = onServer.get(token?.serial ?? 0);
    expect(token?.batchId).toBe(stored?.batchId);
    expect(Buffer.from(token?.signature ?? []).equals(stored?.signature ?? Buffer.of(0))).toBe(true);
  }
}

test('tickets for printing go into the picked folder, with their manifest beside', async ({ app, server }) => {
  const tickets = await makePersonalised(server);
  await stubPickers(app, 'folder');
  await choosePdf(app, tickets.eventId, 'for the printer');
  await app.getByRole('button', { name: 'Choose a folder' }).click();
  await app.getByRole('button', { name: `Save ${COUNT} tickets` }).click();
  await expect(app.getByText('“for the printer.pdf”, with its manifest beside it')).toBeVisible();
  const { 'for the printer.pdf': file = Buffer.of(), ...others } = await pickedContents(app);
  const manifest = JSON.parse(others['for the printer.pdf.manifest.json']?.toString() ?? '{}');
  expect(manifest).toMatchObject({ format: 'tickets-pdf', records: COUNT, rejectedCount: 0, bytes: file.length });
  expect(manifest.sha256).toBe(createHash('sha256').update(file).digest('hex'));
  await expectTexts(file, tickets);
  await expectCodes(app, file, tickets);
});

test('tickets for printing are downloaded where there is no picker', async ({ app, server }) => {
  const tickets = await makePersonalised(server);
  await stubPickers(app, 'none');
  await choosePdf(app, tickets.eventId, 'tickets');
  const downloading = app.waitForEvent('download');
  await app.getByRole('button', { name: `Save ${COUNT} tickets` }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toBe('tickets.pdf');
  const file = await readFile(await download.path());
  await expect(app.getByText(createHash('sha256').update(file).digest('hex'))).toBeVisible();
  await expectTexts(file, tickets);
  await expectCodes(app, file, tickets);
});
