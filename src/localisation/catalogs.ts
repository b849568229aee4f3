import type { Messages } from '@lingui/core';
import { FIRST_WORDS } from '../first-view/words.ts';
import type { Locale } from './locales.ts';

/** `first`: what stands before anything else has come. `shell`: what the first screen says, and the frame around every page. `pages`: all the rest. */
export type Part = 'first' | 'shell' | 'pages';

const first = (locale: Locale) => async () => ({ messages: FIRST_WORDS[locale] });

/** Only the catalogs of the language in use are fetched; the service worker keeps the others at hand. */
export const CATALOGS: Readonly<Record<Locale, Record<Part, () => Promise<{ readonly messages: Messages }>>>> = {
  en: {
    first: first('en'),
    shell: () => import('../locales/en/shell.po'),
    pages: () => import('../locales/en/pages.po'),
  },
  hi: {
    first: first('hi'),
    shell: () => import('../locales/hi/shell.po'),
    pages: () => import('../locales/hi/pages.po'),
  },
  ar: {
    first: first('ar'),
    shell: () => import('../locales/ar/shell.po'),
    pages: () => import('../locales/ar/pages.po'),
  },
};
