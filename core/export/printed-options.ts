import { z } from 'zod';
import { PDF_LANGUAGES } from './pdf-words/pdf-words.ts';

/** What formats that are printed have in common. */
export const printedOptions = {
  /** Of what is printed beside the data, and of numbers and dates. `auto`: the context's. */
  language: z
    .enum(['auto', ...PDF_LANGUAGES])
    .default('auto')
    .meta({
      title: 'Language',
      description: 'Of what is printed beside the data',
      choices: { auto: 'As this page', en: 'English', hi: 'हिन्दी', ar: 'العربية' },
    }),
};
