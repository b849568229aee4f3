import Papa, { type ParseStepResult } from 'papaparse';
import { invalidList } from './list-fault.ts';

export const LIST_DELIMITERS = [',', ';', '\t', '|'] as const;
export type ListDelimiter = (typeof LIST_DELIMITERS)[number];

/** One row of a list as it stands in the file. */
export interface ListRecord {
  /** The line of the file on which it begins, 1-based, as a text editor shows it; the row in a workbook. */
  readonly line: number;
  readonly cells: readonly string[];
  /** Its quotation marks do not match: `cells` holds the one physical line as it is. */
  readonly isBroken: boolean;
}

/** Cuts text into records; see {@link recordSplitter}. */
export interface RecordSplitter {
  /** Takes the next piece of text; gives the records that are complete. */
  push(text: string): ListRecord[];
  /** Gives what is left at the end of the text. */
  end(): ListRecord[];
}

/** Characters a record may have; what is longer is a quotation mark that was never closed. */
const MAX_RECORD_LENGTH = 256 * 1024;
/** The same for a record whose quotation marks are known to be wrong. */
const MAX_BROKEN_LENGTH = 16 * 1024;

/**
 * Cuts text into records (RFC 4180, with PapaParse): lines may end in CRLF, LF or CR, also mixed; the last needs no end.
 * A record whose quotation marks do not match costs one physical line, and reading goes on with the next. Holds one
 * record. Blank lines come as records with one empty cell.
 * @throws {TicketmintError} `list-invalid` from `push` when a line has more than 262,144 characters.
 */
export function recordSplitter(delimiter: ListDelimiter): RecordSplitter {
  let rest = '';
  let line = 1;
  /** A carriage return at the end of a piece may be half a line end. */
  let held = '';

  function drain(isEnd: boolean): ListRecord[] {
    const records: ListRecord[] = [];
    while (rest !== '') {
      const { found, length, isBroken } = parseRecords(rest, delimiter, isEnd);
      for (const cells of found) {
        records.push({ line, cells, isBroken: false });
        line += 1 + lineBreaksIn(cells);
      }
      rest = rest.slice(length);
      if (!isBroken) break;
      const lineEnd = rest.indexOf('\n');
      const brokenLine = lineEnd === -1 ? rest : rest.slice(0, lineEnd);
      records.push({ line, cells: [brokenLine], isBroken: true });
      line++;
      rest = lineEnd === -1 ? '' : rest.slice(lineEnd + 1);
    }
    return records;
  }

  return {
    push(text) {
      const input = held + text;
      held = input.endsWith('\r') ? '\r' : '';
      rest += input.slice(0, input.length - held.length).replace(/\r\n?/g, '\n');
      const records = drain(false);
      if (rest.length > MAX_RECORD_LENGTH) throw invalidList('line-long', { found: line });
      return records;
    },
    end() {
      if (held !== '') rest += '\n';
      const isBlankLine = rest === '\n';
      if (rest.endsWith('\n')) rest = rest.slice(0, -1);
      return isBlankLine ? [{ line, cells: [''], isBroken: false }] : drain(true);
    },
  };
}

interface ParsedRecords {
  readonly found: readonly (readonly string[])[];
  /** Characters that the found records take. */
  readonly length: number;
  /** Whether the record after them has quotation marks that do not match. */
  readonly isBroken: boolean;
}

function parseRecords(text: string, delimiter: ListDelimiter, isEnd: boolean): ParsedRecords {
  const found: (readonly string[])[] = [];
  let length = 0;
  let isBroken = false;
  const parser = new Papa.Parser({
    delimiter,
    newline: '\n',
    step({ data, errors, meta }: ParseStepResult<readonly (readonly string[])[]>) {
      isBroken = errors.length > 0;
      if (isBroken) return parser.abort();
      found.push(...data);
      length = meta.cursor;
    },
  });
  const { errors } = parser.parse(text, 0, !isEnd) as { readonly errors: readonly unknown[] };
  const open = text.length - length;
  const isStuck = open > MAX_RECORD_LENGTH || (errors.length > 0 && open > MAX_BROKEN_LENGTH);
  if (isStuck && !isEnd && text.includes('\n', length)) isBroken = true;
  return { found, length, isBroken };
}

function lineBreaksIn(cells: readonly string[]): number {
  let count = 0;
  for (const cell of cells) for (let at = cell.indexOf('\n'); at !== -1; at = cell.indexOf('\n', at + 1)) count++;
  return count;
}

/**
 * Finds the delimiter from the first lines: the one that gives most records the same number of cells, and then most cells.
 * Text without any of them is a list of one column, for which a comma serves.
 * @param sample decoded text; its last line may be cut off.
 */
export function detectDelimiter(sample: string): ListDelimiter {
  let best: ListDelimiter = ',';
  let bestScore = 0;
  for (const delimiter of LIST_DELIMITERS) {
    const score = scoreOf(sample, delimiter);
    if (score > bestScore) {
      best = delimiter;
      bestScore = score;
    }
  }
  return best;
}

function scoreOf(sample: string, delimiter: ListDelimiter): number {
  const splitter = recordSplitter(delimiter);
  const complete = splitter.push(sample);
  const records = complete.length > 1 ? complete : [...complete, ...splitter.end()];
  const widths = new Map<number, number>();
  const filled = records.filter(({ cells }) => cells.length > 1 || cells[0] !== '');
  for (const { cells } of filled) widths.set(cells.length, (widths.get(cells.length) ?? 0) + 1);
  const [width, count] = [...widths].reduce((most, entry) => (entry[1] > most[1] ? entry : most), [1, 0]);
  return width === 1 ? 0 : count / filled.length + width / 10_000;
}
