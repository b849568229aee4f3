/**
 * Puts tickets on sheets: one after another, or so that cut stacks lie in order. Row by row it holds less than a sheet;
 * for stacks, the tickets of one stack.
 */
export class Imposition<Ticket> {
  readonly #perSheet: number;
  readonly #stackSheets: number;
  #waiting: Ticket[] = [];

  /** @param stackSheets sheets that are cut at once; 1 is the same as row by row. */
  constructor(perSheet: number, stackSheets: number) {
    this.#perSheet = perSheet;
    this.#stackSheets = stackSheets;
  }

  /** Takes the next ticket. @returns the sheets that are full by it: mostly none. */
  add(ticket: Ticket): readonly (Ticket | null)[][] {
    this.#waiting.push(ticket);
    return this.#waiting.length === this.#perSheet * this.#stackSheets ? this.end() : [];
  }

  /** The sheets of what is left. */
  end(): readonly (Ticket | null)[][] {
    const tickets = this.#waiting;
    this.#waiting = [];
    const sheets = Math.ceil(tickets.length / this.#perSheet);
    // The pile at place p holds tickets p × sheets and on: from its top, one a sheet.
    return Array.from({ length: sheets }, (_, sheet) =>
      Array.from({ length: this.#perSheet }, (_, place) =>
        this.#stackSheets === 1
          ? (tickets[sheet * this.#perSheet + place] ?? null)
          : (tickets[place * sheets + sheet] ?? null),
      ),
    );
  }
}
