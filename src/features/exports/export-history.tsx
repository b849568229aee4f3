import { i18n } from '@lingui/core';
import { msg, plural, t } from '@lingui/core/macro';
import { Badge, Button, Group, Paper, Stack, Text } from '@mantine/core';
import { IconCircleCheck, IconCircleX, IconClock, IconDownload, IconHourglass } from '@tabler/icons-react';
import { useState } from 'react';
import { Copyable } from '../../components/copyable.tsx';
import type { ExportRecord, ExportState } from '../../database/database.ts';
import { formatInstant } from '../../utils/format.ts';
import { useEvent } from '../events/use-event.ts';
import { Section } from '../mint/section.tsx';
import { resultWords, sentenceOf } from './export-words.ts';
import { exportFaultWords } from './fault-words.ts';
import { HistoryActions } from './history-actions.tsx';
import { SetAside } from './set-aside.tsx';

const LOOKS = {
  queued: { word: msg({ message: 'Waiting', context: 'export' }), colour: 'gray', Icon: IconClock },
  running: { word: msg({ message: 'Running', context: 'export' }), colour: 'blue', Icon: IconHourglass },
  completed: { word: msg({ message: 'Completed', context: 'export' }), colour: 'green', Icon: IconCircleCheck },
  failed: { word: msg({ message: 'Failed', context: 'export' }), colour: 'red', Icon: IconCircleX },
  cancelled: { word: msg({ message: 'Cancelled', context: 'export' }), colour: 'gray', Icon: IconClock },
} as const satisfies Record<ExportState, unknown>;
/** Whole, and only in the browser's own files. */
const READY = { word: msg`Ready to save`, colour: 'yellow', Icon: IconDownload } as const;

/** How many are listed before one asks for more. */
const SHOWN = 10;

/** The event's exports on this device: what they hold, and the proof that a file is whole. */
export function ExportHistory({ records }: { readonly records: readonly ExportRecord[] }) {
  const [isWhole, setIsWhole] = useState(false);
  if (records.length === 0) return null;
  const shown = isWhole ? records : records.slice(0, SHOWN);
  return (
    <Section title={t`On this device`}>
      <Stack gap="sm" component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
        {shown.map((record) => (
          <HistoryItem key={record.id} record={record} />
        ))}
      </Stack>
      {records.length > shown.length && (
        <Group>
          <Button variant="default" onClick={() => setIsWhole(true)}>
            {plural(records.length - shown.length, { one: 'Show # older', other: 'Show # older' })}
          </Button>
        </Group>
      )}
    </Section>
  );
}

function HistoryItem({ record }: { readonly record: ExportRecord }) {
  const { timeZone } = useEvent();
  const { fileName, state, startedAt, manifest, failure } = record;
  const { word, colour, Icon } = isReady(record) ? READY : LOOKS[state];
  const facts = [
    formatInstant(startedAt, timeZone),
    manifest !== null && resultWords(manifest),
    manifest !== null && manifest.partCount > 1 && plural(manifest.partCount, { one: '# file', other: '# files' }),
  ];
  return (
    <Paper component="li" withBorder p="md">
      <Stack gap="xs">
        <Group justify="space-between" gap="sm">
          <Text fw={600} style={{ overflowWrap: 'anywhere' }} miw={0} flex="1 1 14rem">
            <bdi>{fileName}</bdi>
          </Text>
          <Badge variant="light" color={colour} size="lg" leftSection={<Icon size="1.1em" aria-hidden />}>
            {i18n._(word)}
          </Badge>
        </Group>
        <Text size="sm" c="dimmed">
          {facts.filter(Boolean).join(' · ')}
        </Text>
        {manifest !== null && (
          <Group gap="xs">
            <Text size="sm" c="dimmed">
              SHA-256
            </Text>
            <Copyable value={manifest.sha256} label="SHA-256" />
          </Group>
        )}
        {failure !== null && (
          <Text size="sm">{`${sentenceOf(exportFaultWords(failure))} ${t`Nothing that looks done was left.`}`}</Text>
        )}
        {manifest !== null && <SetAside manifest={manifest} />}
        {state !== 'running' && state !== 'queued' && <HistoryActions record={record} />}
      </Stack>
    </Paper>
  );
}

function isReady({ state, savedAt, staged }: ExportRecord): boolean {
  return state === 'completed' && savedAt === null && staged.length > 0;
}
