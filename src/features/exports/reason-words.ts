import { plural, t } from '@lingui/core/macro';

type Words = (...found: readonly string[]) => string;

/** Reasons for which a record is set aside: `holder: expected …`, with what was found in them. */
const REJECTIONS: readonly (readonly [pattern: RegExp, words: Words])[] = [
  [/^expected a number in its range$/, () => t`expected a number in its range`],
  [/^expected what a QR code of a ticket holds$/, () => t`expected what a QR code of a ticket holds`],
  [/^no font has the character (.+)$/, (character = '') => t`no font has the character ${character}`],
  [/^expected one from 1900-03-01 to 9999-12-31$/, () => t`expected one from 1900-03-01 to 9999-12-31`],
  [
    /^expected at most (\d+) characters a cell, received (\d+)$/,
    (most = '', found = '') => t`expected at most ${most} characters a cell, received ${found}`,
  ],
  [
    /^expected at most (\d+) line feeds a cell, received (\d+)$/,
    (most = '', found = '') => t`expected at most ${most} line feeds a cell, received ${found}`,
  ],
  [/^too many different characters for one file$/, () => t`too many different characters for one file`],
  [/^the record could not be read$/, () => t`the record could not be read`],
];

/** Reasons for which a file is not written, or not where it was to go. */
const FAILURES: readonly (readonly [pattern: RegExp, words: Words])[] = [
  [
    /^the server cannot be reached, and some tickets are there only/,
    () => t`the server cannot be reached, and some tickets are there only`,
  ],
  [
    /^the sign-in has expired, and some tickets are on the server only/,
    () => t`the sign-in has expired, and some tickets are on the server only`,
  ],
  [
    /^some tickets are neither on this device nor on the server/,
    () => t`some tickets are neither on this device nor on the server`,
  ],
  [/^the browser does not allow writing there any more$/, () => t`the browser does not allow writing there any more`],
  [/^the file is in use by another tab or program$/, () => t`the file is in use by another tab or program`],
  [/^the file is open in another program$/, () => t`the file is open in another program`],
  [/^the browser refused to put the file in its place$/, () => t`the browser refused to put the file in its place`],
  [/^the file or folder is not there any more$/, () => t`the file or folder is not there any more`],
  [/^there is no space left$/, () => t`there is no space left`],
  [/^a folder has the name of the file$/, () => t`a folder has the name of the file`],
  [/^the file could not be written$/, () => t`the file could not be written`],
  [
    /^expected a file of (\d+) bytes, found (\d+)$/,
    (bytes = '', found = '') => t`expected a file of ${bytes} bytes, found ${found}`,
  ],
  [
    /^chunk (\d+): expected the columns of its batch$/,
    (chunk = '') => t`chunk ${chunk}: expected the columns of its batch`,
  ],
  [
    /^expected an entry below 4 GiB, received (\d+) bytes$/,
    (bytes = '') => t`expected an entry below 4 GiB, received ${bytes} bytes`,
  ],
  [/^expected (\d+) records, found more$/, (records = '') => t`expected ${records} records, found more`],
  [
    /^this browser can hold files of up to (\d+) MB only/,
    (megabytes = '') =>
      t`this browser can hold files of up to ${megabytes} MB only: use Chrome, Edge, Firefox or Safari, or export fewer tickets`,
  ],
  [
    /^so many tickets cannot be sorted by “(.*)”: it would take more than (\d+) MB of memory$/,
    (title = '', megabytes = '') =>
      t`so many tickets cannot be sorted by “${title}”: it would take more than ${megabytes} MB of memory`,
  ],
  [
    /^expected QR modules of ([\d.]+) mm, found ([\d.]+)$/,
    (least = '', found = '') => t`expected QR modules of ${least} mm, found ${found}`,
  ],
  [
    /^expected a larger ticket for (\d+) fields$/,
    (fields = '') =>
      plural(Number(fields), {
        one: 'expected a larger ticket for # field',
        other: 'expected a larger ticket for # fields',
      }),
  ],
  [
    /^expected the background picture, which is not on this device$/,
    () => t`expected the background picture, which is not on this device`,
  ],
  [/^the browser was closed before it was done$/, () => t`the browser was closed before it was done`],
  [
    /^the browser or its memory gave out (\d+) times while it was written$/,
    (times = '') =>
      plural(Number(times), {
        one: 'the browser or its memory gave out # time while it was written',
        other: 'the browser or its memory gave out # times while it was written',
      }),
  ],
  [
    /^the browser has cleared (?:this|the finished) file: export it again$/,
    () => t`the browser has cleared this file: export it again`,
  ],
  [
    /^the font (.+) is not on this device, and cannot be fetched now$/,
    (font = '') => t`the font ${font} is not on this device, and cannot be fetched now`,
  ],
  [/^expected at least one sheet$/, () => t`expected at least one sheet`],
];

/**
 * Why something was not done, as core and the workers say it, in the words of the interface. Reasons lie in manifests and
 * in the history, so that their English is what there is to go by; one that is not known stays as it is.
 */
export function reasonWords(reason: string): string {
  const [, what, part = '', batch = ''] = /^(.+) \(part (\d+) of batch ([^)]+)\)$/.exec(reason) ?? [];
  if (what !== undefined) return t`${{ reason: reasonWords(what) }} (part ${{ part }} of batch ${{ batch }})`;
  return wordsIn(FAILURES, reason) ?? wordsIn(REJECTIONS, reason) ?? reason;
}

/** Why a record was set aside: `holder: no font has the character U+10348`. */
export function rejectionWords(reason: string): string {
  const [, column, rest = reason] = /^([\w-]+): (.+)$/.exec(reason) ?? [];
  const words = wordsIn(REJECTIONS, rest);
  if (words === undefined) return reason;
  return column === undefined ? words : `${column}: ${words}`;
}

function wordsIn(table: typeof FAILURES, reason: string): string | undefined {
  for (const [pattern, words] of table) {
    const found = pattern.exec(reason);
    if (found !== null) return words(...found.slice(1));
  }
  return undefined;
}
