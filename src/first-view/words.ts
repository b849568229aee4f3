import type { Messages } from '@lingui/core';
import { messages as ar } from '../locales/ar/first.po';
import { messages as en } from '../locales/en/first.po';
import { messages as hi } from '../locales/hi/first.po';
import type { Locale } from '../localisation/locales.ts';

/** The words of the first view, in every language at once: asking for one of them would take longer. */
export const FIRST_WORDS: Readonly<Record<Locale, Messages>> = { en, hi, ar };
