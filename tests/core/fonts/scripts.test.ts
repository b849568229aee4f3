import { describe, expect, it } from 'vitest';
import { checkPdf, hasPdfTools, PDF_TOOLS, pdfFonts, pdfTexts } from '../../suites/export/pdf-tools.ts';
import { readPdf } from '../../suites/export/read-pdf.ts';
import { pageOf, shaperFor } from './shaped-text.ts';

/** Names, as people of the script write them. */
const NAMES = {
  Latin: ['Łukasz Żółć', 'Nguyễn Thị Ánh', 'Þórður Ægisson', 'İbrahim Çağlayan', 'Şerban Ştefănescu', 'Ḥasan Ṣāliḥ'],
  Cyrillic: ['Екатерина Щербакова', 'Олексій Їжакевич', 'Ђорђе Ћирић', 'Қасым Ғабитов'],
  Greek: ['Ελένη Παπαδοπούλου', 'Γεώργιος Ψυχάρης'],
  Devanagari: ['अनन्या शर्मा', 'क्षितिज त्रिपाठी', 'श्रीकृष्ण र्ण', 'हिन्दी'],
  Tamil: ['தமிழ்ச்செல்வி முருகன்', 'க்ஷேத்ரா ஸ்ரீநிவாசன்', 'கொற்றவை'],
  Bengali: ['রবীন্দ্রনাথ ঠাকুর', 'শ্রেয়া ভট্টাচার্য', 'ক্ষেত্রমোহন'],
  Arabic: ['محمد الحداد', 'عبد الرحمن', 'لاله'],
  Hebrew: ['יעקב כהן', 'שָׁלוֹם'],
  Thai: ['สมชาย ใจดี', 'น้ำผึ้ง', 'กิ่งแก้ว'],
  Armenian: ['Արամ Խաչատրյան', 'Եվա'],
  Georgian: ['შოთა რუსთაველი', 'ქეთევან ჯაფარიძე'],
  Gujarati: ['મોહનદાસ ગાંધી', 'શ્રીકૃષ્ણ ત્રિવેદી'],
  Gurmukhi: ['ਅਮ੍ਰਿਤਾ ਪ੍ਰੀਤਮ', 'ਗੁਰਪ੍ਰੀਤ ਸਿੰਘ'],
  Kannada: ['ಕುವೆಂಪು', 'ಶ್ರೀನಿವಾಸ ಕ್ಷೇತ್ರ'],
  Malayalam: ['തകഴി ശിവശങ്കരപ്പിള്ള', 'ക്ഷേത്രം'],
  Odia: ['ଫକୀରମୋହନ ସେନାପତି', 'ଶ୍ରୀ'],
  Sinhala: ['මාර්ටින් වික්‍රමසිංහ', 'ශ්‍රී'],
  Telugu: ['వేమన', 'శ్రీకృష్ణ క్షేత్ర'],
  Ethiopic: ['አበበ ቢቂላ', 'ጥሩነሽ'],
  Khmer: ['សុវណ្ណ', 'ស្រី'],
  Lao: ['ສົມສັກ', 'ນ້ຳ'],
  Myanmar: ['အောင်ဆန်း', 'မြန်မာ'],
  Emoji: ['👩‍🎤', '❤️ 🇮🇳 👍🏽'],
  Chinese: ['王小明', '歐陽娜娜'],
  Japanese: ['山田太郎', 'さくら ハルキ'],
  Korean: ['김민준', '박서연'],
} as const;
const ALL = Object.values(NAMES).flat();

/** Readers put the letters of a line that runs from right to left in one or the other order, and drop direction marks. */
function letters(text: string): string {
  return [...text.replaceAll(/[\u200e\u200f\u202a-\u202e\s]/g, '')].sort().join('');
}

