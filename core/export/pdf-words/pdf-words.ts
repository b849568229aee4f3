import type { Language } from '../../languages.ts';
import { columnTitle, type TitledColumn } from '../column-titles.ts';
import { ARABIC } from './arabic.ts';
import { ENGLISH } from './english.ts';
import { HINDI } from './hindi.ts';

/** What we print beside the data, in one language. Numbers and dates come formatted; names of columns as they are called. */
export interface PdfWords {
  readonly report: string;
  readonly scanReport: string;
  readonly tickets: string;
  readonly scans: string;
  readonly share: string;
  readonly inAll: string;
  /** In the place of an empty value. */
  readonly none: string;
  readonly tooLarge: string;
  readonly reprint: string;
  /** By id, for columns that bear their usual title. */
  readonly columns: Readonly<Record<TitledColumn, string>>;
  /** For columns whose values are codes, as `status`: by the column's id, then by the value. */
  readonly values: Readonly<Record<string, Readonly<Record<string, string>>>>;
  ticketNumber(serial: string): string;
  /** In the place of the type's name, on tickets that no gate lets in. */
  testOf(type: string): string;
  made(time: string, zone: string, author: string | undefined): string;
  /** @param of how many pages there are, if that is known. */
  page(number: string, of: string | null): string;
  ticketsOf(event: string): string;
  reportOf(event: string): string;
  part(document: string, number: number, of: number): string;
  total(column: string): string;
  average(column: string): string;
  sum(column: string): string;
  busiestDay(column: string): string;
  byDay(column: string): string;
  by(column: string): string;
  /** @param about {@link by} or {@link byDay}. */
  all(about: string, what: string, isDay: boolean): string;
  most(about: string, what: string, isDay: boolean, count: string, of: string): string;
}

/** What is missing in one does not compile. */
const PDF_WORDS: Readonly<Record<Language, PdfWords>> = { en: ENGLISH, hi: HINDI, ar: ARABIC };

/** The words of a locale's language (BCP 47); English for languages we do not print in. */
export function pdfWords(locale: string): PdfWords {
  const { language } = new Intl.Locale(locale);
  return language in PDF_WORDS ? PDF_WORDS[language as Language] : PDF_WORDS.en;
}

interface SpokenContext {
  readonly locale: string;
  readonly event?: { readonly language?: Language };
}

/**
 * The context with the locale that a file is printed in: the context's own where its language is the one asked for.
 * @param language `auto`: the event's, as far as one is known.
 */
export function inLanguage<Context extends SpokenContext>(context: Context, language: Language | 'auto'): Context {
  const wanted = language === 'auto' ? context.event?.language : language;
  if (wanted === undefined || new Intl.Locale(context.locale).language === wanted) return context;
  return { ...context, locale: wanted };
}

/** What a column is called in print: in the file's language, unless somebody has named it. */
export function printedTitle(column: { readonly id: string; readonly title: string }, words: PdfWords): string {
  if (!Object.hasOwn(words.columns, column.id) || columnTitle(column.id) !== column.title) return column.title;
  return words.columns[column.id as TitledColumn];
}
