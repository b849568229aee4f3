import { i18n } from '@lingui/core';
import { t } from '@lingui/core/macro';
import { Badge, Button, EmptyState, Skeleton, Stack } from '@mantine/core';
import { IconTicket } from '@tabler/icons-react';
import { Link, useParams } from '@tanstack/react-router';
import { Page } from '../../components/page.tsx';
import { relaxedDatabase } from '../../database/database.ts';
import { formatInstant, formatPercent } from '../../utils/format.ts';
import { useEventId } from '../events/use-event.ts';
import { useStored } from '../store/use-stored.ts';
import { RunList } from './run-list.tsx';
import { type RunProgress, useRunProgress } from './run-progress.ts';
import { looksOf } from './run-state.ts';
import { RunView } from './run-view.tsx';
import { StepBar } from './step-bar.tsx';

/** The third step: one run of this device, live, at an address of its own. */
export function RunPage() {
  const eventId = useEventId();
  const { runId = '' } = useParams({ strict: false });
  const isKnown = useStored(async () => (await relaxedDatabase().runs.get(runId)) !== undefined, [runId], false);
  const progress = useRunProgress(runId);
  if (isKnown === false) return <UnknownRun eventId={eventId} />;
  if (progress === undefined) return <RunSkeleton />;
  const { word, colour, Icon } = looksOf(progress);
  return (
    <Page
      title={progress.title}
      documentTitle={tabTitleOf(progress)}
      size="md"
      state={
        <Badge variant="light" color={colour} tt="none" size="lg" leftSection={<Icon size="1.1em" aria-hidden />}>
          {i18n._(word)}
        </Badge>
      }
      subtitle={t`Started ${{ time: formatInstant(progress.createdAt) }}`}
    >
      <StepBar active={progress.state === 'done' ? 3 : 2} />
      <RunView key={runId} eventId={eventId} runId={runId} progress={progress} />
      <RunList eventId={eventId} exceptId={runId} />
    </Page>
  );
}

/** What the tab says while one looks at another: how far, or that it is done. */
function tabTitleOf(progress: RunProgress): string {
  const { uploaded, total, title, state, blocked } = progress;
  const { word } = looksOf(progress);
  const isRunning = state === 'running' && (blocked === null || blocked.kind === 'refused');
  return isRunning ? `${formatPercent(uploaded, total)} ${title}` : `${i18n._(word)}: ${title}`;
}

function UnknownRun({ eventId }: { readonly eventId: string }) {
  return (
    <Page title={t`Run`} size="md">
      <EmptyState
        icon={<IconTicket aria-hidden />}
        title={t`This run is not on this device`}
        description={t`Runs are shown on the device that minted them. Their tickets are among the batches.`}
      >
        <EmptyState.Actions>
          <Button renderRoot={(props) => <Link to="/events/$eventId/tickets" params={{ eventId }} {...props} />}>
            {t`See batches`}
          </Button>
        </EmptyState.Actions>
      </EmptyState>
    </Page>
  );
}

function RunSkeleton() {
  return (
    <Stack gap="lg" aria-busy>
      <Skeleton h="2rem" w="14rem" />
      <Skeleton h="12rem" />
    </Stack>
  );
}
