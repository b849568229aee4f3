import { t } from '@lingui/core/macro';
import { Box, Button, Group, Paper, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconChevronDown, IconChevronRight, IconDownload } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef } from 'react';
import { type RunLogEntry, relaxedDatabase } from '../../database/database.ts';
import { formatClock } from '../../utils/format.ts';
import { useStored } from '../store/use-stored.ts';
import { runLogWords } from './run-log-words.ts';

/** Lines on the page, newest first; the saved file has all. */
const SHOWN_LINES = 1_000;
const LINE_HEIGHT = 24;

/** The run's log, folded away. */
export function RunLog({ runId, title }: { readonly runId: string; readonly title: string }) {
  const [isOpen, { toggle }] = useDisclosure(false);
  return (
    <Paper component="section" aria-label={t`Log`} withBorder p="xs">
      <Group justify="space-between" gap="xs">
        <Button
          variant="subtle"
          color="gray"
          leftSection={isOpen ? <IconChevronDown aria-hidden /> : <IconChevronRight className="mirrored" aria-hidden />}
          onClick={toggle}
          aria-expanded={isOpen}
        >
          {t`Log`}
        </Button>
        {isOpen && (
          <Button
            variant="default"
            leftSection={<IconDownload aria-hidden />}
            onClick={() => void saveLog(runId, title)}
          >
            {t`Save the log`}
          </Button>
        )}
      </Group>
      {isOpen && <LogLines runId={runId} />}
    </Paper>
  );
}

function LogLines({ runId }: { readonly runId: string }) {
  const scroller = useRef<HTMLDivElement>(null);
  const lines = useStored(
    () => relaxedDatabase().logs.where('runId').equals(runId).reverse().limit(SHOWN_LINES).toArray(),
    [runId],
    [],
  );
  const virtualizer = useVirtualizer({
    count: lines?.length ?? 0,
    getScrollElement: () => scroller.current,
    estimateSize: () => LINE_HEIGHT,
    overscan: 20,
  });
  if (lines === undefined) return null;
  if (lines.length === 0)
    return (
      <Text size="sm" c="dimmed" m="sm">
        {t`Nothing yet.`}
      </Text>
    );
  return (
    <Box
      ref={scroller}
      mah="24rem"
      mt="sm"
      style={{ overflow: 'auto' }}
      tabIndex={0}
      role="log"
      aria-label={t`Log, newest first`}
    >
      <Stack gap={0} pos="relative" h={virtualizer.getTotalSize()}>
        {virtualizer.getVirtualItems().map(({ key, index, start }) => (
          <Box
            key={key}
            ref={virtualizer.measureElement}
            data-index={index}
            pos="absolute"
            top={start}
            style={{ insetInline: 0 }}
          >
            <LogLine entry={lines[index] as RunLogEntry} />
          </Box>
        ))}
      </Stack>
    </Box>
  );
}

function LogLine({ entry: { at, level, text, event } }: { readonly entry: RunLogEntry }) {
  return (
    // What an earlier version noted is in English only.
    <Text
      size="sm"
      fw={level === 'failure' || level === 'done' ? 600 : 400}
      {...(event === undefined && { lang: 'en', dir: 'ltr' })}
    >
      <Text span inherit c="dimmed">
        {formatClock(at)}
      </Text>{' '}
      {event === undefined ? text : runLogWords(event)}
    </Text>
  );
}

/** In English, as it goes to whoever is asked for help. */
async function saveLog(runId: string, title: string): Promise<void> {
  const lines = await relaxedDatabase().logs.where('runId').equals(runId).toArray();
  const text = lines.map(({ at, level, text: words }) => `${new Date(at).toISOString()} ${level} ${words}\n`);
  const url = URL.createObjectURL(new Blob([`${title}\n`, ...text], { type: 'text/plain' }));
  const anchor = document.createElement('a');
  anchor.href = url;
  anchor.download = `mint-run-${runId.slice(0, 8)}.log`;
  anchor.click();
  URL.revokeObjectURL(url);
}
