import { z } from 'zod';
import { LANGUAGES } from '../languages.ts';

/** What formats that are printed have in common. */
export const printedOptions = {
  /** Of what is printed beside the data, and of numbers and dates. `auto`: the event's. */
  language: z
    .enum(['auto', ...LANGUAGES])
    .default('auto')
    .meta({
      title: 'Language',
      description: 'Of what is printed beside the data',
      choices: { auto: 'As the event', en: 'English', hi: 'हिन्दी', ar: 'العربية' },
    }),
};