describe('names of every script', () => {
  it.each(Object.entries(NAMES))('%s comes back from pdf.js letter by letter', async (script, names) => {
    const [page] = await readPdf(await pageOf(names));
    const found = page?.lines.map(({ text }) => text) ?? [];
    if (script === 'Arabic' || script === 'Hebrew') expect(found.map(letters)).toEqual(names.map(letters));
    // pdf.js takes the one compatibility character of Lao apart.
    else expect(found.map((name) => name.normalize('NFKC'))).toEqual(names.map((name) => name.normalize('NFKC')));
  });

  it.skipIf(!hasPdfTools)(`come back from poppler, which finds them in order (${PDF_TOOLS})`, async () => {
    const file = await pageOf(ALL);
    checkPdf(file);
    const found = (pdfTexts(file)[0] ?? '').split('\n').map((line) => line.trim());
    for (const name of ALL) {
      const isRightToLeft = /[\u0590-\u06ff]/.test(name);
      if (isRightToLeft) expect(found.map(letters)).toContain(letters(name));
      else expect(found).toContain(name);
    }
  });

  it.skipIf(!hasPdfTools)(`takes embedded subsets only, with a way back to the letters (${PDF_TOOLS})`, async () => {
    const file = await pageOf(ALL);
    const fonts = pdfFonts(file);
    expect(fonts.length).toBeGreaterThanOrEqual(9);
    // Type, encoding, embedded, subset, Unicode.
    for (const font of fonts) expect(font).toMatch(/^[A-Z]{6}\+\S+\s+CID TrueType\s+Identity-H\s+yes yes yes/);
    expect(file.length).toBeLessThan(150_000);
  });
});

describe('TextShaper', () => {
  it('joins Arabic letters, and places the marks of Indic ones', async () => {
    const shaper = await shaperFor();
    const apart = [...'محمد'].join('\u200c');
    await shaper.prepare([...ALL, apart, 'அ', 'क्षि', 'क']);
    expect(shaper.shape('محمد').width).not.toBeCloseTo(shaper.shape(apart).width, 0);
    // One cluster: a conjunct with its vowel before it.
    expect(shaper.shape('क्षि').segments[0]?.shown).toMatch(/^<[0-9A-F]{4}>$/);
    expect(shaper.shape('محمد الحداد').isRightToLeft).toBe(true);
    expect(shaper.shape('அ').isRightToLeft).toBe(false);
  });

  it('draws Han letters in the form of the locale, where the text does not tell', async () => {
    const fontOf = async (text: string, locale: string) => {
      const shaper = await shaperFor(locale);
      await shaper.prepare([text]);
      return shaper.shape(text).segments.map(({ subset }) => subset.face.name);
    };
    expect(await fontOf('直', 'ja-JP')).toEqual(['NotoSansJP-Regular']);
    expect(await fontOf('直', 'ko-KR')).toEqual(['NotoSansKR-Regular']);
    expect(await fontOf('直', 'en-IN')).toEqual(['NotoSansSC-Regular']);
    expect(new Set(await fontOf('直さくら', 'en-IN'))).toEqual(new Set(['NotoSansJP-Regular']));
  });

  it('loads only the fonts that texts need', async () => {
    const shaper = await shaperFor();
    await shaper.prepare(['Łukasz Żółć', 'Ελένη']);
    expect(shaper.subsets.map(({ face }) => face.name)).toEqual(['NotoSans-Regular', 'NotoSans-Bold']);
  });

  it('names the characters that no font has, and never a character that one has', async () => {
    const shaper = await shaperFor();
    const odd = 'Asha 𐍈 𞤀𞤀 ᚠ';
    await shaper.prepare([...ALL, odd, 'Asha']);
    expect(shaper.missingCharacters(odd)).toEqual(['𐍈', '𞤀', 'ᚠ']);
    for (const name of ALL) expect(shaper.missingCharacters(name)).toEqual([]);
  });

  it('keeps a missing character readable behind its replacement sign', async () => {
    const [page] = await readPdf(await pageOf(['Asha 𐍈 Raman']));
    expect(page?.lines.map(({ text }) => text)).toEqual(['Asha 𐍈 Raman']);
  });

  it('shapes plain Latin from tables as the shaper does', async () => {
    const shaper = await shaperFor();
    // The second goes the long way: the mark is beyond the tables.
    const [short, long] = ['AVATAR To. fi', 'AVATAR To. fi\u0301'];
    await shaper.prepare([short, long]);
    expect(shaper.shape(short).width).toBeCloseTo(shaper.shape(long).width, 0);
  });
});
