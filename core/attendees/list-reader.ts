import { DuplicateIndex } from './duplicate-index.ts';
import { comparedText, type IssuedIndex } from './issued-index.ts';
import { invalidList } from './list-fault.ts';
import { type ListOptions, MAX_LIST_ROWS, ticketColumns, typeKey } from './list-options.ts';
import type { ListRecord } from './records.ts';
import { copyText, excerpt, leftOutCsv, MAX_REPORTED_ROWS, type Rejection } from './rejection.ts';
import { type ListRow, rowParser } from './row-parser.ts';

/** Two usable rows with the same reference or e-mail. */
interface Duplicate {
  readonly line: number;
  readonly firstLine: number;
  readonly column: 'ref' | 'email';
  /** At most 80 characters. */
  readonly value: string;
}

/** What a list gives: `rows` = `usable` + `rejected` + `dropped` + `issued`. */
export interface ListReport {
  /** Rows with something in them, without the header. */
  readonly rows: number;
  readonly blank: number;
  readonly usable: number;
  /** Usable rows by ticket type, in the order in which the types first appear. */
  readonly counts: readonly { readonly typeIndex: number; readonly count: number }[];
  readonly rejected: number;
  /** Duplicates that are left out as the options say. */
  readonly dropped: number;
  /** Rows that are left out because their person already has a ticket. */
  readonly issued: number;
  /** The first 10,000 of the rejected, dropped and issued rows, in the order of the list. */
  readonly leftOut: readonly Rejection[];
  /** The same rows as a CSV file, with their cells. */
  readonly leftOutCsv: Uint8Array<ArrayBuffer>;
  readonly duplicates: {
    readonly byReference: number;
    readonly byEmail: number;
    /** The first 1,000. */
    readonly shown: readonly Duplicate[];
  };
  /** The texts in the type's column, with how many otherwise good rows have each; at most 300. */
  readonly typeTexts: readonly { readonly key: string; readonly text: string; readonly count: number }[];
  readonly longestHolder: string;
  /** Usable rows with characters that could not be decoded (U+FFFD): probably the wrong encoding. */
  readonly undecoded: { readonly count: number; readonly firstLine: number };
  /** Bytes of the usable rows' values in UTF-8. */
  readonly valueBytes: number;
}

const MAX_SHOWN_DUPLICATES = 1_000;
const MAX_TYPE_TEXTS = 300;

/** Turns a list's records into rows, one after another, and keeps the report; see {@link listReader}. */
export interface ListReader {
  /** The row, or `undefined` when the record is the header, blank, rejected, a duplicate to drop or issued before. */
  read(record: ListRecord): ListRow | undefined;
  report(): ListReport;
}

/**
 * Reads the records of one list, in order, as {@link ListOptions} say. Two readers with the same options give the same rows
 * from the same records. Memory: the report's caps, and 24 bytes a row or so for finding duplicates.
 * @param issued who already has a ticket: left out, but still the first of their duplicates.
 * @throws {TicketmintError} `list-invalid` from `read` past 1,000,000 rows.
 */
export function listReader(options: ListOptions, issued?: IssuedIndex): ListReader {
  const parse = rowParser(options);
  const tally = new Tally();
  const duplicates = duplicateFinder(options);
  const issuedTicketOf = issued?.lookup(options);
  const leftOut: Rejection[] = [];
  const holderSlot = ticketColumns(options.targets).indexOf('holder');
  /** Known once the header is. */
  let csv = options.hasHeader ? undefined : leftOutCsv([]);

  const leaveOut = (rejection: Rejection, record: ListRecord) => {
    if (leftOut.length < MAX_REPORTED_ROWS) leftOut.push(rejection);
    csv?.add(rejection, record);
  };
  return {
    read(record) {
      if (csv === undefined) {
        if (record.cells.some((cell) => cell.trim() !== '')) csv = leftOutCsv(record.cells);
        return undefined;
      }
      const parsed = parse(record);
      if (parsed.kind === 'blank') {
        tally.blank++;
        return undefined;
      }
      tally.countRow();
      if (parsed.kind === 'rejected') {
        tally.rejected++;
        if (parsed.rejection.code.startsWith('type-')) tally.countTypeText(parsed.typeText);
        leaveOut(parsed.rejection, record);
        return undefined;
      }
      if (options.types.kind === 'column') tally.countTypeText(parsed.row.typeText);
      const dropped = duplicates.check(parsed.row);
      if (dropped !== undefined) {
        tally.dropped++;
        leaveOut(dropped, record);
        return undefined;
      }
      const ticket = issuedTicketOf?.(parsed.row);
      if (ticket !== undefined) {
        tally.issued++;
        const { batchId, serial } = ticket;
        leaveOut({ line: parsed.row.line, code: 'issued', found: batchId, expected: serial }, record);
        return undefined;
      }
      tally.countUsable(parsed.row, holderSlot);
      return parsed.row;
    },
    report: () => ({
      ...tally.totals(),
      leftOut,
      leftOutCsv: (csv ?? leftOutCsv([])).bytes(),
      duplicates: duplicates.found(),
    }),
  };
}

