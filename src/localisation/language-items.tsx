import { t } from '@lingui/core/macro';
import { Box, Menu, Text } from '@mantine/core';
import { LANGUAGES, useChooseLanguage } from './use-choose-language.ts';

/** The language of the interface on this device, as items of a menu. */
export function LanguageItems() {
  const { value, choose, problem } = useChooseLanguage();
  return (
    <Box role="group" aria-label={t`Language`}>
      <Menu.RadioGroup value={value} onChange={choose}>
        {LANGUAGES.map(({ value: locale, label }) => (
          <Menu.RadioItem key={locale} value={locale} lang={locale} closeMenuOnClick={false}>
            {label}
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
      {problem !== undefined && (
        <Text role="alert" size="sm" c="red" px="sm">
          {problem}
        </Text>
      )}
    </Box>
  );
}
