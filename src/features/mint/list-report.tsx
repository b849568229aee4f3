import { plural, t } from '@lingui/core/macro';
import { Alert, Box, Button, Collapse, Group, Progress, Radio, Stack, Table, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconAlertTriangle, IconDownload } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { ImportProgress } from '../../../core/attendees/list-job.ts';
import type { ListOptions } from '../../../core/attendees/list-options.ts';
import type { ListReport } from '../../../core/attendees/list-reader.ts';
import { formatCount, formatPercent } from '../../utils/format.ts';
import { rejectionWords } from './rejection-words.ts';

/** Rows that the page shows; the downloaded file has up to 10,000. */
const SHOWN_ROWS = 100;
/** Duplicates named by their lines. */
const SHOWN_PAIRS = 3;

interface ListReportViewProps {
  readonly report: ListReport;
  readonly isReady: boolean;
  readonly progress: ImportProgress;
  readonly fileName: string;
}

/** What the list gives: rows for tickets, rows left out with line and reason. */
export function ListReportView({ report, isReady, progress, fileName }: ListReportViewProps) {
  const leftOut = leftOutOf(report);
  return (
    <Stack gap="sm">
      {isReady ? (
        <Text role="status">
          <Text span fw={650}>
            {plural(report.usable, { one: '# row gives a ticket', other: '# rows give a ticket each' })}
          </Text>
          {leftOut > 0 && t`, ${{ leftOut: formatCount(leftOut) }} left out`}
          {report.issued > 0 &&
            ` (${plural(report.issued, { one: '# person has a ticket', other: '# people have a ticket' })})`}
          {report.blank > 0 &&
            plural(report.blank, { one: ', # blank line skipped', other: ', # blank lines skipped' })}
          .
        </Text>
      ) : (
        <ReadingProgress progress={progress} />
      )}
      {report.undecoded.count > 0 && (
        <Alert color="yellow" icon={<IconAlertTriangle aria-hidden />} title={t`Some letters could not be read`}>
          {undecodedWords(report.undecoded)}
        </Alert>
      )}
      {leftOut > 0 && <LeftOutRows report={report} fileName={fileName} />}
    </Stack>
  );
}

export function ReadingProgress({ progress: { phase, share } }: { readonly progress: ImportProgress }) {
  const words = phase === 'list' ? t`Reading the list` : t`Looking up who already has a ticket`;
  return (
    <Stack gap={4}>
      <Text size="sm">
        {words}
        {share === 0 ? ' …' : `: ${formatPercent(share, 1)}`}
      </Text>
      <Progress value={100 * share} aria-label={words} transitionDuration={100} />
    </Stack>
  );
}

function leftOutOf({ rejected, dropped, issued }: ListReport): number {
  return rejected + dropped + issued;
}

function LeftOutRows({ report, fileName }: { readonly report: ListReport; readonly fileName: string }) {
  const [isOpen, { toggle }] = useDisclosure(false);
  const url = useObjectUrl(report.leftOutCsv);
  const leftOut = leftOutOf(report);
  const shown = report.leftOut.slice(0, SHOWN_ROWS);
  return (
    <Stack gap="xs">
      <Group gap="xs">
        <Button variant="default" onClick={toggle} aria-expanded={isOpen}>
          {isOpen ? t`Hide rows left out` : t`Show rows left out (${{ leftOut: formatCount(leftOut) }})`}
        </Button>
        <Button
          component="a"
          href={url}
          download={`${fileName.replace(/\.[^.]*$/, '')}-left-out.csv`}
          variant="default"
          leftSection={<IconDownload aria-hidden />}
        >
          {t`Download as CSV`}
        </Button>
      </Group>
      <Collapse expanded={isOpen} transitionDuration={120}>
        <Box mah="24rem" style={{ overflow: 'auto' }} tabIndex={0} role="region" aria-label={t`Rows left out`}>
          <Table stickyHeader>
            <Table.Thead>
              <Table.Tr>
                <Table.Th ta="end" w="5rem">
                  {t`Line`}
                </Table.Th>
                <Table.Th>{t`Reason`}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {shown.map((rejection) => (
                <Table.Tr key={rejection.line}>
                  <Table.Td ta="end">{formatCount(rejection.line)}</Table.Td>
                  <Table.Td>{rejectionWords(rejection)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Box>
        {leftOut > shown.length && (
          <Text size="sm" c="dimmed">
            {t`The first ${{ shown: formatCount(shown.length) }} of ${{ count: formatCount(leftOut) }}.`}{' '}
            {report.leftOut.length < leftOut
              ? t`The downloaded file has the first ${{ count: formatCount(report.leftOut.length) }}.`
              : t`The downloaded file has all.`}
          </Text>
        )}
      </Collapse>
    </Stack>
  );
}

function useObjectUrl(bytes: Uint8Array<ArrayBuffer>): string | undefined {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    const created = URL.createObjectURL(new Blob([bytes], { type: 'text/csv' }));
    setUrl(created);
    return () => URL.revokeObjectURL(created);
  }, [bytes]);
  return url;
}

function undecodedWords({ count, firstLine }: ListReport['undecoded']): string {
  const line = formatCount(firstLine);
  return plural(count, {
    one: `# row has “�” in place of letters, in line ${line}. Choose another encoding above.`,
    other: `# rows have “�” in place of letters, first in line ${line}. Choose another encoding above.`,
  });
}

interface DuplicatesProps {
  readonly duplicates: ListReport['duplicates'];
  readonly choice: ListOptions['duplicates'];
  readonly onChoice: (choice: ListOptions['duplicates']) => void;
}

/** Rows that share a reference or an e-mail with an earlier one, before anything is minted. */
export function DuplicatesChoice({ duplicates: { byReference, byEmail, shown }, choice, onChoice }: DuplicatesProps) {
  if (byReference + byEmail === 0) return null;
  const counts = [
    byReference > 0 && plural(byReference, { one: '# row repeats a reference', other: '# rows repeat a reference' }),
    byEmail > 0 && plural(byEmail, { one: '# row repeats an e-mail', other: '# rows repeat an e-mail' }),
  ];
  const pairs = new Set(
    shown.map(({ line, firstLine }) => t`${{ first: formatCount(firstLine) }} and ${{ second: formatCount(line) }}`),
  );
  const examples = [...pairs].slice(0, SHOWN_PAIRS);
  return (
    <Radio.Group
      label={`${counts.filter(Boolean).join(', ')}.`}
      description={t`Lines ${{ lines: examples.join('; ') + (pairs.size > SHOWN_PAIRS ? ' …' : '') }}`}
      value={choice}
      onChange={(value) => onChoice(value as ListOptions['duplicates'])}
    >
      <Stack gap={0} mt="xs">
        <Radio py="xs" value="keep-first" label={t`Keep the first of each`} />
        {byReference > 0 && byEmail > 0 && (
          <Radio
            py="xs"
            value="keep-first-by-reference"
            label={t`Keep the first by reference only; one e-mail may have several tickets`}
          />
        )}
        <Radio py="xs" value="keep-all" label={t`Keep all`} />
      </Stack>
    </Radio.Group>
  );
}
