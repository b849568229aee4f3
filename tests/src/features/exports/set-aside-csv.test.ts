import { i18n } from '@lingui/core';
import Papa from 'papaparse';
import { afterAll, expect, it } from 'vitest';
import type { ExportManifest, Rejection } from '../../../../core/export/manifest.ts';
import { setAsideCsv } from '../../../../src/features/exports/set-aside-csv.ts';
import { CATALOGS } from '../../../../src/localisation/catalogs.ts';

afterAll(() => i18n.activate('en'));

async function tableOf(rejected: readonly Rejection[]): Promise<unknown> {
  const manifest = { rejected, timeZone: 'Asia/Kolkata', locale: 'en' } as unknown as ExportManifest;
  return Papa.parse((await (await setAsideCsv(manifest)).text()).trim()).data;
}

it('what was set aside is a table that no spreadsheet takes for formulas', async () => {
  i18n.activate('en');
  const rejected = [
    { key: '0c1f8a2b3c4d/7', reason: 'holder: expected at most 1,000 characters' },
    { key: '0c1f8a2b3c4d/9', reason: '=HYPERLINK("https://example.org")' },
  ];
  expect(await tableOf(rejected)).toEqual([
    ['Ticket', 'Reason'],
    ['0c1f8a2b3c4d/7', 'holder: expected at most 1,000 characters'],
    ['0c1f8a2b3c4d/9', '\'=HYPERLINK("https://example.org")'],
  ]);
});

it('what was set aside says why in the language of the interface', async () => {
  i18n.load('hi', (await CATALOGS.hi.pages()).messages);
  i18n.activate('hi');
  const fault = { code: 'no-glyph', column: 'holder', character: 'U+10348' } as const;
  const rejected = [{ key: '0c1f8a2b3c4d/7', reason: 'holder: no font has the character U+10348', fault }];
  expect(await tableOf(rejected)).toEqual([
    ['टिकट', 'कारण'],
    ['0c1f8a2b3c4d/7', expect.stringMatching(/^धारक: .*U\+10348/)],
  ]);
});
