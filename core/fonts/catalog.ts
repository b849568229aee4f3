/** A font file that we ship: the name is that of its PostScript name. */
export type FontName =
  | 'NotoSans-Regular'
  | 'NotoSans-Bold'
  | 'NotoEmoji-Regular'
  | 'NotoSansArabic-Regular'
  | 'NotoSansArmenian-Regular'
  | 'NotoSansBengali-Regular'
  | 'NotoSansDevanagari-Regular'
  | 'NotoSansEthiopic-Regular'
  | 'NotoSansGeorgian-Regular'
  | 'NotoSansGujarati-Regular'
  | 'NotoSansGurmukhi-Regular'
  | 'NotoSansHebrew-Regular'
  | 'NotoSansJP-Regular'
  | 'NotoSansKR-Regular'
  | 'NotoSansKannada-Regular'
  | 'NotoSansKhmer-Regular'
  | 'NotoSansLao-Regular'
  | 'NotoSansMalayalam-Regular'
  | 'NotoSansMyanmar-Regular'
  | 'NotoSansOriya-Regular'
  | 'NotoSansSC-Regular'
  | 'NotoSansSinhala-Regular'
  | 'NotoSansTamil-Regular'
  | 'NotoSansTelugu-Regular'
  | 'NotoSansThai-Regular';

/** Latin, Cyrillic and Greek, and what other fonts lack. */
export const BASE_FONT: FontName = 'NotoSans-Regular';
/** The only family with a bold of its own; others are emboldened by a stroke. */
export const BASE_BOLD: FontName = 'NotoSans-Bold';
/** Stars, arrows, circled numbers: what belongs to no script and the base font lacks. */
export const SYMBOL_FONT: FontName = 'NotoSansJP-Regular';

/** Emoji without colours, joined ones too. */
export const EMOJI_FONT: FontName = 'NotoEmoji-Regular';

interface Script {
  /** ISO 15924. */
  readonly tag: string;
  readonly letters: RegExp;
  readonly font: FontName;
}

const SCRIPTS: readonly Script[] = [
  { tag: 'Latn', letters: /\p{Script=Latin}/u, font: BASE_FONT },
  { tag: 'Cyrl', letters: /\p{Script=Cyrillic}/u, font: BASE_FONT },
  { tag: 'Grek', letters: /\p{Script=Greek}/u, font: BASE_FONT },
  { tag: 'Deva', letters: /\p{Script=Devanagari}/u, font: 'NotoSansDevanagari-Regular' },
  { tag: 'Taml', letters: /\p{Script=Tamil}/u, font: 'NotoSansTamil-Regular' },
  { tag: 'Beng', letters: /\p{Script=Bengali}/u, font: 'NotoSansBengali-Regular' },
  { tag: 'Arab', letters: /\p{Script=Arabic}/u, font: 'NotoSansArabic-Regular' },
  { tag: 'Hebr', letters: /\p{Script=Hebrew}/u, font: 'NotoSansHebrew-Regular' },
  { tag: 'Thai', letters: /\p{Script=Thai}/u, font: 'NotoSansThai-Regular' },
  { tag: 'Armn', letters: /\p{Script=Armenian}/u, font: 'NotoSansArmenian-Regular' },
  { tag: 'Ethi', letters: /\p{Script=Ethiopic}/u, font: 'NotoSansEthiopic-Regular' },
  { tag: 'Geor', letters: /\p{Script=Georgian}/u, font: 'NotoSansGeorgian-Regular' },
  { tag: 'Gujr', letters: /\p{Script=Gujarati}/u, font: 'NotoSansGujarati-Regular' },
  { tag: 'Guru', letters: /\p{Script=Gurmukhi}/u, font: 'NotoSansGurmukhi-Regular' },
  { tag: 'Khmr', letters: /\p{Script=Khmer}/u, font: 'NotoSansKhmer-Regular' },
  { tag: 'Knda', letters: /\p{Script=Kannada}/u, font: 'NotoSansKannada-Regular' },
  { tag: 'Laoo', letters: /\p{Script=Lao}/u, font: 'NotoSansLao-Regular' },
  { tag: 'Mlym', letters: /\p{Script=Malayalam}/u, font: 'NotoSansMalayalam-Regular' },
  { tag: 'Mymr', letters: /\p{Script=Myanmar}/u, font: 'NotoSansMyanmar-Regular' },
  { tag: 'Orya', letters: /\p{Script=Oriya}/u, font: 'NotoSansOriya-Regular' },
  { tag: 'Sinh', letters: /\p{Script=Sinhala}/u, font: 'NotoSansSinhala-Regular' },
  { tag: 'Telu', letters: /\p{Script=Telugu}/u, font: 'NotoSansTelugu-Regular' },
  { tag: 'Hira', letters: /\p{Script=Hiragana}/u, font: 'NotoSansJP-Regular' },
  { tag: 'Kana', letters: /\p{Script=Katakana}/u, font: 'NotoSansJP-Regular' },
  { tag: 'Hang', letters: /\p{Script=Hangul}/u, font: 'NotoSansKR-Regular' },
  { tag: 'Bopo', letters: /\p{Script=Bopomofo}/u, font: 'NotoSansSC-Regular' },
];
const HAN = /\p{Script=Han}/u;
const HAS_KANA = /[\p{Script=Hiragana}\p{Script=Katakana}]/u;
const HAS_HANGUL = /\p{Script=Hangul}/u;
const EMOJI = /\p{Emoji_Presentation}/u;
/** Punctuation, digits, combining marks: they take the script of what is before them. */
const NO_SCRIPT = /[\p{Script=Common}\p{Script=Inherited}]/u;
/** Signs that several scripts share and the base font lacks, such as the Arabic comma. */
const ARABIC_SIGN = /\p{Script_Extensions=Arabic}/u;

