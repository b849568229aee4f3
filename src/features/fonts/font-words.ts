import { t } from '@lingui/core/macro';
import { BASE_FONT, EMOJI_FONT, type FontName } from '../../../core/fonts/catalog.ts';
import { FONT_FILES } from '../../../core/fonts/font-files.ts';
import { formatLocale } from '../../utils/format.ts';

/** What a font is for, as people call it: `Japanese`, `Devanagari`. */
export function fontTitle(name: FontName): string {
  if (name === BASE_FONT) return t`Latin, Cyrillic and Greek`;
  if (name === EMOJI_FONT) return t`Emoji`;
  const { script } = FONT_FILES[name];
  return new Intl.DisplayNames(formatLocale(), { type: 'script' }).of(script) ?? script;
}

/** Whether it is one of our fonts. */
export function isFontName(name: string): name is FontName {
  return Object.hasOwn(FONT_FILES, name);
}
