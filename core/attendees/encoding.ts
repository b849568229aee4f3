import { analyse } from 'chardet';
import { invalidList } from './list-fault.ts';

/** The encodings a person may choose, by their WHATWG labels (what `TextDecoder` takes). */
export const LIST_ENCODINGS = [
  'utf-8',
  'utf-16le',
  'utf-16be',
  'windows-1252',
  'windows-1250',
  'windows-1251',
  'windows-1253',
  'windows-1254',
  'windows-1255',
  'windows-1256',
  'windows-1257',
  'windows-1258',
  'windows-874',
  'iso-8859-2',
  'iso-8859-5',
  'iso-8859-7',
  'koi8-r',
  'macintosh',
  'shift_jis',
  'euc-jp',
  'iso-2022-jp',
  'euc-kr',
  'gb18030',
  'big5',
] as const;
export type ListEncoding = (typeof LIST_ENCODINGS)[number];

/** How many bytes from the start of a file {@link detectEncoding} wants to see; more costs time and finds little. */
export const ENCODING_SAMPLE_BYTES = 1024 * 1024;
/** What chardet reads: it grows no surer with more. */
const GUESS_BYTES = 64 * 1024;

/**
 * Finds the encoding of a list from its first bytes: a byte order mark, UTF-16 by where its zeros lie, strict UTF-8,
 * then chardet's guess among those that decode the sample without an error, then windows-1252.
 * @throws {TicketmintError} `list-invalid` when the file is empty or no text.
 */
export function detectEncoding(sample: Uint8Array): ListEncoding {
  if (sample.length === 0) throw invalidList('file-empty');
  const marked = encodingOfMark(sample);
  if (marked !== undefined) return marked;
  const wide = encodingOfZeros(sample);
  if (wide !== undefined) return wide;
  refuseBinary(sample);
  if (decodes(sample, 'utf-8')) return 'utf-8';
  return guess(sample);
}

function encodingOfMark([first, second, third, fourth]: Uint8Array): ListEncoding | undefined {
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (first === 0xff && second === 0xfe && third === 0 && fourth === 0) throw invalidList('utf-32');
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  return undefined;
}

/** Delimiters, digits and line ends have a zero high byte in UTF-16 whatever the script. */
function encodingOfZeros(sample: Uint8Array): ListEncoding | undefined {
  let even = 0;
  let odd = 0;
  for (const [index, byte] of sample.entries()) if (byte === 0) index % 2 === 0 ? even++ : odd++;
  const enough = sample.length / 50;
  if (odd > enough && odd > 20 * even) return 'utf-16le';
  if (even > enough && even > 20 * odd) return 'utf-16be';
  return undefined;
}

function refuseBinary(sample: Uint8Array): void {
  let controls = 0;
  for (const byte of sample) if (byte < 0x20 && !isTextControl(byte)) controls++;
  if (controls > sample.length / 100) throw invalidList('no-text');
}

/** Tab, line feed, form feed, carriage return, and escape (ISO-2022-JP). */
function isTextControl(byte: number): boolean {
  return byte === 0x09 || byte === 0x0a || byte === 0x0c || byte === 0x0d || byte === 0x1b;
}

function guess(sample: Uint8Array): ListEncoding {
  const telling = linesBeyondAscii(sample);
  for (const { name } of analyse(telling)) {
    const encoding = labelOf(name);
    if (encoding !== undefined && encoding !== 'utf-8' && decodes(sample, encoding)) return encoding;
  }
  return 'windows-1252';
}

/** Most lines of most lists are plain ASCII and only blur the statistics. */
function linesBeyondAscii(sample: Uint8Array): Uint8Array {
  const telling = new Uint8Array(GUESS_BYTES);
  let length = 0;
  for (let start = 0; start < sample.length && length < GUESS_BYTES; ) {
    const lineEnd = sample.indexOf(0x0a, start);
    const end = lineEnd === -1 ? sample.length : lineEnd + 1;
    const line = sample.subarray(start, Math.min(end, start + GUESS_BYTES - length));
    if (line.some((byte) => byte >= 0x80 || byte === 0x1b)) {
      telling.set(line, length);
      length += line.length;
    }
    start = end;
  }
  return telling.subarray(0, length);
}

function labelOf(name: string): ListEncoding | undefined {
  try {
    const label = new TextDecoder(name).encoding;
    return LIST_ENCODINGS.find((encoding) => encoding === label);
  } catch {
    return undefined;
  }
}

/** Whether the sample is free of errors in an encoding; a character cut off at its end is none. */
function decodes(sample: Uint8Array, encoding: ListEncoding): boolean {
  try {
    new TextDecoder(encoding, { fatal: true }).decode(sample, { stream: true });
    return true;
  } catch {
    return false;
  }
}