/** The script of a character and the font meant for it. */
export interface ScriptFont {
  /** ISO 15924; `Zsye` for emoji, `Zyyy` for characters of any script, `Zzzz` for scripts that no font of ours has. */
  readonly tag: string;
  readonly font: FontName | null;
}

const ANY_SCRIPT: ScriptFont = { tag: 'Zyyy', font: null };
const ARABIC_SIGNS: ScriptFont = { tag: 'Zyyy', font: 'NotoSansArabic-Regular' };
const EMOJI_SCRIPT: ScriptFont = { tag: 'Zsye', font: EMOJI_FONT };
const OTHER_SCRIPT: ScriptFont = { tag: 'Zzzz', font: null };

/** Finds scripts by character, each character looked up once. */
const known = new Map<string, ScriptFont>();

/** @param han the font for Han characters, which three writing systems share; see {@link hanFontOf}. */
export function scriptFontOf(character: string, han: FontName): ScriptFont {
  const found = known.get(character) ?? lookUp(character);
  known.set(character, found);
  return found.tag === 'Hani' ? { tag: 'Hani', font: han } : found;
}

function lookUp(character: string): ScriptFont {
  if (EMOJI.test(character)) return EMOJI_SCRIPT;
  if (NO_SCRIPT.test(character)) return ARABIC_SIGN.test(character) ? ARABIC_SIGNS : ANY_SCRIPT;
  if (HAN.test(character)) return { tag: 'Hani', font: null };
  return SCRIPTS.find(({ letters }) => letters.test(character)) ?? OTHER_SCRIPT;
}

/** Which font draws the Han characters of a text: by the kana or hangul beside them, else by the locale, else Chinese. */
export function hanFontOf(text: string, locale: string): FontName {
  if (HAS_KANA.test(text)) return 'NotoSansJP-Regular';
  if (HAS_HANGUL.test(text)) return 'NotoSansKR-Regular';
  if (locale.startsWith('ja')) return 'NotoSansJP-Regular';
  return locale.startsWith('ko') ? 'NotoSansKR-Regular' : 'NotoSansSC-Regular';
}
