import { plural, t } from '@lingui/core/macro';
import type { ExportFault, RecordFault } from '../../../core/export/fault.ts';
import { type FaultWords, wordsFor } from '../../../core/export/fault-text.ts';
import type { Rejection } from '../../../core/export/manifest.ts';
import { isolated } from '../../utils/isolated.ts';
import { fontTitle, isFontName } from '../fonts/font-words.ts';
import { columnWord, titledColumnWord } from '../tickets/column-words.ts';

const RECORD_WORDS: FaultWords<RecordFault> = {
  'number-out-of-range': () => t`expected a number in its range`,
  'date-out-of-range': () => t`expected one from 1900-03-01 to 9999-12-31`,
  'text-too-long': ({ most, found }) => t`expected at most ${most} characters a cell, received ${found}`,
  'too-many-lines': ({ most, found }) => t`expected at most ${most} line feeds a cell, received ${found}`,
  'no-glyph': ({ character }) => t`no font has the character ${character}`,
  'no-qr-text': () => t`expected what a QR code of a ticket holds`,
  'too-many-characters': () => t`too many different characters for one file`,
  unreadable: () => t`the record could not be read`,
};

const EXPORT_WORDS: FaultWords<ExportFault> = {
  'server-unreachable': ({ part, batch }) =>
    ofChunk(t`the server cannot be reached, and some tickets are there only`, part, batch),
  'signed-out': ({ part, batch }) =>
    ofChunk(t`the sign-in has expired, and some tickets are on the server only`, part, batch),
  'tickets-missing': ({ part, batch }) =>
    ofChunk(t`some tickets are neither on this device nor on the server`, part, batch),
  'scans-unreachable': () => t`the server cannot be reached, and the scans are there only`,
  'scans-signed-out': () => t`the sign-in has expired, and the scans are on the server only`,
  'scans-changed': ({ expected, found }) => t`expected ${{ expected }} scans on the server, found ${found}`,
  'write-not-allowed': () => t`the browser does not allow writing there any more`,
  'file-in-use': () => t`the file is in use by another tab or program`,
  'file-open': () => t`the file is open in another program`,
  'not-replaced': () => t`the browser refused to put the file in its place`,
  'place-gone': () => t`the file or folder is not there any more`,
  'no-space': () => t`there is no space left`,
  'folder-in-the-way': () => t`a folder has the name of the file`,
  'write-failed': () => t`the file could not be written`,
  'file-size': ({ expected, found }) => t`expected a file of ${{ bytes: expected }} bytes, found ${found}`,
  'columns-unexpected': ({ part, batch }) => ofChunk(t`expected the columns of the batch`, part, batch),
  'entry-too-large': ({ bytes }) => t`expected an entry below 4 GiB, received ${bytes} bytes`,
  'more-records': ({ expected }) => t`expected ${{ records: expected }} records, found more`,
  'too-large-for-memory': ({ megabytes }) =>
    t`this browser can hold files of up to ${megabytes} MB only: use Chrome, Edge, Firefox or Safari, or export fewer tickets`,
  'sort-too-large': ({ column, title, megabytes }) =>
    t`so many tickets cannot be sorted by “${{ title: titledColumnWord({ id: column, title }) }}”: it would take more than ${megabytes} MB of memory`,
  'qr-modules-too-small': ({ leastMm, foundMm }) =>
    t`expected QR modules of ${{ least: leastMm }} mm, found ${{ found: foundMm.toFixed(2) }}`,
  'ticket-too-small': ({ fields }) =>
    plural(fields, {
      one: 'expected a larger ticket for # field',
      other: 'expected a larger ticket for # fields',
    }),
  'no-sheet': () => t`expected at least one sheet`,
  'background-missing': () => t`expected the background picture, which is not on this device`,
  'picture-kind': () => t`expected a JPEG or PNG picture of 8 bits, grey, RGB or CMYK`,
  'picture-damaged': () => t`expected a whole picture`,
  'picture-interlaced': () => t`expected a PNG picture that is not interlaced`,
  'picture-too-large': ({ pixels }) => t`expected a picture of at most ${pixels} pixels`,
  'font-missing': ({ font }) =>
    t`the font for ${{ script: isFontName(font) ? fontTitle(font) : font }} is not on this device, and cannot be fetched now`,
  'browser-closed': () => t`the browser was closed before it was done`,
  'browser-gave-out': ({ times }) =>
    plural(times, {
      one: 'the browser or its memory gave out # time while it was written',
      other: 'the browser or its memory gave out # times while it was written',
    }),
  'worker-stopped': () => t`the browser ended what wrote it`,
  'storage-refused': () => t`the browser’s storage refused a write`,
  'file-cleared': () => t`the browser has cleared this file: export it again`,
  unexpected: ({ message }) => message,
};

function ofChunk(reason: string, part: number | undefined, batch: string | undefined): string {
  if (part === undefined || batch === undefined) return reason;
  return t`${reason} (part ${part} of batch ${{ batch: isolated(batch) }})`;
}

/** Why an export failed; what an earlier version noted stays in its English. */
export function exportFaultWords(fault: ExportFault | string): string {
  return typeof fault === 'string' ? fault : (wordsFor(EXPORT_WORDS, fault) ?? fault.code);
}

/** Why a record was set aside: `Holder: no font has the character U+10348`. */
export function recordFaultWords(fault: RecordFault): string {
  const words = wordsFor(RECORD_WORDS, fault) ?? fault.code;
  const column = 'column' in fault ? fault.column : undefined;
  return column === undefined ? words : `${columnWord(column)}: ${words}`;
}

/** As {@link recordFaultWords}; what an earlier version kept in English only stays so. */
export function rejectionWords({ fault, reason }: Rejection): string {
  return fault === undefined ? reason : recordFaultWords(fault);
}
