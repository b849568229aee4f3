import { createHash } from 'node:crypto';
import { expect } from 'vitest';
import type { FormatManifest } from '../../core/export/manifest.ts';
import { parseToken } from '../../core/ticket/token.ts';
import { readCsv } from '../suites/export/csv-under-test.ts';
import { readJson, readNdjson } from '../suites/export/json-under-test.ts';
import { readPdf } from '../suites/export/read-pdf.ts';
import { readXlsx, sheetCells } from '../suites/export/xlsx-under-test.ts';
import { readXml } from '../suites/export/xml-under-test.ts';
import { COUNT } from '../support/export-tickets.ts';
import { isSignedBy, publicKeyOf, type ServerBatch } from '../support/stored-tickets.ts';
import { unzip } from '../support/unzip.ts';

/** What is compared of a ticket, as text. */
type Row = readonly [token: string, holder: string, status: string];

/** For people and for programs. */
const TITLES = ['Token', 'Holder', 'Status'];
const IDS = ['token', 'holder', 'status'];

const READERS: Readonly<Record<string, (file: Uint8Array<ArrayBuffer>) => Row[]>> = {
  'all.csv': (file) => rowsOf(readCsv(file), TITLES),
  'all.xlsx': (file) => rowsOf(sheetCells(readXlsx(file), 'Data'), TITLES),
  'all.json': (file) => records((readJson(file) as { records: Record<string, unknown>[] }).records),
  'all.ndjson': (file) => records(readNdjson(file)),
  'all.xml': (file) => {
    const { columns, tickets } = readXml(file);
    return rowsOf([columns, ...tickets], IDS);
  },
};

function rowsOf([header = [], ...lines]: readonly (readonly (string | null)[])[], columns: readonly string[]): Row[] {
  const places = columns.map((column) => header.indexOf(column));
  return lines.map((line) => places.map((place) => line[place] ?? '') as unknown as Row);
}

function records(list: readonly Readonly<Record<string, unknown>>[]): Row[] {
  return list.map((record) => IDS.map((id) => String(record[id])) as unknown as Row);
}

/**
 * A ZIP of `makeTickets`' tickets in every format: each file is the one its manifest proves, and all say the same
 * tickets, each signed by the batch, with what was corrected and revoked.
 */
export async function expectEveryFormat(path: string, batch: ServerBatch): Promise<void> {
  const files = await unzip(path);
  const manifests = JSON.parse(files.get('manifest.json')?.toString() ?? '[]') as FormatManifest[];
  expect(manifests.map(({ format }) => format).sort()).toEqual(
    ['csv', 'json', 'ndjson', 'report-pdf', 'tickets-pdf', 'xlsx', 'xml'].sort(),
  );
  for (const { fileName, records: count, sha256, parts } of manifests) {
    const file = contentOf(files, parts[0]?.fileName ?? fileName);
    expect([fileName, count, createHash('sha256').update(file).digest('hex')]).toEqual([fileName, COUNT, sha256]);
  }
  const rows = READERS['all.csv']?.(contentOf(files, 'all.csv')) ?? [];
  expectRows(rows, batch);
  for (const [name, read] of Object.entries(READERS)) expect(read(contentOf(files, name)), name).toEqual(rows);
  const [tickets, report] = ['tickets-pdf', 'report-pdf'].map(
    (format) => manifests.find((one) => one.format === format)?.parts[0]?.fileName ?? '',
  ) as [string, string];
  await expectTicketsPdf(contentOf(files, tickets));
  const [first] = await readPdf(contentOf(files, report));
  expect(first?.lines.map(({ text }) => text)).toContain('Founders’ Day');
}

function contentOf(files: ReadonlyMap<string, Buffer>, name: string): Uint8Array<ArrayBuffer> {
  const file = files.get(name);
  if (file === undefined) throw new Error(`expected ${name} among ${[...files.keys()].join(', ')}`);
  return new Uint8Array(file);
}

function expectRows(rows: readonly Row[], batch: ServerBatch): void {
  expectTokens(
    rows.map(([token]) => token),
    batch,
    COUNT,
  );
  expect(rows.slice(0, 4).map(([, holder, status]) => [holder, status])).toEqual([
    ['Person 1', 'valid'],
    ['Meena R', 'valid'],
    ['Person 3', 'revoked'],
    ['Person 4', 'revoked'],
  ]);
}

/** The tokens are the batch's, one for each serial from 1, with its signatures. */
export function expectTokens(tokens: readonly string[], batch: ServerBatch, count: number): void {
  const tickets = tokens.flatMap((token) => parseToken(token) ?? []);
  expect(tickets.map(({ serial }) => serial)).toEqual(Array.from({ length: count }, (_, index) => index + 1));
  const key = publicKeyOf(batch.publicKey);
  expect(tickets.filter((ticket) => ticket.batchId !== batch.id || !isSignedBy(key, ticket))).toEqual([]);
}

/** A CSV's tokens. */
export function csvTokens(file: Uint8Array<ArrayBuffer>): string[] {
  return rowsOf(readCsv(file), TITLES).map(([token]) => token);
}

async function expectTicketsPdf(file: Uint8Array<ArrayBuffer>): Promise<void> {
  const pages = await readPdf(file);
  expect(pages).toHaveLength(COUNT / 8);
  expect(pages[5]?.lines.map(({ text }) => text)).toEqual(expect.arrayContaining(['Person 42', 'No 42']));
}
