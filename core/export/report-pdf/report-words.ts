import type { Column, ExportContext } from '../format.ts';
import { type PdfWords, pdfWords, printedTitle } from '../pdf-words/pdf-words.ts';
import { plainSpaces } from '../printed-value.ts';
import type { ExportStatistics, StatisticsEntry, StatisticsGroup } from '../statistics.ts';

type Place = Pick<ExportContext, 'event' | 'locale' | 'timeZone' | 'now' | 'author' | 'recordKind'>;

/** Numbers, dates and names as the people of one locale read them. */
export interface ReportWords {
  /** What is printed beside the data. */
  readonly printed: PdfWords;
  /** Above the title. */
  readonly report: string;
  /** What the records are called. */
  readonly records: string;
  readonly title: string;
  /** Under the title: place and time, where they are known. */
  readonly subtitle: string;
  /** When it was made, in which zone, by whom. */
  readonly made: string;
  count(value: number): string;
  share(part: number, whole: number): string;
  amount(value: number | null): string;
  column(column: Column): string;
  label(group: StatisticsGroup, entry: StatisticsEntry): string;
  /** What a chart shows, as a sentence. */
  finding(group: StatisticsGroup, records: number): string;
}

export function reportWords({ amountColumn }: ExportStatistics, context: Place): ReportWords {
  const { event, locale, timeZone, now, author, recordKind = 'tickets' } = context;
  const printed = pdfWords(locale);
  const isTickets = recordKind === 'tickets';
  const records = isTickets ? printed.tickets : printed.scans;
  const column = (named: Column) => printedTitle(named, printed);
  const numbers = new Intl.NumberFormat(locale);
  const shares = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 });
  const days = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', day: 'numeric', month: 'short', year: 'numeric' });
  const times = new Intl.DateTimeFormat(locale, { timeZone, dateStyle: 'medium', timeStyle: 'short' });
  const digits = amountColumn?.fractionDigits ?? 2;
  const amounts = new Intl.NumberFormat(locale, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    ...(event === undefined ? {} : { style: 'currency', currency: event.currency }),
  });
  const label: ReportWords['label'] = ({ by, column: { id } }, { value }) => {
    if (value === null || value === '') return printed.none;
    const word = printed.values[id]?.[value];
    if (word !== undefined) return word;
    const day = by === 'day' ? Date.parse(value) : Number.NaN;
    return Number.isNaN(day) ? value : plainSpaces(days.format(day));
  };
  const count: ReportWords['count'] = (value) => plainSpaces(numbers.format(value));
  const parts = event === undefined ? [] : [event.place, plainSpaces(times.formatRange(event.startsAt, event.endsAt))];
  return {
    printed,
    column,
    report: isTickets ? printed.report : printed.scanReport,
    records,
    title: event?.name ?? records,
    subtitle: parts.filter((part) => part !== '').join(' · '),
    made: printed.made(plainSpaces(times.format(now)), timeZone, author),
    count,
    share: (part, whole) => plainSpaces(shares.format(whole === 0 ? 0 : part / whole)),
    amount: (value) => (value === null ? printed.tooLarge : plainSpaces(amounts.format(value / 10 ** digits))),
    label,
    finding(group, records) {
      const [first] = [...group.entries].sort((left, right) => right.records - left.records);
      const isDay = group.by === 'day';
      const about = isDay ? printed.byDay(column(group.column)) : printed.by(column(group.column));
      if (first === undefined) return about;
      const what = label(group, first);
      if (first.records === records) return printed.all(about, what, isDay);
      return printed.most(about, what, isDay, count(first.records), count(records));
    },
  };
}
