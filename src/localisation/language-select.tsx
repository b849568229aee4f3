import { t } from '@lingui/core/macro';
import { NativeSelect } from '@mantine/core';
import { IconLanguage } from '@tabler/icons-react';
import { LANGUAGES, useChooseLanguage } from './use-choose-language.ts';

/** The language of the interface on this device. */
export function LanguageSelect() {
  const { value, choose, problem } = useChooseLanguage();
  return (
    <NativeSelect
      aria-label={t`Language`}
      leftSection={<IconLanguage size="1.25rem" aria-hidden />}
      data={LANGUAGES}
      value={value}
      onChange={(event) => choose(event.currentTarget.value)}
      error={problem}
    />
  );
}
