import { describe, expect, it } from 'vitest';
import type { ExportContext, RecordSource } from '../../../../core/export/format.ts';
import { EXPORT_FORMATS } from '../../../../core/export/registry.ts';
import { checkInSource } from '../../../../core/export/sources/check-ins.ts';
import { checkPdf, hasPdfTools, PDF_TOOLS, pdfFonts, pdfObjects, pdfTexts } from '../../../suites/export/pdf-tools.ts';
import { BATCH, GATE_A, GATE_B, scanOf } from '../../gate/gate-fixture.ts';
import { batchOf, MemoryChunks, sourceOf } from '../memory-tickets.ts';
import { contextOf, ticketsOf } from '../tickets-pdf/printed-tickets.ts';

async function reportOf(
  source: RecordSource,
  options: Record<string, unknown> = {},
  context: Partial<ExportContext> = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const format = await EXPORT_FORMATS['report-pdf'].prepare(options);
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  for await (const chunk of format.encode(source, contextOf({ context }))) chunks.push(chunk);
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}

/** Two types of an event, 100 and 150 tickets, six of each revoked. */
function twoTypes(names: readonly [string, string] = ['General', 'VIP']): RecordSource {
  const batches = names.map((typeName, index) => {
    const count = 100 + 50 * index;
    const seqs = [[0, Math.ceil(count / 50) - 1]] as const;
    return batchOf(`0c1f8a2b3c4${index}`, { typeName, typeIndex: index, count, seqs, revoked: [[1, 6]] });
  });
  return sourceOf(batches, new MemoryChunks(batches));
}

/** Three scans at two gates, one of them by a supervisor's word. */
function checkIns(): RecordSource {
  const scans = [scanOf(), scanOf({ serial: 2 }), scanOf({ kind: 'override', reason: 'lost', gate: GATE_B })];
  return checkInSource({
    estimatedCount: scans.length,
    async *pages() {
      yield scans.map((scan, index) => ({ ...scan, seq: index + 1, receivedAt: scan.at, effect: 'counted' as const }));
    },
    gateNames: new Map([
      [GATE_A, 'Main door'],
      [GATE_B, 'Side door'],
    ]),
    deviceNames: new Map(),
    types: new Map([[BATCH, { index: 0, name: 'General' }]]),
  });
}

describe.skipIf(!hasPdfTools)(`report as other programs read it (${PDF_TOOLS})`, () => {
  it('has title, figures, charts that say what they show, tables, page numbers and when it was made', async () => {
    const file = await reportOf(twoTypes(), {}, { author: 'asha@example.org' });
    checkPdf(file);
    const texts = pdfTexts(file);
    const all = texts.join('\n');
    expect(texts[0]).toMatch(/^TICKET REPORT\s+Founders’ Day/);
    for (const part of [
      'Ripon Building, Chennai · 22 Nov 2026, 2:30 – 8:30 pm',
      '₹3,74,750.00',
      'By type: the largest is VIP, 150 of 250',
      'By status: the largest is valid, 238 of 250',
      '100 · 40%',
      'In all',
    ])
      expect(all).toContain(part);
    for (const [index, text] of texts.entries()) {
      expect(text).toContain('Made 20 Nov 2026, 3:30 pm (Asia/Kolkata) by asha@example.org');
      expect(text).toContain(`Page ${index + 1} of ${texts.length}`);
    }
  });

  it('reports check-ins in the words of check-ins, their codes in words', async () => {
    const file = await reportOf(checkIns(), { includeRawData: true }, { recordKind: 'check-ins' });
    checkPdf(file);
    const all = pdfTexts(file).join('\n');
    expect(all).toMatch(/^CHECK-IN REPORT/);
    for (const part of ['Scans', 'By gate: the largest is Main door, 2 of 3', 'Let in by a supervisor'])
      expect(all).toContain(part);
    expect(all).not.toContain('Tickets');
  });

  it('puts the summary before the table of all tickets, and the header on each page of it', async () => {
    const file = await reportOf(ticketsOf(400), { includeRawData: true });
    checkPdf(file);
    const texts = pdfTexts(file);
    expect(texts.length).toBeGreaterThan(8);
    expect(texts[0]).toContain('TICKET REPORT');
    const table = texts.slice(texts.findIndex((text) => text.startsWith('Tickets')));
    for (const text of table) expect(text).toMatch(/Serial\s+Holder|Serial[\s\S]*Holder/);
    for (const serial of [1, 200, 400]) expect(table.some((text) => text.includes(`A-${serial}\n`))).toBe(true);
    expect(texts.at(-1)).toContain(`Page ${texts.length} of ${texts.length}`);
  });

  it('shapes every script, which jsPDF does not', async () => {
    const names = ['தமிழ் விருந்தினர்', 'ضيوف الشرف'] as const;
    const context = { event: { ...(contextOf().event as NonNullable<ExportContext['event']>), name: 'क्षितिज महोत्सव' } };
    const file = await reportOf(twoTypes(names), {}, context);
    checkPdf(file);
    const all = pdfTexts(file).join('\n');
    expect(all).toContain('क्षितिज महोत्सव');
    expect(all).toContain('தமிழ் விருந்தினர்');
    expect(pdfFonts(file).join('\n')).toMatch(
      /NotoSansDevanagari[\s\S]*NotoSansTamil|NotoSansTamil[\s\S]*NotoSansDevanagari/,
    );
  });

  it('takes names that would be PDF syntax as text', async () => {
    const bad = ') Tj endstream endobj 9 0 obj << /S /JavaScript /JS (app.alert(1)) >> endobj';
    const facts = contextOf().event as NonNullable<ExportContext['event']>;
    const context = { author: bad, event: { ...facts, name: bad, place: '/URI (https://example.org)' } };
    const file = await reportOf(twoTypes([bad, '\\) >> /OpenAction']), { includeRawData: true }, context);
    checkPdf(file);
    expect(pdfObjects(file)).not.toMatch(/\/(JS|JavaScript|OpenAction|URI|Launch|Annots)\b/);
  });

  it('is whole without a ticket', async () => {
    const file = await reportOf(ticketsOf(0), { paper: 'letter', includeRawData: true });
    checkPdf(file);
    expect(pdfTexts(file)).toHaveLength(1);
  });
});
