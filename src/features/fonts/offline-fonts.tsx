import { t } from '@lingui/core/macro';
import { Select, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { BASE_BOLD, type FontName } from '../../../core/fonts/catalog.ts';
import { FONT_FILES } from '../../../core/fonts/font-files.ts';
import { Panel } from '../../components/facts.tsx';
import { formatList } from '../../utils/format.ts';
import { fontTitle } from './font-words.ts';
import { KeepFontButton } from './keep-font-button.tsx';
import { keptFontsQuery } from './kept-fonts.ts';

/** Of the base family the regular one stands for both. */
const NAMES = (Object.keys(FONT_FILES) as FontName[]).filter((name) => name !== BASE_BOLD);

/** Which scripts can be printed without the server, and fetching others while there is one. */
export function OfflineFonts() {
  const { data: kept } = useQuery(keptFontsQuery);
  const [chosen, setChosen] = useState<FontName | null>(null);
  if (kept === undefined) return null;
  const missing = NAMES.filter((name) => !kept.includes(name));
  return (
    <Panel title={t`Printing without a network`}>
      <Stack gap="sm">
        <Text size="sm">
          {kept.length === 0
            ? t`No font is kept here yet: PDF files take the server.`
            : t`PDF files in these scripts: ${{ scripts: formatList(NAMES.filter((name) => kept.includes(name)).map(fontTitle)) }}.`}
        </Text>
        {missing.length > 0 && (
          <Select
            label={t`Another script`}
            placeholder={t`Choose one`}
            description={t`What an export uses is kept by itself.`}
            data={missing.map((name) => ({ value: name, label: fontTitle(name) }))}
            value={chosen}
            onChange={(name) => setChosen(name as FontName | null)}
            searchable
            maw="28rem"
          />
        )}
        {chosen !== null && <KeepFontButton key={chosen} font={chosen} />}
      </Stack>
    </Panel>
  );
}
