import { Alert, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import type { FieldFit, PagePreview, TicketsPreview } from '../../../core/export/page-preview.ts';
import { formatCount, formatTickets } from '../../utils/format.ts';
import { PagePicture } from './page-picture.tsx';
import { characterNames, PreviewWarnings } from './preview-warnings.tsx';
import { ReportPages } from './report-pages.tsx';

/** Pages as they will be printed, drawn by the encoder itself, and what is to be known before they are. */
export function PdfPreview({ page }: { readonly page: PagePreview }) {
  return page.kind === 'report' ? <ReportPages preview={page} /> : <TicketsPage page={page} />;
}

function TicketsPage({ page }: { readonly page: TicketsPreview }) {
  const { svg, ticketsPerPage, ticket } = page;
  const alt = `The first page: ${formatTickets(ticketsPerPage)}, each ${millimetres(ticket.width)} × ${millimetres(ticket.height)} mm, the longest name first`;
  return (
    <Stack gap="sm">
      <PagePicture svg={svg} alt={alt} maxHeight="28rem" />
      <Text size="sm" c="dimmed">
        {formatTickets(ticketsPerPage)} a page, {millimetres(ticket.width)} × {millimetres(ticket.height)} mm
        {page.moduleMm !== null && `, QR modules of ${hundredths(page.moduleMm)} mm`}
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
      `${formatTickets(missing.tickets)} with characters that no font here has: ${characterNames(missing.characters)}`,
    invalid > 0 && `${formatTickets(invalid)} cannot be printed and will be set aside`,
    ...page.fits.filter(({ cut }) => cut > 0).map((fit) => `${fit.title} is cut short on ${formatTickets(fit.cut)}`),
  ].filter((warning) => warning !== false);
  const notes = page.fits.flatMap(fitWords);
  return (
    <>
      {isTooSmall && (
        <Alert
          color="red"
          role="alert"
          icon={<IconAlertTriangle aria-hidden />}
          title="The QR codes are too small to be read"
        >
          A module would be {hundredths(moduleMm)} mm; at least {hundredths(minModuleMm)} mm are asked for. Choose a
          layout with larger tickets, or a narrower stub.
        </Alert>
      )}
      <PreviewWarnings warnings={warnings} />
      {!isTooSmall && warnings.length === 0 && (
        <Alert color="green" icon={<IconCircleCheck aria-hidden />} title="Ready to print">
          The texts of {formatTickets(examined)} fit, and the fonts have all their characters.
        </Alert>
      )}
      {notes.length > 0 && (
        <Text size="sm" c="dimmed">
          To find room: {notes.join('; ')}.
        </Text>
      )}
    </>
  );
}

function fitWords({ title, shrunk, wrapped }: FieldFit): readonly string[] {
  const parts = [
    shrunk > 0 && `smaller on ${formatTickets(shrunk)}`,
    wrapped > 0 && `in several lines on ${formatTickets(wrapped)}`,
  ].filter((part) => part !== false);
  return parts.length === 0 ? [] : [`${title} ${parts.join(', ')}`];
}

function millimetres(length: number): string {
  return formatCount(Math.round(length));
}

function hundredths(length: number): string {
  return length.toFixed(2);
}
