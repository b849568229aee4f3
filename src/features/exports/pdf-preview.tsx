import { Alert, Box, Image, List, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { FieldFit, PagePreview } from '../../../core/export/page-preview.ts';
import { formatCount, formatTickets } from '../../utils/format.ts';

/** A page as it will be printed, drawn by the encoder itself, and what is to be known before it is. */
export function PdfPreview({ page }: { readonly page: PagePreview }) {
  const url = useSvgUrl(page.svg);
  const { ticketsPerPage, ticket } = page;
  const alt = `The first page: ${formatTickets(ticketsPerPage)}, each ${millimetres(ticket.width)} × ${millimetres(ticket.height)} mm, the longest name first`;
  return (
    <Stack gap="sm">
      <Box p="md" bg="var(--mantine-color-default-hover)">
        <Image src={url} alt={alt} fit="contain" mah="28rem" w="auto" maw="100%" mx="auto" />
      </Box>
      <Text size="sm" c="dimmed">
        {formatTickets(ticketsPerPage)} a page, {millimetres(ticket.width)} × {millimetres(ticket.height)} mm
        {page.moduleMm !== null && `, QR modules of ${hundredths(page.moduleMm)} mm`}
      </Text>
      <PreFlight page={page} />
    </Stack>
  );
}

/** What the pre-flight found. */
function PreFlight({ page }: { readonly page: PagePreview }) {
  const { moduleMm, minModuleMm, missing, examined, invalid } = page;
  const isTooSmall = moduleMm !== null && moduleMm < minModuleMm;
  const warnings = [
    missing.tickets > 0 &&
      `${formatTickets(missing.tickets)} with characters that no font here has: ${missing.characters.map(nameOf).join(', ')}`,
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
      {warnings.length > 0 && (
        <Alert color="yellow" icon={<IconAlertTriangle aria-hidden />} title="Look at these before you print">
          <WordList words={warnings} />
        </Alert>
      )}
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

function WordList({ words }: { readonly words: readonly string[] }) {
  return (
    <List size="sm" spacing={4}>
      {words.map((one) => (
        <List.Item key={one}>{one}</List.Item>
      ))}
    </List>
  );
}

function fitWords({ title, shrunk, wrapped }: FieldFit): readonly string[] {
  const parts = [
    shrunk > 0 && `smaller on ${formatTickets(shrunk)}`,
    wrapped > 0 && `in several lines on ${formatTickets(wrapped)}`,
  ].filter((part) => part !== false);
  return parts.length === 0 ? [] : [`${title} ${parts.join(', ')}`];
}

/** The character, if it has a picture here, with its code point. */
function nameOf(character: string): string {
  const codePoint = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return `${character} (U+${codePoint})`;
}

function millimetres(length: number): string {
  return formatCount(Math.round(length));
}

function hundredths(length: number): string {
  return length.toFixed(2);
}

/** An address of the picture: as an image nothing in it can run. */
function useSvgUrl(svg: string): string | undefined {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [svg]);
  return url;
}
