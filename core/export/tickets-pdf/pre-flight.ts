import type { FittedText } from '../../fonts/fit-text.ts';
import type { TextShaper } from '../../fonts/text-shaper.ts';
import { isQrText } from '../../qr/encode.ts';
import type { Column, RecordPage } from '../format.ts';
import type { FieldFit, PreFlightReport } from '../page-preview.ts';
import type { PlacedField } from './ticket-layout.ts';
import { fitField } from './ticket-painter.ts';
import type { TicketPlan } from './ticket-plan.ts';
import type { TicketTexts } from './ticket-text.ts';

/** A second or two of work. */
const MOST_EXAMINED = 100_000;
/** Listed by name; all are counted. */
const LISTED_CHARACTERS = 20;
/** Fields that are no column. */
const TITLES: Readonly<Record<string, string>> = { when: 'Date and time', place: 'Place', reprint: 'Re-print mark' };

/** How a text found its room. */
type Fit = 'whole' | 'shrunk' | 'wrapped' | 'cut';
type Counts = Record<Fit, number>;

/** Looks at tickets as they will be printed, without drawing them. Holds the tickets of one page. */
export class PreFlight {
  readonly #plan: TicketPlan;
  readonly #shaper: TextShaper;
  readonly #titles: ReadonlyMap<string, string>;
  readonly #counts: readonly Counts[];
  /** By field: what was last fitted. Most texts are those of the ticket before. */
  readonly #last: { text: string; fit: Fit; width: number }[];
  readonly #characters = new Set<string>();
  readonly #first: TicketTexts[] = [];
  #longest: { readonly ticket: TicketTexts; readonly width: number } | undefined;
  #examined = 0;
  #invalid = 0;
  #withMissing = 0;

  constructor(plan: TicketPlan, shaper: TextShaper, columns: readonly Column[]) {
    this.#plan = plan;
    this.#shaper = shaper;
    this.#titles = new Map(columns.map(({ id, title }) => [id, title]));
    this.#counts = plan.layout.fields.map(() => ({ whole: 0, shrunk: 0, wrapped: 0, cut: 0 }));
    this.#last = plan.layout.fields.map(() => ({ text: '', fit: 'whole', width: 0 }));
  }

  get isEnough(): boolean {
    return this.#examined >= MOST_EXAMINED;
  }

  async examine({ rows }: RecordPage): Promise<void> {
    const { content } = this.#plan;
    const tickets = rows.flatMap((row) => {
      try {
        return content.textsOf(row);
      } catch {
        // Counted below, as what the export sets aside with its reason.
        return [];
      }
    });
    const printed = tickets.filter(({ token }) => !content.hasQr || (token !== null && isQrText(token)));
    this.#examined += rows.length;
    this.#invalid += rows.length - printed.length;
    await this.#shaper.prepare(printed.flatMap(({ texts }) => [...texts.values()]));
    for (const ticket of printed) this.#examineTicket(ticket);
  }

  /** A page of them: the one with the longest name, then the first ones. */
  shownTickets(): readonly TicketTexts[] {
    const longest = this.#longest?.ticket;
    const shown = longest === undefined ? [] : [longest, ...this.#first.filter((ticket) => ticket !== longest)];
    return shown.slice(0, this.#plan.sheet.cells.length);
  }

  report(): PreFlightReport {
    const fits = this.#plan.layout.fields.map(({ id }, index): FieldFit => {
      const { shrunk, wrapped, cut } = this.#counts[index] as Counts;
      return { id, title: TITLES[id] ?? this.#titles.get(id) ?? id, shrunk, wrapped, cut };
    });
    return {
      examined: this.#examined,
      invalid: this.#invalid,
      fits: fits.filter(({ shrunk, wrapped, cut }) => shrunk + wrapped + cut > 0),
      missing: { tickets: this.#withMissing, characters: [...this.#characters].slice(0, LISTED_CHARACTERS) },
    };
  }

  #examineTicket(ticket: TicketTexts): void {
    if (this.#first.length < this.#plan.sheet.cells.length) this.#first.push(ticket);
    let nameWidth = 0;
    let total = 0;
    for (const [index, field] of this.#plan.layout.fields.entries()) {
      const { fit, width } = this.#fit(field, index, ticket.texts.get(field.id) ?? '');
      (this.#counts[index] as Counts)[fit]++;
      total += width;
      if (field.id === 'holder') nameWidth = width;
    }
    // Without names, the longest of all texts together.
    const width = nameWidth === 0 ? total / 1_000 : 1_000 * nameWidth;
    if (this.#longest === undefined || width > this.#longest.width) this.#longest = { ticket, width };
    const missing = [...ticket.texts.values()].flatMap((text) => this.#shaper.missingCharacters(text));
    if (missing.length === 0) return;
    this.#withMissing++;
    for (const character of missing) this.#characters.add(character);
  }

  #fit(field: PlacedField, index: number, text: string): { readonly fit: Fit; readonly width: number } {
    const last = this.#last[index];
    if (last?.text === text) return last;
    const fitted = fitField(this.#shaper, field, text);
    const width = fitted.lines.reduce((sum, line) => sum + line.width, 0);
    const found = { text, fit: fitOf(fitted, field.maxSize), width };
    this.#last[index] = found;
    return found;
  }
}

function fitOf({ lines, size, isCut }: FittedText, wanted: number): Fit {
  if (isCut) return 'cut';
  if (lines.length > 1) return 'wrapped';
  return size < wanted ? 'shrunk' : 'whole';
}
