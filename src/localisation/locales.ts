import type { Language } from '../../core/languages.ts';

/** The languages of the interface, each by its own name. Words are written in the first. */
export const LOCALES = {
  en: { name: 'English', direction: 'ltr' },
  hi: { name: 'हिन्दी', direction: 'ltr' },
  ar: { name: 'العربية', direction: 'rtl' },
} as const satisfies Record<Language, { readonly name: string; readonly direction: 'ltr' | 'rtl' }>;
export type Locale = Language;

/** Whether the interface speaks it. */
export function isLocale(tag: string): tag is Locale {
  return Object.hasOwn(LOCALES, tag);
}

/** Not by `Intl.Locale`, which refuses what some systems call their language. */
const languageOf = (tag: string) => tag.split(/[-_]/, 1)[0]?.toLowerCase() ?? '';

/** The first of the languages a person reads (BCP 47, best first) that the interface speaks; else English. */
export function bestLocale(languages: readonly string[]): Locale {
  return languages.map(languageOf).find(isLocale) ?? 'en';
}

/** How numbers and dates are written in a language: as in the person's region where they name one for it. */
export function formatsOf(locale: Locale, languages: readonly string[]): string {
  return languages.find((tag) => languageOf(tag) === locale && isWellFormed(tag)) ?? locale;
}

function isWellFormed(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}
