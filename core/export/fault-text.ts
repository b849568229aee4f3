import type { ExportFault, RecordFault } from './fault.ts';

type Fault = ExportFault | RecordFault;

/** Words for each fault, of any language. */
export type FaultWords<Any extends Fault> = {
  readonly [Code in Any['code']]: (fault: Extract<Any, { readonly code: Code }>) => string;
};

const SERVER_ONLY = 'the server cannot be reached, and some tickets are there only';

/** The English of all faults: what manifests, workbooks, error messages and logs say. */
const ENGLISH: FaultWords<Fault> = {
  'number-out-of-range': () => 'expected a number in its range',
  'date-out-of-range': () => 'expected one from 1900-03-01 to 9999-12-31',
  'text-too-long': ({ most, found }) => `expected at most ${most} characters a cell, received ${found}`,
  'too-many-lines': ({ most, found }) => `expected at most ${most} line feeds a cell, received ${found}`,
  'no-glyph': ({ character }) => `no font has the character ${character}`,
  'no-qr-text': () => 'expected what a QR code of a ticket holds',
  'too-many-characters': () => 'too many different characters for one file',
  unreadable: () => 'the record could not be read',
  'server-unreachable': ({ part, batch }) =>
    part === undefined || batch === undefined ? SERVER_ONLY : `${SERVER_ONLY} ${chunkText({ part, batch })}`,
  'signed-out': (of) => `the sign-in has expired, and some tickets are on the server only ${chunkText(of)}`,
  'tickets-missing': (of) => `some tickets are neither on this device nor on the server ${chunkText(of)}`,
  'scans-unreachable': () => 'the server cannot be reached, and the scans are there only',
  'scans-signed-out': () => 'the sign-in has expired, and the scans are on the server only',
  'scans-changed': ({ expected, found }) => `expected ${expected} scans on the server, found ${found}`,
  'write-not-allowed': () => 'the browser does not allow writing there any more',
  'file-in-use': () => 'the file is in use by another tab or program',
  'file-open': () => 'the file is open in another program',
  'not-replaced': () => 'the browser refused to put the file in its place',
  'place-gone': () => 'the file or folder is not there any more',
  'no-space': () => 'there is no space left',
  'folder-in-the-way': () => 'a folder has the name of the file',
  'write-failed': () => 'the file could not be written',
  'file-size': ({ expected, found }) => `expected a file of ${expected} bytes, found ${found}`,
  'columns-unexpected': (of) => `expected the columns of the batch ${chunkText(of)}`,
  'entry-too-large': ({ bytes }) => `expected an entry below 4 GiB, received ${bytes} bytes`,
  'more-records': ({ expected }) => `expected ${expected} records, found more`,
  'too-large-for-memory': ({ megabytes }) =>
    `this browser can hold files of up to ${megabytes} MB only: use Chrome, Edge, Firefox or Safari, or export fewer tickets`,
  'sort-too-large': ({ title, megabytes }) =>
    `so many tickets cannot be sorted by “${title}”: it would take more than ${megabytes} MB of memory`,
  'qr-modules-too-small': ({ leastMm, foundMm }) => `expected QR modules of ${leastMm} mm, found ${foundMm.toFixed(2)}`,
  'ticket-too-small': ({ fields }) => `expected a larger ticket for ${fields} fields`,
  'no-sheet': () => 'expected at least one sheet',
  'background-missing': () => 'expected the background picture, which is not on this device',
  'picture-kind': () => 'expected a JPEG or PNG picture of 8 bits, grey, RGB or CMYK',
  'picture-damaged': () => 'expected a whole picture',
  'picture-interlaced': () => 'expected a PNG picture that is not interlaced',
  'picture-too-large': ({ pixels }) => `expected a picture of at most ${pixels} pixels`,
  'font-missing': ({ font }) => `the font ${font} is not on this device, and cannot be fetched now`,
  'browser-closed': () => 'the browser was closed before it was done',
  'browser-gave-out': ({ times }) => `the browser or its memory gave out ${times} times while it was written`,
  'worker-stopped': () => 'the browser ended what wrote it',
  'storage-refused': () => 'the browser’s storage refused a write',
  'file-cleared': () => 'the browser has cleared this file: export it again',
  unexpected: ({ message }) => message,
};

function chunkText({ part, batch }: { readonly part: number; readonly batch: string }): string {
  return `(part ${part} of batch ${batch})`;
}

/** The words of a table for a fault. */
export function wordsFor<Any extends Fault>(words: FaultWords<Any>, fault: Any): string | undefined {
  // A table has for each code the words of its own faults; one that a later version kept may have none.
  const say = words[fault.code as Any['code']] as ((fault: Any) => string) | undefined;
  return say?.(fault);
}

/** An export's fault in English. */
export function exportFaultText(fault: ExportFault): string {
  return wordsFor(ENGLISH, fault) ?? fault.code;
}

/** A record's fault in English, the id of its column first: `holder: no font has the character U+10348`. */
export function recordFaultText(fault: RecordFault): string {
  const text = wordsFor(ENGLISH, fault) ?? fault.code;
  return 'column' in fault && fault.column !== undefined ? `${fault.column}: ${text}` : text;
}
