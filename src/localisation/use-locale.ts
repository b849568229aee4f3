import { useSyncExternalStore } from 'react';
import { language } from './language.ts';
import type { Locale } from './locales.ts';

/** The language that the interface speaks now. */
export function useLocale(): Locale {
  return useSyncExternalStore(language.subscribe, () => language.locale);
}
