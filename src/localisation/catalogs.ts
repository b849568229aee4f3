import type { Messages } from '@lingui/core';
import type { Locale } from './locales.ts';

/** `shell`: what the first screen says, and the frame around every page. `pages`: all the rest. */
export type Part = 'shell' | 'pages';

/** Only the catalogs of the language in use are fetched; the service worker keeps the others at hand. */
export const CATALOGS: Readonly<Record<Locale, Record<Part, () => Promise<{ readonly messages: Messages }>>>> = {
  en: { shell: () => import('../locales/en/shell.po'), pages: () => import('../locales/en/pages.po') },
  hi: { shell: () => import('../locales/hi/shell.po'), pages: () => import('../locales/hi/pages.po') },
  ar: { shell: () => import('../locales/ar/shell.po'), pages: () => import('../locales/ar/pages.po') },
};
