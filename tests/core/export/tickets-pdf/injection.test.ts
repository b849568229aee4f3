import { describe, expect, it } from 'vitest';
import { checkPdf, hasPdfTools, PDF_TOOLS, pdfObjects } from '../../../suites/export/pdf-tools.ts';
import { printTickets, ticketsOf } from './printed-tickets.ts';

const PAYLOADS = [
  ') Tj ET BT (owned',
  '\\) \\( \\\\ \\n \\000',
  '((((((',
  '))))))',
  '>> endobj 99 0 obj << /S /JavaScript /JS (app.alert(1)) >> endobj',
  'endstream endobj trailer << /Root 99 0 R >> startxref 0 %%EOF',
  '/OpenAction << /S /JavaScript /JS (1) >>',
  '/AA << /O << /S /Launch /F (calc.exe) >> >>',
  '/Launch /URI /GoToR /SubmitForm /EmbeddedFile /RichMedia',
  'javascript:alert(document.domain)',
  'https://example.org/?q=1 mailto:a@example.org',
  '<FEFF0041>',
  '] TJ [',
  'EI Q BI /W 1 ID',
  '%PDF-1.7 %âãÏÓ',
  '\u0000\u0001\u001b\u007f\u0085',
  '\ud800 \udc00',
  "'; DROP TABLE ticket; --",
  '=HYPERLINK("http://example.org")',
  '<script>alert(1)</script>',
];
const NAMES_OF_ACTIONS =
  /\/(JS|JavaScript|OpenAction|AA|Launch|URI|GoToR|SubmitForm|EmbeddedFile|RichMedia|Annots|AcroForm)\b/;
const COUNT = 10_000;

describe.skipIf(!hasPdfTools)(`text that would be PDF syntax (${PDF_TOOLS})`, () => {
  it(`makes no object, action or link in ${COUNT} tickets`, async () => {
    const payload = (serial: number) => PAYLOADS[serial % PAYLOADS.length] ?? '';
    const holder = (serial: number) => `${payload(serial)}${serial}${payload(3 * serial + 1)}`;
    const options = { layout: 'a4-3x8', missingGlyphs: 'replace' };
    const event = {
      name: PAYLOADS[4] as string,
      place: PAYLOADS[5] as string,
      startsAt: 0,
      endsAt: 1,
      currency: 'INR',
      typeColours: { __proto__: 'red', VIP: ') Tj' },
    };
    const file = await printTickets(ticketsOf(COUNT, { holder }), options, { context: { event } });
    checkPdf(file);
    const objects = pdfObjects(file);
    expect(objects).not.toMatch(NAMES_OF_ACTIONS);
    expect(objects.match(/\/Type \/Page\b(?!s)/g)).toHaveLength(Math.ceil(COUNT / 24));
    expect(objects.match(/\/Type \/Catalog/g)).toHaveLength(1);
    // All that is shown is in hex strings between TJ brackets.
    expect(objects).not.toMatch(/\([^)]*\)\s*Tj|example\.org|calc\.exe/);
  }, 120_000);
});
