import { t } from '@lingui/core/macro';
import { useState } from 'react';
import { language } from './language.ts';
import { isLocale, LOCALES } from './locales.ts';

/** The languages by their own names. */
export const LANGUAGES = Object.entries(LOCALES).map(([value, { name }]) => ({ value, label: name }));

/** What a choice of the language needs: `choose` takes a value of {@link LANGUAGES}; `problem` says why it did not work. */
export function useChooseLanguage() {
  const [problem, setProblem] = useState<string>();
  const choose = (value: string) => {
    if (isLocale(value)) language.choose(value).catch(() => setProblem(t`This language cannot be loaded now.`));
  };
  return { value: language.locale, choose, problem };
}
