import type { ExportContext } from '../format.ts';
import { plainSpaces } from '../printed-value.ts';
import type { ExportStatistics, StatisticsEntry, StatisticsGroup } from '../statistics.ts';

type Place = Pick<ExportContext, 'event' | 'locale' | 'timeZone' | 'now' | 'author'>;

/** Numbers, dates and names as the people of one locale read them. */
export interface ReportWords {
  readonly title: string;
  /** Under the title: place and time, where they are known. */
  readonly subtitle: string;
  /** When it was made, in which zone, by whom. */
  readonly made: string;
  count(value: number): string;
  share(part: number, whole: number): string;
  amount(value: number | null): string;
  label(group: StatisticsGroup, entry: StatisticsEntry): string;
  /** What a chart shows, as a sentence. */
  finding(group: StatisticsGroup, records: number): string;
}

export function reportWords({ amountColumn }: ExportStatistics, context: Place): ReportWords {
  const { event, locale, timeZone, now, author } = context;
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
  const label: ReportWords['label'] = ({ by }, { value }) => {
    if (value === null || value === '') return '(none)';
    const day = by === 'day' ? Date.parse(value) : Number.NaN;
    return Number.isNaN(day) ? value : plainSpaces(days.format(day));
  };
  const count: ReportWords['count'] = (value) => plainSpaces(numbers.format(value));
  const parts = event === undefined ? [] : [event.place, plainSpaces(times.formatRange(event.startsAt, event.endsAt))];
  const by = author === undefined ? '' : ` by ${author}`;
  return {
    title: event?.name ?? 'Tickets',
    subtitle: parts.filter((part) => part !== '').join(' · '),
    made: `Made ${plainSpaces(times.format(now))} (${timeZone})${by}`,
    count,
    share: (part, whole) => plainSpaces(shares.format(whole === 0 ? 0 : part / whole)),
    amount: (value) => (value === null ? 'too large' : plainSpaces(amounts.format(value / 10 ** digits))),
    label,
    finding(group, records) {
      const [first] = [...group.entries].sort((left, right) => right.records - left.records);
      const about = group.by === 'day' ? `${group.column.title}, by day` : `By ${group.column.title.toLowerCase()}`;
      if (first === undefined) return about;
      const what = label(group, first);
      if (first.records === records) return `${about}: all ${group.by === 'day' ? 'on ' : ''}${what}`;
      const most = group.by === 'day' ? `most on ${what}` : `the largest is ${what}`;
      return `${about}: ${most}, ${count(first.records)} of ${count(records)}`;
    },
  };
}
