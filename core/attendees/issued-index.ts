import type { FieldColumns } from '../chunk/chunk.ts';
import { DuplicateIndex } from './duplicate-index.ts';
import { type ListOptions, ticketColumns } from './list-options.ts';
import type { ListRow } from './row-parser.ts';

/** A ticket that a person of the list already has. */
export interface IssuedTicket {
  /** 12 lower-case hex digits. */
  readonly batchId: string;
  readonly serial: number;
}

/** What is read of a person, from a row or from a ticket: the text of each of these columns. */
type Person = Readonly<Record<'ref' | 'email' | 'holder' | 'seat', string | null | undefined>>;

/** The columns that tell apart persons who share a reference or an e-mail. */
export type PersonDetail = 'holder' | 'seat';

/**
 * What must agree, besides the reference or the e-mail, for a row to be the person on a ticket: nothing where the list gives
 * everyone one ticket; name and seat, as far as the list has them, where several rows may share a reference or an e-mail.
 */
export function personDetails({ targets, duplicates }: ListOptions): readonly PersonDetail[] {
  if (duplicates === 'keep-first') return [];
  const columns = ticketColumns(targets);
  return (['holder', 'seat'] as const).filter((column) => columns.includes(column));
}

/** The text by which references and e-mails are compared. */
export function comparedText(value: string): string {
  return value.normalize('NFC').toLowerCase();
}

/**
 * Who already has a ticket of the event, by reference, else by e-mail. Keeps hashes and places, not texts: about 60 bytes for
 * each reference or e-mail on a ticket.
 */
export class IssuedIndex {
  readonly #details: readonly PersonDetail[];
  /** Numbers the texts from 1, in the order in which they come. */
  readonly #numbers = new DuplicateIndex();
  readonly #counts = [0];
  readonly #batchIds: string[] = [];
  /** Where the first ticket of each text stands. */
  readonly #batches = [0];
  readonly #serials = [0];
  #tickets = 0;

  /** @param details from {@link personDetails} of the list that will be compared. */
  constructor(details: readonly PersonDetail[]) {
    this.#details = details;
  }

  /** How many tickets were added. */
  get tickets(): number {
    return this.#tickets;
  }

  /**
   * Adds consecutive tickets of one batch.
   * @param isVoid whether a serial counts as if it had never been issued (revoked).
   */
  addTickets(batchId: string, firstSerial: number, fields: FieldColumns, isVoid: (serial: number) => boolean): void {
    if (this.#batchIds.at(-1) !== batchId) this.#batchIds.push(batchId);
    const count = Math.max(0, ...Object.values(fields).map(({ length }) => length));
    for (let index = 0; index < count; index++) {
      const serial = firstSerial + index;
      if (isVoid(serial)) continue;
      this.#tickets++;
      const at = (column: keyof Person) => fields[column]?.[index];
      const person = { ref: at('ref'), email: at('email'), holder: at('holder'), seat: at('seat') };
      if (person.ref) this.#add(this.#text('ref', person.ref, person), serial);
      if (person.email) this.#add(this.#text(person.ref ? 'second-email' : 'email', person.email, person), serial);
    }
  }

  /**
   * Gives the function that says which ticket a row's person already has, if any. It is asked row by row, once each: every
   * ticket answers for one row only, so that of three rows with one e-mail and two tickets, one is left.
   */
  lookup({ targets }: ListOptions): (row: ListRow) => IssuedTicket | undefined {
    const columns = ticketColumns(targets);
    const slots = { ref: slotOf('ref'), email: slotOf('email'), holder: slotOf('holder'), seat: slotOf('seat') };
    function slotOf(column: keyof Person): number {
      return columns.indexOf(column);
    }
    const taken = new Uint32Array(this.#counts.length);
    return ({ values }) => {
      const at = (column: keyof Person) => values[slots[column]];
      const person = { ref: at('ref'), email: at('email'), holder: at('holder'), seat: at('seat') };
      for (const text of this.#textsOfRow(person)) {
        const number = this.#numbers.find(text);
        if (number === undefined || (taken[number] as number) >= (this.#counts[number] as number)) continue;
        taken[number] = (taken[number] as number) + 1;
        return this.#ticketAt(number);
      }
      return undefined;
    };
  }

  /** A row with a reference is not compared with the e-mail of a ticket that has another one. */
  #textsOfRow(person: Person): readonly string[] {
    const { ref, email } = person;
    const byEmail = email ? [this.#text('email', email, person)] : [];
    if (ref) return [this.#text('ref', ref, person), ...byEmail];
    return email ? [...byEmail, this.#text('second-email', email, person)] : [];
  }

  #text(kind: 'ref' | 'email' | 'second-email', value: string, person: Person): string {
    return [kind, value, ...this.#details.map((detail) => person[detail] ?? '')].map(comparedText).join('\0');
  }

  #add(text: string, serial: number): void {
    const known = this.#numbers.find(text);
    if (known !== undefined) {
      this.#counts[known] = (this.#counts[known] as number) + 1;
      return;
    }
    this.#numbers.add(text, this.#counts.length);
    this.#counts.push(1);
    this.#batches.push(this.#batchIds.length - 1);
    this.#serials.push(serial);
  }

  #ticketAt(number: number): IssuedTicket {
    return {
      batchId: this.#batchIds[this.#batches[number] as number] as string,
      serial: this.#serials[number] as number,
    };
  }
}
