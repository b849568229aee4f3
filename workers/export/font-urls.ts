import emoji from '@expo-google-fonts/noto-emoji/400Regular/NotoEmoji_400Regular.ttf?url';
import regular from '@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf?url';
import bold from '@expo-google-fonts/noto-sans/700Bold/NotoSans_700Bold.ttf?url';
import arabic from '@expo-google-fonts/noto-sans-arabic/400Regular/NotoSansArabic_400Regular.ttf?url';
import armenian from '@expo-google-fonts/noto-sans-armenian/400Regular/NotoSansArmenian_400Regular.ttf?url';
import bengali from '@expo-google-fonts/noto-sans-bengali/400Regular/NotoSansBengali_400Regular.ttf?url';
import devanagari from '@expo-google-fonts/noto-sans-devanagari/400Regular/NotoSansDevanagari_400Regular.ttf?url';
import ethiopic from '@expo-google-fonts/noto-sans-ethiopic/400Regular/NotoSansEthiopic_400Regular.ttf?url';
import georgian from '@expo-google-fonts/noto-sans-georgian/400Regular/NotoSansGeorgian_400Regular.ttf?url';
import gujarati from '@expo-google-fonts/noto-sans-gujarati/400Regular/NotoSansGujarati_400Regular.ttf?url';
import gurmukhi from '@expo-google-fonts/noto-sans-gurmukhi/400Regular/NotoSansGurmukhi_400Regular.ttf?url';
import hebrew from '@expo-google-fonts/noto-sans-hebrew/400Regular/NotoSansHebrew_400Regular.ttf?url';
import japanese from '@expo-google-fonts/noto-sans-jp/400Regular/NotoSansJP_400Regular.ttf?url';
import kannada from '@expo-google-fonts/noto-sans-kannada/400Regular/NotoSansKannada_400Regular.ttf?url';
import khmer from '@expo-google-fonts/noto-sans-khmer/400Regular/NotoSansKhmer_400Regular.ttf?url';
import korean from '@expo-google-fonts/noto-sans-kr/400Regular/NotoSansKR_400Regular.ttf?url';
import lao from '@expo-google-fonts/noto-sans-lao/400Regular/NotoSansLao_400Regular.ttf?url';
import malayalam from '@expo-google-fonts/noto-sans-malayalam/400Regular/NotoSansMalayalam_400Regular.ttf?url';
import myanmar from '@expo-google-fonts/noto-sans-myanmar/400Regular/NotoSansMyanmar_400Regular.ttf?url';
import oriya from '@expo-google-fonts/noto-sans-oriya/400Regular/NotoSansOriya_400Regular.ttf?url';
import chinese from '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf?url';
import sinhala from '@expo-google-fonts/noto-sans-sinhala/400Regular/NotoSansSinhala_400Regular.ttf?url';
import tamil from '@expo-google-fonts/noto-sans-tamil/400Regular/NotoSansTamil_400Regular.ttf?url';
import telugu from '@expo-google-fonts/noto-sans-telugu/400Regular/NotoSansTelugu_400Regular.ttf?url';
import thai from '@expo-google-fonts/noto-sans-thai/400Regular/NotoSansThai_400Regular.ttf?url';
import type { FontName } from '../../core/fonts/catalog.ts';

/** Where the app's own files have each font; the names bear hashes. */
export const FONT_URLS: Readonly<Record<FontName, string>> = {
  'NotoSans-Regular': regular,
  'NotoSans-Bold': bold,
  'NotoEmoji-Regular': emoji,
  'NotoSansArabic-Regular': arabic,
  'NotoSansArmenian-Regular': armenian,
  'NotoSansBengali-Regular': bengali,
  'NotoSansDevanagari-Regular': devanagari,
  'NotoSansEthiopic-Regular': ethiopic,
  'NotoSansGeorgian-Regular': georgian,
  'NotoSansGujarati-Regular': gujarati,
  'NotoSansGurmukhi-Regular': gurmukhi,
  'NotoSansHebrew-Regular': hebrew,
  'NotoSansJP-Regular': japanese,
  'NotoSansKR-Regular': korean,
  'NotoSansKannada-Regular': kannada,
  'NotoSansKhmer-Regular': khmer,
  'NotoSansLao-Regular': lao,
  'NotoSansMalayalam-Regular': malayalam,
  'NotoSansMyanmar-Regular': myanmar,
  'NotoSansOriya-Regular': oriya,
  'NotoSansSC-Regular': chinese,
  'NotoSansSinhala-Regular': sinhala,
  'NotoSansTamil-Regular': tamil,
  'NotoSansTelugu-Regular': telugu,
  'NotoSansThai-Regular': thai,
};
