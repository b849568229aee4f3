import Papa from 'papaparse';
import { MAX_FIELD_LENGTH } from '../chunk/chunk.ts';
import type { ListRecord } from './records.ts';

export type RejectionCode =
  | 'quotes'
  | 'cell-count'
  | 'holder-missing'
  | 'email-invalid'
  | 'too-long'
  | 'type-missing'
  | 'type-unknown'
  | 'duplicate'
  | 'issued';

/** Why a row gives no ticket. */
export interface Rejection {
  /** 1-based line of the file on which the row begins. */
  readonly line: number;
  readonly code: RejectionCode;
  /** What was found, at most 80 characters: the address, the type's text, the column's name, a number of cells, the batch. */
  readonly found: string;
  /** For `duplicate`: the line of the row that is kept; for `cell-count`: the number expected; for `issued`: the serial; otherwise 0. */
  readonly expected: number;
}

/** The reason in words, for the page and the downloaded list. */
export function rejectionReason({ code, found, expected }: Rejection): string {
  switch (code) {
    case 'quotes':
      return 'The quotation marks do not match.';
    case 'cell-count':
      return `Expected ${expected} cells, found ${found}.`;
    case 'holder-missing':
      return 'The name is empty.';
    case 'email-invalid':
      return `“${found}” is no e-mail address.`;
    case 'too-long':
      return `“${found}” has more than ${MAX_FIELD_LENGTH.toLocaleString('en')} characters.`;
    case 'type-missing':
      return 'The ticket type is empty.';
    case 'type-unknown':
      return `No ticket type is chosen for “${found}”.`;
    case 'duplicate':
      return `Has the same ${found} as line ${expected}.`;
    case 'issued':
      return `Already has a ticket (batch ${found}, serial ${expected.toLocaleString('en')}).`;
  }
}

/** Rows that the downloadable list holds at most, and their bytes. */
export const MAX_REPORTED_ROWS = 10_000;
const MAX_REPORT_BYTES = 16 * 1024 * 1024;

/** Collects the rows that are left out as a CSV file; see {@link leftOutCsv}. */
export interface LeftOutCsv {
  add(rejection: Rejection, record: ListRecord): void;
  /** UTF-8 with a byte order mark, CRLF. */
  bytes(): Uint8Array<ArrayBuffer>;
}

/**
 * Writes left-out rows as CSV: line, reason, then the row's cells as they were, safe to open in a spreadsheet (formulas are
 * guarded). Holds at most 10,000 rows and 16 MB; what comes later is not added.
 * @param header the list's column names; empty when it has none.
 */
export function leftOutCsv(header: readonly string[]): LeftOutCsv {
  const encoder = new TextEncoder();
  const lines: Uint8Array[] = [encoder.encode('\ufeff'), encoder.encode(csvLine(['Line', 'Reason', ...header]))];
  let size = lines.reduce((sum, line) => sum + line.length, 0);
  return {
    add(rejection, { cells }) {
      if (lines.length - 2 >= MAX_REPORTED_ROWS) return;
      const line = encoder.encode(csvLine([String(rejection.line), rejectionReason(rejection), ...cells]));
      if (size + line.length > MAX_REPORT_BYTES) return;
      lines.push(line);
      size += line.length;
    },
    bytes() {
      const file = new Uint8Array(size);
      let offset = 0;
      for (const line of lines) {
        file.set(line, offset);
        offset += line.length;
      }
      return file;
    },
  };
}

function csvLine(cells: readonly string[]): string {
  return `${Papa.unparse([[...cells]], { escapeFormulae: true })}\r\n`;
}

/** Copies a text out of the large one that it was cut from; engines keep the whole of it alive otherwise. */
export function copyText(text: string): string {
  return new TextDecoder().decode(new TextEncoder().encode(text));
}

/** A copy of at most 80 characters, ending in … when the text was longer. */
export function excerpt(text: string): string {
  return copyText(text.length > 80 ? `${text.slice(0, 79)}…` : text);
}
