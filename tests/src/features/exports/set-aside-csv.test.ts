import Papa from 'papaparse';
import { expect, it } from 'vitest';
import type { ExportManifest } from '../../../../core/export/manifest.ts';
import { setAsideCsv } from '../../../../src/features/exports/set-aside-csv.ts';

it('what was set aside is a table that no spreadsheet takes for formulas', async () => {
  const rejected = [
    { key: '0c1f8a2b3c4d/7', reason: 'holder: expected at most 1,000 characters' },
    { key: '0c1f8a2b3c4d/9', reason: '=HYPERLINK("https://example.org")' },
  ];
  const manifest = { rejected, timeZone: 'Asia/Kolkata', locale: 'en' } as unknown as ExportManifest;
  const csv = await (await setAsideCsv(manifest)).text();
  expect(Papa.parse(csv.trim()).data).toEqual([
    ['Ticket', 'Reason'],
    ['0c1f8a2b3c4d/7', 'holder: expected at most 1,000 characters'],
    ['0c1f8a2b3c4d/9', '\'=HYPERLINK("https://example.org")'],
  ]);
});
