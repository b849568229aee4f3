import { expect, test } from 'vitest';
import type { FontName } from '../../../core/fonts/catalog.ts';
import { FONT_FILES, fontsFor } from '../../../core/fonts/font-files.ts';
import { diskFonts } from '../../../server/export/fonts.ts';

test('the sizes that are told are those of the files', async () => {
  const names = Object.keys(FONT_FILES) as FontName[];
  const bytes = await Promise.all(names.map(async (name) => [name, (await diskFonts.load(name)).length]));
  expect(Object.fromEntries(bytes)).toEqual(Object.fromEntries(names.map((name) => [name, FONT_FILES[name].bytes])));
});

test('texts name the fonts of their scripts, Han characters by what stands beside them', () => {
  expect([...fontsFor(['Διονύσια 2026', 'दिवाली'], 'en')]).toEqual(['NotoSans-Regular', 'NotoSansDevanagari-Regular']);
  expect([...fontsFor(['夏祭り'], 'en')]).toEqual(['NotoSansJP-Regular']);
  expect([...fontsFor(['春节'], 'en'), ...fontsFor(['祭'], 'ja')]).toEqual([
    'NotoSansSC-Regular',
    'NotoSansJP-Regular',
  ]);
});
