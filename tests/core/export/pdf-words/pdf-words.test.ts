import { expect, test } from 'vitest';
import { inLanguage, type PdfWords, pdfWords, printedTitle } from '../../../../core/export/pdf-words/pdf-words.ts';
import { planTickets } from '../../../../core/export/tickets-pdf/ticket-plan.ts';
import { ticketsPdfOptionsSchema } from '../../../../core/export/tickets-pdf/tickets-pdf-options.ts';
import { itemise } from '../../../../core/fonts/itemise.ts';
import { LANGUAGES } from '../../../../core/languages.ts';
import { contextOf, ticketsOf } from '../tickets-pdf/printed-tickets.ts';

test('a locale prints in its language, and others in English', () => {
  expect(pdfWords('ar-EG').tickets).toBe('التذاكر');
  expect(pdfWords('hi').tickets).toBe('टिकट');
  expect(pdfWords('de-AT').tickets).toBe('Tickets');
});

test('every language has words for every column and code that English has', () => {
  const ids = Object.keys(pdfWords('en').columns);
  for (const language of LANGUAGES) expect(Object.keys(pdfWords(language).columns)).toEqual(ids);
  for (const language of ['hi', 'ar']) {
    const { status, ...others } = pdfWords(language).values;
    expect(Object.keys(status ?? {})).toEqual(['valid', 'revoked']);
    const codes = (values: PdfWords['values']) => Object.entries(values).map(([id, words]) => [id, Object.keys(words)]);
    expect(codes(others)).toEqual(codes(pdfWords('en').values));
  }
});

test('a chosen language goes before the page’s, and keeps the region where it is the same', () => {
  expect(inLanguage({ locale: 'en-IN' }, 'auto').locale).toBe('en-IN');
  expect(inLanguage({ locale: 'en-IN' }, 'en').locale).toBe('en-IN');
  expect(inLanguage({ locale: 'en-IN' }, 'hi').locale).toBe('hi');
  const hindi = { locale: 'en-IN', event: { language: 'hi' } } as const;
  expect(inLanguage(hindi, 'auto').locale).toBe('hi');
  expect(inLanguage(hindi, 'en').locale).toBe('en-IN');
  expect(inLanguage({ ...hindi, locale: 'hi-IN' }, 'auto').locale).toBe('hi-IN');
});

test('a column that somebody has named keeps its name', () => {
  expect(printedTitle({ id: 'seat', title: 'Seat' }, pdfWords('hi'))).toBe('सीट');
  expect(printedTitle({ id: 'seat', title: 'Table' }, pdfWords('hi'))).toBe('Table');
});

test('an Arabic comma beside Latin letters is drawn in a font that has it', () => {
  const base = (font: string) => font === 'NotoSans-Regular';
  const runs = itemise(
    'VIP، 150',
    'ar',
    (font, codePoint) => !base(font) || codePoint < 0x600,
    () => undefined,
  );
  expect(runs.map(({ font }) => font)).toContain('NotoSansArabic-Regular');
  expect(runs[0]?.font).toBe('NotoSans-Regular');
});

test('a ticket’s labels are in the language of its file', async () => {
  const context = inLanguage(contextOf({}), 'ar');
  const source = ticketsOf(1);
  const { content } = planTickets(source, ticketsPdfOptionsSchema.parse({ reprint: true }), context);
  for await (const { rows } of source.pages(context.signal)) {
    const { texts } = content.textsOf(rows[0] ?? []);
    expect(texts.get('serial')).toBe('رقم 1');
    expect(texts.get('seat')).toMatch(/^المقعد: /);
    expect(texts.get('reprint')).toBe('إعادة طباعة');
  }
});
