import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EntryNames } from '../../../../core/export/zip/entry-names.ts';
import { safeEntryName } from '../../../../core/export/zip/safe-name.ts';
import { writeZip, type ZipEntry } from '../../../../core/export/zip/zip.ts';
import { withFile, zipReaders } from './zip-readers.ts';

const ROOTS = [
  '',
  '/',
  '//',
  '\\',
  '\\\\',
  'C:',
  'C:\\',
  'c:/',
  '\\\\?\\C:\\',
  '\\\\server\\share\\',
  'file:///',
  '~/',
  './',
];
const CLIMBS = [
  '../',
  '..\\',
  '../../../../',
  'a/../../',
  '.../',
  '. ./',
  '..\0/',
  '%2e%2e/',
  '\u2025/',
  '．．/',
  '..;/',
];
const NAMES = [
  'etc/passwd',
  'CON',
  'con.txt',
  'NUL .csv',
  'aux/list.csv',
  'COM¹',
  'LPT9.pdf',
  'CONIN$',
  'a:stream',
  'name\0.pdf',
  'tab\t.pdf',
  'line\nfeed.pdf',
  'bell\x07\x9b.pdf',
  '\u202efdp.exe',
  'mark\u200f\u2066.pdf',
  '\ufeffbom.csv',
  'lone \ud800.csv',
  'trailing dots...',
  'trailing spaces   ',
  '  leading',
  'quo"te<>|?*.csv',
  'ａ.csv',
  'A.CSV',
  'straße.csv',
  'STRASSE.csv',
  'é.csv',
  'e\u0301.csv',
  'ﬁle.csv',
  'FILE.csv',
  `${'x'.repeat(400)}.pdf`,
  `${'நன்றி'.repeat(100)}.pdf`,
  `${'d/'.repeat(60)}deep.csv`,
  '',
  '.',
  '..',
  '/',
  '   ',
  '...',
];
/** More than the 200 of the promise. */
const HOSTILE = [
  ...ROOTS.flatMap((root) => CLIMBS.map((climb) => `${root}${climb}x.txt`)),
  ...NAMES,
  ...ROOTS.map((root) => `${root}x.txt`),
  ...NAMES.slice(0, 40).map((name) => `../${name}`),
];

const SAFE_SEGMENT =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: none of them may be there
  /^(?!\.{1,2}$)(?![ ])[^\0-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\\/:<>"|?*]*[^\0-\x1f\\/:<>"|?*. ]$/u;
const DEVICE = /^(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])(\.|$)/i;

function expectSafe(name: string): void {
  for (const segment of name.split('/')) {
    expect(segment).toMatch(SAFE_SEGMENT);
    expect(segment).not.toMatch(DEVICE);
    expect(segment.isWellFormed()).toBe(true);
    expect(Buffer.byteLength(segment)).toBeLessThanOrEqual(255);
  }
}

const foldedOf = (name: string) => name.normalize('NFKC').toLowerCase();

describe('the names of entries (E7)', () => {
  it('stay inside their folder and are unique, whatever was wanted', () => {
    expect(HOSTILE.length).toBeGreaterThanOrEqual(200);
    const names = new EntryNames();
    const claimed = HOSTILE.map((wanted) => names.claim(wanted));
    for (const name of claimed) expectSafe(name);
    expect(new Set(claimed.map(foldedOf)).size).toBe(claimed.length);
  });

  it('are safe and unique for any text', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' }), { maxLength: 30 }), (wanted) => {
        const names = new EntryNames();
        const claimed = wanted.map((name) => names.claim(name));
        for (const name of claimed) expectSafe(name);
        expect(new Set(claimed.map(foldedOf)).size).toBe(claimed.length);
      }),
    );
  });

  it.each([
    '[Content_Types].xml',
    '_rels/.rels',
    'xl/worksheets/sheet1.xml',
    'tickets 2026-11-22.csv',
    'நன்றி/Ticket № 7 – “VIP”.pdf',
    'console.log',
    'com.example.csv',
  ])('leave %s as it is', (name) => {
    expect(safeEntryName(name)).toBe(name);
  });

  it('number what is taken, before the extension', () => {
    const names = new EntryNames();
    expect(['a.csv', 'A.CSV', 'a.csv', 'a (2).csv'].map((name) => names.claim(name))).toEqual([
      'a.csv',
      'A (2).CSV',
      'a (3).csv',
      'a (2) (2).csv',
    ]);
  });

  it('never put a file where a folder is', () => {
    const names = new EntryNames();
    expect(['a', 'a/b', 'A/c', 'd/e', 'D', 'a/b/c'].map((name) => names.claim(name))).toEqual([
      'a',
      'a (2)/b',
      'A (2)/c',
      'd/e',
      'D (2)',
      'a (2)/b (2)/c',
    ]);
  });

  it('number 20,000 like names without counting through them each time', () => {
    const names = new EntryNames();
    for (let times = 0; times < 20_000; times++) names.claim('photo.jpg');
    expect(names.claim('photo.jpg')).toBe('photo (20001).jpg');
  });

  const hasUnzip = zipReaders[1]?.isHere === true;
  it.skipIf(!hasUnzip)(`unpack into their folder only${hasUnzip ? '' : ' (skipped: no unzip)'}`, async () => {
    const chunks: Uint8Array<ArrayBuffer>[] = [];
    const entries = HOSTILE.map((name): ZipEntry => ({ name, method: 'store', content: new Uint8Array([1]) }));
    for await (const chunk of writeZip(entries, { now: new Date(), timeZone: 'UTC' })) chunks.push(chunk);
    withFile(new Uint8Array(await new Blob(chunks).arrayBuffer()), (path, folder) => {
      const env = { ...process.env, LC_ALL: 'C.UTF-8' };
      const { status, stderr } = spawnSync('unzip', ['-q', path, '-d', `${folder}/deep`], { encoding: 'utf8', env });
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      expect(readdirSync(folder).sort()).toEqual(['archive.zip', 'deep']);
      const files = readdirSync(`${folder}/deep`, { recursive: true, withFileTypes: true });
      expect(files.filter((entry) => entry.isFile())).toHaveLength(HOSTILE.length);
    });
  });
});
