import type { ByteCells, BytePage, Column, TextCells } from '../format.ts';
import { isFormulaStart } from '../formula-start.ts';
import { CsvFields } from './csv-field.ts';
import type { CsvOptions } from './csv-options.ts';
import { csvHeader } from './csv-writer.ts';

const QUOTE = 0x22;
const APOSTROPHE = 0x27;
const SPACE = 0x20;
const DIGIT_ZERO = 0x30;
/** Bytes gathered before they are handed on. */
const CHUNK_BYTES = 64 * 1024;
/** A delimiter, two quotes and the apostrophe around a field; each of its bytes may be a quote that is doubled. */
const AROUND_FIELD = 4;
const MAX_DIGITS = 16;

/** One step of writing a record: what is the same in all of a page, or one column's cell. */
type Step = Uint8Array | Exclude<ByteCells, { readonly kind: 'constant' }>;

/** Writes the same CSV as `CsvWriter`, from byte pages: a record's bytes are copied, and no string is made. */
export class CsvByteWriter {
  readonly #encoder = new TextEncoder();
  readonly #fields: CsvFields;
  readonly #delimiter: string;
  readonly #lineEnd: Uint8Array;
  readonly #isGuarded: boolean;
  /** By byte: 1 for what makes a field be quoted. */
  readonly #mustQuote = new Uint8Array(256);
  #bytes: Uint8Array<ArrayBuffer>;
  #length: number;
  #steps: readonly Step[] = [];
  #mayBeEmpty = false;

  constructor(columns: readonly Column[], options: CsvOptions, timeZone: string) {
    const { delimiter, lineEnd, safety } = options;
    this.#fields = new CsvFields(columns, options, timeZone);
    this.#delimiter = delimiter;
    this.#lineEnd = this.#encoder.encode(lineEnd);
    this.#isGuarded = safety === 'spreadsheet';
    for (const byte of this.#encoder.encode(`"\r\n${delimiter}`)) this.#mustQuote[byte] = 1;
    this.#bytes = this.#encoder.encode(csvHeader(columns, this.#fields, options));
    this.#length = this.#bytes.length;
  }

  /** Whether so much was gathered that it is to be taken before the next record. */
  get isFull(): boolean {
    return this.#length >= CHUNK_BYTES;
  }

  /** What was gathered since the last call; the caller owns it. */
  take(): Uint8Array<ArrayBuffer> {
    const taken = this.#bytes.slice(0, this.#length);
    this.#length = 0;
    return taken;
  }

  /**
   * Prepares for the records of a page.
   * @throws {RecordError} when a cell of all its records cannot be written.
   */
  open({ cells }: BytePage): void {
    const steps: Step[] = [];
    let constant = '';
    let maxBytes = this.#lineEnd.length + AROUND_FIELD;
    const closeConstant = () => {
      if (constant === '') return;
      const bytes = this.#encoder.encode(constant);
      maxBytes += bytes.length;
      steps.push(bytes);
      constant = '';
    };
    for (const [index, column] of cells.entries()) {
      if (index > 0) constant += this.#delimiter;
      if (column.kind === 'constant') {
        constant += this.#fields.cell(column.value, index);
        continue;
      }
      closeConstant();
      steps.push(column);
      maxBytes += column.kind === 'text' ? AROUND_FIELD + 2 * column.maxBytes : MAX_DIGITS;
    }
    closeConstant();
    this.#steps = steps;
    this.#mayBeEmpty = cells.length === 1;
    this.#reserve(maxBytes);
  }

  writeRecord(index: number): void {
    const bytes = this.#bytes;
    const start = this.#length;
    let at = start;
    for (const step of this.#steps) {
      if (step instanceof Uint8Array) for (let from = 0; from < step.length; ) bytes[at++] = step[from++] as number;
      else at = step.kind === 'text' ? this.#writeText(step, index, at) : writeInteger(step.at(index), bytes, at);
    }
    // A record of one empty field would be an empty line, which readers skip.
    if (this.#mayBeEmpty && at === start) {
      bytes[at++] = QUOTE;
      bytes[at++] = QUOTE;
    }
    for (let from = 0; from < this.#lineEnd.length; ) bytes[at++] = this.#lineEnd[from++] as number;
    this.#length = at;
  }

  /** Room for a record after a full chunk. */
  #reserve(maxBytes: number): void {
    const needed = Math.max(CHUNK_BYTES, this.#length) + maxBytes;
    if (this.#bytes.length >= needed) return;
    const larger = new Uint8Array(needed);
    larger.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = larger;
  }

  #writeText(cells: TextCells, index: number, start: number): number {
    const bytes = this.#bytes;
    const end = cells.write(index, bytes, start);
    if (end <= start) return start;
    if (cells.isPlain) return end;
    const first = bytes[start] as number;
    const isFormula = this.#isGuarded && isFormulaStart(first < 0x80 ? first : firstUnit(bytes, start));
    // Some readers trim fields that are not quoted.
    let isQuoted = first === SPACE || bytes[end - 1] === SPACE;
    for (let at = start; at < end && !isQuoted; at++) isQuoted = this.#mustQuote[bytes[at] as number] === 1;
    return isFormula || isQuoted ? this.#surround(start, end, isFormula, isQuoted) : end;
  }

  /** Puts the apostrophe before a field that was written, and quotes around it. @returns its new end. */
  #surround(start: number, end: number, isFormula: boolean, isQuoted: boolean): number {
    const bytes = this.#bytes;
    const field = bytes.slice(start, end);
    let at = start;
    if (isQuoted) bytes[at++] = QUOTE;
    if (isFormula) bytes[at++] = APOSTROPHE;
    for (const byte of field) {
      if (isQuoted && byte === QUOTE) bytes[at++] = QUOTE;
      bytes[at++] = byte;
    }
    if (isQuoted) bytes[at++] = QUOTE;
    return at;
  }
}

/** The first UTF-16 unit of a text whose first character takes three bytes; of others something that no formula has. */
function firstUnit(bytes: Uint8Array, at: number): number {
  const first = bytes[at] as number;
  if (first >>> 4 !== 0xe) return 0xffff;
  return ((first & 0x0f) << 12) | (((bytes[at + 1] as number) & 0x3f) << 6) | ((bytes[at + 2] as number) & 0x3f);
}

/** @param value not negative. @returns where its digits end. */
function writeInteger(value: number, bytes: Uint8Array, start: number): number {
  let end = start + 1;
  for (let rest = value; rest >= 10; rest = Math.floor(rest / 10)) end++;
  let rest = value;
  for (let at = end - 1; at >= start; at--) {
    bytes[at] = DIGIT_ZERO + (rest % 10);
    rest = Math.floor(rest / 10);
  }
  return end;
}
