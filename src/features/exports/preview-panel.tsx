import { t } from '@lingui/core/macro';
import { Alert, Box, Code, Group, List, Loader, SegmentedControl, Skeleton, Stack, Table, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState } from 'react';
import type { RecordKind } from '../../../core/export/format.ts';
import type { ExportPreview, PreviewContent } from '../../../core/export/preview.ts';
import type { FormatId } from '../../../core/export/registry.ts';
import { formatCount } from '../../utils/format.ts';
import { ExportProblem } from './export-problem.tsx';
import { recordFaultWords } from './fault-words.ts';
import { formatTitle } from './format-words.ts';
import { PdfPreview } from './pdf-preview.tsx';
import type { FormatPreview } from './use-previews.ts';

interface PreviewPanelProps {
  /** What is exported. */
  readonly of: RecordKind;
  readonly previews: readonly FormatPreview[];
}

/** The first records as each format will show them. */
export function PreviewPanel({ of, previews }: PreviewPanelProps) {
  const [chosen, setChosen] = useState<FormatId | null>(null);
  // What stands in the way is seen without looking for it.
  const shown = previews.find(({ error }) => error !== null) ?? previews[0];
  const current = previews.find(({ formatId }) => formatId === chosen) ?? shown;
  if (current === undefined) return null;
  const { formatId, preview, isStale, error } = current;
  return (
    <Stack gap="xs" component="section" aria-label={t`Preview`}>
      <Group justify="space-between" gap="xs">
        <Group gap="xs">
          <Text fw={600}>{t`Preview`}</Text>
          {isStale && error === null && <Loader size="xs" aria-label={t`Drawing the preview`} />}
        </Group>
        {previews.length > 1 && (
          // Scrolls around the control: in itself, its mark would stay behind.
          <Box maw="100%" style={{ overflowX: 'auto' }}>
            <SegmentedControl
              aria-label={t`Preview of`}
              miw="max-content"
              value={formatId}
              onChange={(id) => setChosen(id as FormatId)}
              data={previews.map((one) => ({ value: one.formatId, label: formatTitle(one.formatId) }))}
            />
          </Box>
        )}
      </Group>
      {error !== null && (
        <ExportProblem error={error} title={t`There is no preview.`} wasBegun={false} onRetry={current.retry} />
      )}
      {error === null &&
        (preview === undefined ? <Skeleton h="8rem" /> : <Drawn of={of} preview={preview} isStale={isStale} />)}
    </Stack>
  );
}

interface DrawnProps {
  readonly of: RecordKind;
  readonly preview: ExportPreview;
  readonly isStale: boolean;
}

function Drawn({ of, preview, isStale }: DrawnProps) {
  const { content, shown } = preview;
  return (
    <Stack gap="xs" opacity={isStale ? 0.6 : 1}>
      {shown === 0 ? (
        <Text>{of === 'tickets' ? t`No ticket meets the conditions.` : t`There is no scan to show.`}</Text>
      ) : (
        <Content content={content} />
      )}
      {shown > 0 && (content.kind === 'text' || content.kind === 'table') && (
        <Text size="sm" c="dimmed">
          {shownWords(preview)}
        </Text>
      )}
      {shown > 0 && content.kind === 'page' && !preview.isOrdered && (
        <Text size="sm" c="dimmed">
          {t`Not yet in the order that you chose: there are too many to order them only for a look.`}
        </Text>
      )}
      <SetAside preview={preview} />
    </Stack>
  );
}

function shownWords({ shown, records, isExact, isOrdered }: ExportPreview): string {
  const first = formatCount(shown);
  const all = formatCount(records);
  const total = isExact ? all : t`about ${{ count: all }}`;
  return isOrdered
    ? t`The first ${first} of ${total}`
    : t`The first ${first} of ${total}, not yet in the order that you chose`;
}

function Content({ content }: { readonly content: PreviewContent }) {
  switch (content.kind) {
    case 'text':
      return (
        <Code block fz="sm" mah="20rem" tabIndex={0} role="region" aria-label={t`The file’s text`}>
          {content.text}
          {content.isCut && '\n…'}
        </Code>
      );
    case 'table':
      return <SheetTable content={content} />;
    case 'page':
      return <PdfPreview page={content.page} />;
    case 'none':
      return <Text size="sm">{t`It is made of all of them when it is exported, so that there is no preview.`}</Text>;
  }
}

function SheetTable({ content: { columns, rows } }: { readonly content: Extract<PreviewContent, { kind: 'table' }> }) {
  return (
    <Box style={{ overflowX: 'auto' }} tabIndex={0} role="region" aria-label={t`The sheet’s first rows`} dir="ltr">
      <Table withTableBorder withColumnBorders verticalSpacing={4} style={{ whiteSpace: 'nowrap' }}>
        <Table.Thead>
          <Table.Tr>
            {columns.map(({ title, isNumber }, index) => (
              // Two columns may bear the same header.
              // biome-ignore lint/suspicious/noArrayIndexKey: columns have no other name here, and never move.
              <Table.Th key={index} ta={isNumber ? 'end' : 'start'}>
                {title}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row, rowIndex) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: as above.
            <Table.Tr key={rowIndex}>
              {row.map((cell, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: as above.
                <Table.Td key={index} ta={columns[index]?.isNumber ? 'end' : 'start'}>
                  {cell}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Box>
  );
}

/** How many reasons are shown. */
const SHOWN_REASONS = 3;

function SetAside({ preview: { rejected, tried } }: { readonly preview: ExportPreview }) {
  if (rejected.length === 0) return null;
  const count = formatCount(rejected.length);
  return (
    <Alert
      color="yellow"
      icon={<IconAlertTriangle aria-hidden />}
      title={t`${count} of the first ${{ tried: formatCount(tried) }} would be set aside`}
    >
      <List size="sm">
        {rejected.slice(0, SHOWN_REASONS).map(({ key, fault }) => (
          <List.Item key={key}>
            <bdi>{key}</bdi>: {recordFaultWords(fault)}
          </List.Item>
        ))}
      </List>
    </Alert>
  );
}
