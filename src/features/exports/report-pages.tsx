import { SimpleGrid, Stack, Text } from '@mantine/core';
import type { ReportPreview } from '../../../core/export/page-preview.ts';
import { formatCount, formatTickets } from '../../utils/format.ts';
import { PagePicture } from './page-picture.tsx';
import { characterNames, PreviewWarnings } from './preview-warnings.tsx';

/** The first page of a report's summary and that of its table, drawn by the report itself. */
export function ReportPages({ preview }: { readonly preview: ReportPreview }) {
  const { pages, pageCount, missing, invalid } = preview;
  const warnings = [
    missing.length > 0 && `No font here has these characters: ${characterNames(missing)}`,
    invalid > 0 && `${formatTickets(invalid)} cannot be printed and will be set aside`,
  ].filter((warning) => warning !== false);
  const [summary, table] = pages;
  return (
    <Stack gap="sm">
      {summary !== undefined && (
        <SimpleGrid cols={{ base: 1, sm: pages.length }} spacing="sm">
          <PagePicture svg={summary.svg} alt="The report’s first page: its summary" maxHeight="44rem" />
          {table !== undefined && (
            <PagePicture
              svg={table.svg}
              alt={`Page ${formatCount(table.number)}, where the table of all tickets begins`}
              maxHeight="44rem"
            />
          )}
        </SimpleGrid>
      )}
      <Text size="sm" c="dimmed">
        {pageCount === null ? 'Several pages' : pageCount === 1 ? 'One page' : `${formatCount(pageCount)} pages`},{' '}
        {examinedWords(preview)}
      </Text>
      <PreviewWarnings warnings={warnings} />
    </Stack>
  );
}

function examinedWords({ isWhole, examined }: ReportPreview): string {
  if (isWhole) return `drawn here from all ${formatTickets(examined)}`;
  return `drawn here from the first ${formatTickets(examined)} only; the file will count all of them`;
}
