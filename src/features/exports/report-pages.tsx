import { plural, t } from '@lingui/core/macro';
import { SimpleGrid, Stack, Text } from '@mantine/core';
import type { ReportPreview } from '../../../core/export/page-preview.ts';
import { formatCount } from '../../utils/format.ts';
import { PagePicture } from './page-picture.tsx';
import { characterNames, PreviewWarnings, unprintableWords } from './preview-warnings.tsx';

/** The first page of a report's summary and that of its table, drawn by the report itself. */
export function ReportPages({ preview }: { readonly preview: ReportPreview }) {
  const { pages, pageCount, missing, invalid } = preview;
  const warnings = [
    missing.length > 0 && t`No font here has these characters: ${{ characters: characterNames(missing) }}`,
    invalid > 0 && unprintableWords(invalid),
  ].filter((warning) => warning !== false);
  const [summary, table] = pages;
  return (
    <Stack gap="sm">
      {summary !== undefined && (
        <SimpleGrid cols={{ base: 1, sm: pages.length }} spacing="sm">
          <PagePicture svg={summary.svg} alt={t`The report’s first page: its summary`} maxHeight="44rem" />
          {table !== undefined && (
            <PagePicture
              svg={table.svg}
              alt={t`Page ${{ number: formatCount(table.number) }}, where the table of all tickets begins`}
              maxHeight="44rem"
            />
          )}
        </SimpleGrid>
      )}
      <Text size="sm" c="dimmed">
        {t`${{ pages: pagesWords(pageCount) }}, ${{ drawn: examinedWords(preview) }}`}
      </Text>
      <PreviewWarnings warnings={warnings} />
    </Stack>
  );
}

function examinedWords({ isWhole, examined }: ReportPreview): string {
  if (isWhole) return plural(examined, { one: 'drawn here from all # ticket', other: 'drawn here from all # tickets' });
  return plural(examined, {
    one: 'drawn here from the first # ticket only; the file will count all of them',
    other: 'drawn here from the first # tickets only; the file will count all of them',
  });
}

function pagesWords(pageCount: number | null): string {
  if (pageCount === null) return t`Several pages`;
  return plural(pageCount, { one: 'One page', other: '# pages' });
}