interface DuplicateFinder {
  /** Why to leave the row out, or `undefined` to keep it. */
  check(row: ListRow): Rejection | undefined;
  found(): ListReport['duplicates'];
}

function duplicateFinder({ targets, duplicates: choice }: ListOptions): DuplicateFinder {
  const columns = ticketColumns(targets);
  const keys = (['ref', 'email'] as const)
    .map((column) => ({ column, slot: columns.indexOf(column), index: new DuplicateIndex(), count: 0 }))
    .filter(({ slot }) => slot !== -1);
  const shown: Duplicate[] = [];
  const countOf = (column: 'ref' | 'email') => keys.find((key) => key.column === column)?.count ?? 0;
  return {
    check({ line, values }) {
      let dropped: Rejection | undefined;
      for (const key of keys) {
        const value = values[key.slot];
        const firstLine = value ? key.index.find(comparedText(value)) : undefined;
        if (!value || firstLine === undefined) continue;
        key.count++;
        if (shown.length < MAX_SHOWN_DUPLICATES)
          shown.push({ line, firstLine, column: key.column, value: excerpt(value) });
        if (choice === 'keep-first' || (choice === 'keep-first-by-reference' && key.column === 'ref'))
          dropped ??= {
            line,
            code: 'duplicate',
            found: key.column === 'ref' ? 'reference' : 'e-mail',
            expected: firstLine,
          };
      }
      // A row that is dropped makes no other row a duplicate.
      if (dropped === undefined)
        for (const { slot, index } of keys) {
          const value = values[slot];
          if (value) index.add(comparedText(value), line);
        }
      return dropped;
    },
    found: () => ({ byReference: countOf('ref'), byEmail: countOf('email'), shown }),
  };
}

class Tally {
  rows = 0;
  blank = 0;
  rejected = 0;
  dropped = 0;
  issued = 0;
  #usable = 0;
  #counts = new Map<number, number>();
  #typeTexts = new Map<string, { text: string; count: number }>();
  #longestHolder = '';
  #undecoded = { count: 0, firstLine: 0 };
  #valueBytes = 0;
  #scratch = new Uint8Array(128 * 1024);
  #encoder = new TextEncoder();

  countRow(): void {
    if (++this.rows > MAX_LIST_ROWS) throw invalidList('list-long');
  }

  countTypeText(text: string): void {
    const key = typeKey(text);
    const known = this.#typeTexts.get(key);
    if (known !== undefined) known.count++;
    else if (this.#typeTexts.size < MAX_TYPE_TEXTS)
      this.#typeTexts.set(copyText(key), { text: excerpt(text), count: 1 });
  }

  countUsable({ line, typeIndex, values }: ListRow, holderSlot: number): void {
    this.#usable++;
    this.#counts.set(typeIndex, (this.#counts.get(typeIndex) ?? 0) + 1);
    const holder = values[holderSlot] ?? '';
    if (holder.length > this.#longestHolder.length) this.#longestHolder = holder;
    const text = values.join('');
    this.#valueBytes += this.#encoder.encodeInto(text, this.#scratch).written;
    if (text.includes('\ufffd') && this.#undecoded.count++ === 0) this.#undecoded.firstLine = line;
  }

  totals(): Omit<ListReport, 'leftOut' | 'leftOutCsv' | 'duplicates'> {
    return {
      rows: this.rows,
      blank: this.blank,
      usable: this.#usable,
      counts: [...this.#counts].map(([typeIndex, count]) => ({ typeIndex, count })),
      rejected: this.rejected,
      dropped: this.dropped,
      issued: this.issued,
      typeTexts: [...this.#typeTexts].map(([key, { text, count }]) => ({ key, text, count })),
      longestHolder: this.#longestHolder,
      undecoded: this.#undecoded,
      valueBytes: this.#valueBytes,
    };
  }
}
