import { type FontName, hanFontOf, scriptFontOf } from './catalog.ts';

interface FontFile {
  /** ISO 15924: the script that it is for; of the base fonts Latin, beside Cyrillic and Greek. */
  readonly script: string;
  readonly bytes: number;
}

/** Every font that we ship: what it is for, and what keeping it takes. */
export const FONT_FILES: Readonly<Record<FontName, FontFile>> = {
  'NotoSans-Regular': { script: 'Latn', bytes: 629_024 },
  'NotoSans-Bold': { script: 'Latn', bytes: 630_968 },
  'NotoEmoji-Regular': { script: 'Zsye', bytes: 886_572 },
  'NotoSansArabic-Regular': { script: 'Arab', bytes: 194_176 },
  'NotoSansArmenian-Regular': { script: 'Armn', bytes: 49_932 },
  'NotoSansBengali-Regular': { script: 'Beng', bytes: 141_064 },
  'NotoSansDevanagari-Regular': { script: 'Deva', bytes: 221_084 },
  'NotoSansEthiopic-Regular': { script: 'Ethi', bytes: 366_892 },
  'NotoSansGeorgian-Regular': { script: 'Geor', bytes: 62_952 },
  'NotoSansGujarati-Regular': { script: 'Gujr', bytes: 175_148 },
  'NotoSansGurmukhi-Regular': { script: 'Guru', bytes: 58_724 },
  'NotoSansHebrew-Regular': { script: 'Hebr', bytes: 48_036 },
  'NotoSansJP-Regular': { script: 'Jpan', bytes: 5_472_784 },
  'NotoSansKR-Regular': { script: 'Kore', bytes: 6_185_868 },
  'NotoSansKannada-Regular': { script: 'Knda', bytes: 148_988 },
  'NotoSansKhmer-Regular': { script: 'Khmr', bytes: 105_696 },
  'NotoSansLao-Regular': { script: 'Laoo', bytes: 53_076 },
  'NotoSansMalayalam-Regular': { script: 'Mlym', bytes: 106_808 },
  'NotoSansMyanmar-Regular': { script: 'Mymr', bytes: 183_164 },
  'NotoSansOriya-Regular': { script: 'Orya', bytes: 170_112 },
  'NotoSansSC-Regular': { script: 'Hans', bytes: 10_559_284 },
  'NotoSansSinhala-Regular': { script: 'Sinh', bytes: 243_496 },
  'NotoSansTamil-Regular': { script: 'Taml', bytes: 78_988 },
  'NotoSansTelugu-Regular': { script: 'Telu', bytes: 179_900 },
  'NotoSansThai-Regular': { script: 'Thai', bytes: 47_484 },
};

/**
 * The fonts that printing these texts takes, by their scripts, each once. A character that its script's font lacks may take
 * another one besides.
 * @param locale BCP 47: decides between Chinese, Japanese and Korean where a text does not.
 */
export function fontsFor(texts: Iterable<string>, locale: string): ReadonlySet<FontName> {
  const fonts = new Set<FontName>();
  for (const text of texts) {
    const han = hanFontOf(text, locale);
    for (const character of text) {
      const { font } = scriptFontOf(character, han);
      if (font !== null) fonts.add(font);
    }
  }
  return fonts;
}
