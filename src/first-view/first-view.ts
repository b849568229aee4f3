import { i18n } from '@lingui/core';
import { startLocale } from '../localisation/chosen-locale.ts';
import { LOCALES } from '../localisation/locales.ts';
import { headAt } from './page-heads.ts';
import { FIRST_WORDS } from './words.ts';

/** Where Mantine keeps the colours that were chosen on this device. */
const SCHEME_KEY = 'mantine-color-scheme-value';

/**
 * Shows what a page is, where it will stand, while its code and its data are on their way: a second instead of three on a slow
 * line. Of other pages the mark alone is shown. `index.html` takes it away once there is a page.
 */
export function showFirstView(start: HTMLElement): void {
  const [place, head] = headAt(location.pathname) ?? [];
  if (place === undefined || head === undefined) return;
  const locale = startLocale();
  i18n.load(locale, FIRST_WORDS[locale]);
  i18n.activate(locale);
  document.documentElement.lang = locale;
  document.documentElement.dir = LOCALES[locale].direction;
  document.documentElement.dataset.mantineColorScheme = startScheme();
  say(start, '.start-title', i18n._(head.title));
  say(start, '.start-lead', i18n._(head.lead));
  start.dataset.page = place;
}

function say(start: HTMLElement, selector: string, words: string): void {
  const element = start.querySelector(selector);
  if (element !== null) element.textContent = words;
}

function startScheme(): 'light' | 'dark' {
  const chosen = chosenScheme();
  if (chosen === 'light' || chosen === 'dark') return chosen;
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

function chosenScheme(): string | null {
  try {
    return localStorage.getItem(SCHEME_KEY);
  } catch {
    // Where nothing may be kept, nothing was chosen.
    return null;
  }
}
