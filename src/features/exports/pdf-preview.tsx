import { plural, t } from '@lingui/core/macro';
import { Alert, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import type { FieldFit, PagePreview, TicketsPreview } from '../../../core/export/page-preview.ts';
import { formatCount, formatHundredths } from '../../utils/format.ts';
import { titledColumnWord } from '../tickets/column-words.ts';
import { PagePicture } from './page-picture.tsx';
import { characterNames, PreviewWarnings, unprintableWords } from './preview-warnings.tsx';
import { ReportPages } from './report-pages.tsx';

/** Pages as they will be printed, drawn by the encoder itself, and what is to be known before they are. */
export function PdfPreview({ page }: { readonly page: PagePreview }) {
  return page.kind === 'report' ? <ReportPages preview={page} /> : <TicketsPage page={page} />;
}

function TicketsPage({ page }: { readonly page: TicketsPreview }) {
  const { svg, ticketsPerPage, ticket } = page;
  const width = millimetres(ticket.width);
  const height = millimetres(ticket.height);
  const alt = plural(ticketsPerPage, {
    one: `The first page: # ticket, ${width} × ${height} mm`,
    other: `The first page: # tickets, each ${width} × ${height} mm, the longest name first`,
  });
  return (
    <Stack gap="sm">
      <PagePicture svg={svg} alt={alt} maxHeight="28rem" />
      <Text size="sm" c="dimmed">
        {page.moduleMm === null
          ? plural(ticketsPerPage, {
              one: `# ticket a page, ${width} × ${height} mm`,
              other: `# tickets a page, ${width} × ${height} mm`,
            })
          : plural(ticketsPerPage, {
              one: `# ticket a page, ${width} × ${height} mm, QR modules of ${{ module: formatHundredths(page.moduleMm) }} mm`,
              other: `# tickets a page, ${width} × ${height} mm, QR modules of ${{ module: formatHundredths(page.moduleMm) }} mm`,
            })}
      </Text>
      <PreFlight page={page} />
    </Stack>
  );
}

/** What the pre-flight found. */
function PreFlight({ page }: { readonly page: TicketsPreview }) {
  const { moduleMm, minModuleMm, missing, examined, invalid } = page;
  const isTooSmall = moduleMm !== null && moduleMm < minModuleMm;
  const warnings = [
    missing.tickets > 0 &&
      plural(missing.tickets, {
        one: `# ticket with characters that no font here has: ${{ characters: characterNames(missing.characters) }}`,
        other: `# tickets with characters that no font here has: ${{ characters: characterNames(missing.characters) }}`,
      }),
    invalid > 0 && unprintableWords(invalid),
    ...page.fits.filter(({ cut }) => cut > 0).map(cutWords),
  ].filter((warning) => warning !== false);
  const notes = page.fits.flatMap(fitWords);
  return (
    <>
      {isTooSmall && (
        <Alert
          color="red"
          role="alert"
          icon={<IconAlertTriangle aria-hidden />}
          title={t`The QR codes are too small to be read`}
        >
          {t`A module would be ${{ found: formatHundredths(moduleMm) }} mm; at least ${{ least: formatHundredths(minModuleMm) }} mm are asked for. Choose a layout with larger tickets, or a narrower stub.`}
        </Alert>
      )}
      <PreviewWarnings warnings={warnings} />
      {!isTooSmall && warnings.length === 0 && (
        <Alert color="green" icon={<IconCircleCheck aria-hidden />} title={t`Ready to print`}>
          {plural(examined, {
            one: 'The texts of # ticket fit, and the fonts have all their characters.',
            other: 'The texts of # tickets fit, and the fonts have all their characters.',
          })}
        </Alert>
      )}
      {notes.length > 0 && (
        <Text size="sm" c="dimmed">
          {t`To find room: ${{ notes: notes.join('; ') }}.`}
        </Text>
      )}
    </>
  );
}

function cutWords(fit: FieldFit): string {
  const field = titledColumnWord(fit);
  return plural(fit.cut, {
    one: `${field} is cut short on # ticket`,
    other: `${field} is cut short on # tickets`,
  });
}

function fitWords(fit: FieldFit): readonly string[] {
  const { shrunk, wrapped } = fit;
  const parts = [
    shrunk > 0 && plural(shrunk, { one: 'smaller on # ticket', other: 'smaller on # tickets' }),
    wrapped > 0 && plural(wrapped, { one: 'in several lines on # ticket', other: 'in several lines on # tickets' }),
  ].filter((part) => part !== false);
  return parts.length === 0 ? [] : [t`${{ field: titledColumnWord(fit) }} ${{ how: parts.join(', ') }}`];
}

function millimetres(length: number): string {
  return formatCount(Math.round(length));
}
