import { t } from '@lingui/core/macro';
import { Button, EmptyState, Skeleton, Stack, Text } from '@mantine/core';
import { IconDoorEnter, IconTicket } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Gate } from '../../../core/api/gate-device.ts';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { useWorkerJob } from '../../utils/use-worker-job.ts';
import type { BatchView } from '../batches/batch-view.ts';
import { useBatches } from '../batches/use-batches.ts';
import { useRevocations } from '../changes/use-changes.ts';
import { useEvent } from '../events/use-event.ts';
import { gatesQuery } from '../gates/api/get-gates.ts';
import { useTypes } from '../types/use-types.ts';
import { planOf } from './rehearsal-draft.ts';
import { RehearsalForm } from './rehearsal-form.tsx';
import { RehearsalProgressPanel } from './rehearsal-progress.tsx';
import { RehearsalReportView } from './rehearsal-report.tsx';
import { runRehearsal } from './run-rehearsal.ts';
import { TestTicketsPanel } from './test-tickets-panel.tsx';

/** A day at the gates, played through with a real batch, and what was found. */
export function RehearsalPage() {
  const { id: eventId } = useEvent();
  const gates = useQuery(gatesQuery(eventId));
  const { views, isPending } = useBatches(eventId);
  const isLoading =
    (gates.data === undefined && gates.isPending) || views === undefined || (views.length === 0 && isPending);
  return (
    <Stack gap="lg">
      <Text>
        {t`Plays a day at your gates through on this device, with a real batch: devices lose the network, people come with copies, answers get lost. Then it says whether every double entry was found. Nothing is recorded: no ticket is used, no scan is sent.`}
      </Text>
      {isLoading && <Skeleton h="20rem" />}
      {gates.error !== null && gates.data === undefined && (
        <ProblemAlert
          error={gates.error}
          title={t`The gates could not be loaded.`}
          onRetry={() => void gates.refetch()}
        />
      )}
      {!isLoading && gates.data !== undefined && <Content gates={gates.data} views={views} />}
      <TestTicketsPanel />
    </Stack>
  );
}

function Content({ gates, views }: { readonly gates: readonly Gate[]; readonly views: readonly BatchView[] }) {
  if (views.length === 0) return <NoBatch />;
  if (!gates.some(({ archivedAt, direction }) => archivedAt === null && direction !== 'exit')) return <NoGate />;
  return <Rehearse gates={gates} views={views} />;
}

function Rehearse({ gates, views }: { readonly gates: readonly Gate[]; readonly views: readonly BatchView[] }) {
  const event = useEvent();
  const types = useTypes();
  const revocations = useRevocations(event.id).data;
  const { job, progress, cancel, isCancelled } = useWorkerJob(runRehearsal);
  const view = (batchId: string | null) => views.find(({ id }) => id === batchId);
  return (
    <>
      <RehearsalForm
        gates={gates}
        views={views}
        isRunning={job.isPending}
        onSubmit={(draft) => {
          const batch = view(draft.batchId);
          if (batch !== undefined) job.mutate(planOf(draft, batch, { event, types, gates, revocations }));
        }}
      />
      {job.isPending && <RehearsalProgressPanel progress={progress} onCancel={cancel} />}
      {isCancelled && <Text role="status">{t`Cancelled. Nothing was recorded.`}</Text>}
      {job.error !== null && !isCancelled && (
        <ProblemAlert error={job.error} title={t`The rehearsal ended early. Nothing was recorded.`} />
      )}
      {job.data !== undefined && (
        <RehearsalReportView
          key={job.data.at}
          rehearsal={job.data}
          gates={gates}
          onRepeat={() => job.mutate(job.data.plan)}
        />
      )}
    </>
  );
}

function NoBatch() {
  const { id: eventId } = useEvent();
  return (
    <EmptyState
      icon={<IconTicket aria-hidden />}
      title={t`No tickets to rehearse with`}
      description={t`A rehearsal shows the tickets of a batch. Mint one first; test tickets will do.`}
    >
      <EmptyState.Actions>
        <Button renderRoot={(props) => <Link to="/events/$eventId/tickets/mint" params={{ eventId }} {...props} />}>
          {t`Mint tickets`}
        </Button>
      </EmptyState.Actions>
    </EmptyState>
  );
}

function NoGate() {
  const { id: eventId } = useEvent();
  return (
    <EmptyState
      icon={<IconDoorEnter aria-hidden />}
      title={t`No gate to rehearse at`}
      description={t`Tickets are shown at the event’s open gates. Add one that lets people in; no device has to be paired.`}
    >
      <EmptyState.Actions>
        <Button renderRoot={(props) => <Link to="/events/$eventId/gates" params={{ eventId }} {...props} />}>
          {t`Add a gate`}
        </Button>
      </EmptyState.Actions>
    </EmptyState>
  );
}
