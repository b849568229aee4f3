import { bestLocale, isLocale, type Locale } from './locales.ts';

/** Where this device keeps what its owner chose. Not in the local database, which the first screen does not load. */
export const LOCALE_KEY = 'ticketmint-language';

/** The language that the page begins with: what was chosen, else the best of those that the browser asks for. */
export function startLocale(): Locale {
  return chosenLocale() ?? bestLocale(navigator.languages);
}

export function chosenLocale(): Locale | undefined {
  try {
    const chosen = localStorage.getItem(LOCALE_KEY) ?? '';
    return isLocale(chosen) ? chosen : undefined;
  } catch {
    // Where nothing may be kept, nothing was chosen.
    return undefined;
  }
}

export function keepChoice(locale: Locale): void {
  try {
    localStorage.setItem(LOCALE_KEY, locale);
  } catch {
    // It holds until the page is closed.
  }
}
