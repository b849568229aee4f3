import { i18n } from '@lingui/core';
import { plural, t } from '@lingui/core/macro';
import { Alert, Button, EmptyState, Skeleton, Stack } from '@mantine/core';
import { IconFileExport, IconTicketOff } from '@tabler/icons-react';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { ExportPlan } from '../../../core/api/export-template.ts';
import type { RecordKind } from '../../../core/export/format.ts';
import { InSlices } from '../../components/in-slices.tsx';
import { Page } from '../../components/page.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { PAGE_HEADS } from '../../first-view/page-heads.ts';
import type { BatchView } from '../batches/batch-view.ts';
import { useBatches } from '../batches/use-batches.ts';
import { useEvent } from '../events/use-event.ts';
import { ExportForm, type FormStep } from './export-form.tsx';
import { ExportHistory } from './export-history.tsx';
import { batchSearch, type LinkedBatches, linkedBatches } from './linked-batches.ts';
import { isOver } from './live-exports.ts';
import { QuickExports } from './quick-exports.tsx';
import { RunningExports } from './running-exports.tsx';
import { TemplateList } from './template-list.tsx';
import { type UseExport, useExport } from './use-export.ts';
import { useExportHistory, useLiveExports } from './use-exports.ts';

const route = getRouteApi('/signed-in/events/$eventId/exports');

/** Save tickets to disk: in one press, from a template, or set up in steps; and what was saved before, with its proof. */
export function ExportsPage() {
  const event = useEvent();
  const { views, isPending, error, refetch } = useBatches(event.id);
  const exporter = useExport();
  const { batch, of: source = 'tickets' } = route.useSearch();
  const linked = linkedBatches(batch, views ?? []);
  // A batch that is not known may still come from the server.
  const isLoading = views === undefined || ((views.length === 0 || linked.unknown > 0) && isPending);
  // The form is drawn once all of it is known: each answer of the local database would have it drawn again.
  const isReady = exporter.isReady && exporter.history !== undefined;
  return (
    <Page title={t`Exports`} lead={i18n._(PAGE_HEADS.exports.lead)} size="md">
      {error !== null && (
        <ProblemAlert error={error} title={t`The server’s batches could not be loaded.`} onRetry={refetch} />
      )}
      {!isLoading && linked.unknown > 0 && <UnknownBatches linked={linked} hasTickets={views.length > 0} />}
      {isLoading || !isReady ? (
        <Skeleton h="20rem" />
      ) : views.length === 0 ? (
        <NoTickets />
      ) : (
        <InSlices instead={<Skeleton h="20rem" />}>
          <Exports views={views} source={source} batchIds={linked.batchIds} exporter={exporter} />
        </InSlices>
      )}
      <History />
    </Page>
  );
}

/** What the link names and the event does not have, and what is chosen instead. */
function UnknownBatches({
  linked: { batchIds, unknown },
  hasTickets,
}: {
  readonly linked: LinkedBatches;
  readonly hasTickets: boolean;
}) {
  return (
    <Alert
      color="gray"
      role="status"
      icon={<IconTicketOff aria-hidden />}
      title={
        unknown === 1
          ? t`The link names a batch that is not known in this event`
          : plural(unknown, {
              one: 'The link names # batch that is not known in this event',
              other: 'The link names # batches that are not known in this event',
            })
      }
    >
      {hasTickets && (batchIds === null ? t`All tickets are chosen instead.` : t`Its other batches are chosen.`)}
    </Alert>
  );
}

function NoTickets() {
  const { id: eventId } = useEvent();
  return (
    <EmptyState
      icon={<IconFileExport aria-hidden />}
      title={t`No tickets yet`}
      description={t`There is nothing to save.`}
    >
      <EmptyState.Actions>
        <Button renderRoot={(props) => <Link to="/events/$eventId/tickets/mint" params={{ eventId }} {...props} />}>
          {t`Mint tickets`}
        </Button>
      </EmptyState.Actions>
    </EmptyState>
  );
}

interface ExportsProps {
  readonly views: readonly BatchView[];
  readonly source: RecordKind;
  /** Those of the address; null: all of them. */
  readonly batchIds: readonly string[] | null;
  readonly exporter: UseExport;
}

function Exports({ views, source, batchIds, exporter }: ExportsProps) {
  const { id } = useEvent();
  const navigate = route.useNavigate();
  const live = useLiveExports(id);
  /** Those that the form started, shown in its place until they are closed. */
  const [startedIds, setStartedIds] = useState<readonly string[]>([]);
  const [given, setGiven] = useState<{ readonly plan: ExportPlan; readonly number: number } | null>(null);
  // Who comes for a batch or for check-ins comes for the form: it stands before what would save all tickets.
  const [isFormFirst] = useState(batchIds !== null || source === 'check-ins');
  const [step, setStep] = useState<FormStep>(isFormFirst ? 'what-again' : 'what');
  /** From the check on, nothing else asks for attention. */
  const isChoosing = step !== 'check' && startedIds.length === 0;
  const others = live.filter((one) => !startedIds.includes(one.id));
  const chooseRecords = (of: RecordKind, chosen: readonly string[] | null) => {
    const search = { ...batchSearch(chosen), ...(of === 'check-ins' ? { of } : {}) };
    void navigate({ search, replace: true, resetScroll: false });
  };
  const adjust = (plan: ExportPlan) => {
    setStep('what-again');
    chooseRecords(plan.source ?? 'tickets', plan.batches);
    setGiven((before) => ({ plan, number: (before?.number ?? 0) + 1 }));
  };
  const shortcuts = isChoosing && (
    <>
      <QuickExports exporter={exporter} onAdjust={adjust} />
      <TemplateList start={exporter.start} onAdjust={adjust} />
    </>
  );
  return (
    <Stack gap="lg">
      {others.length > 0 && <RunningExports exports={others} closeWord={t`Close`} takesFocus />}
      {!isFormFirst && shortcuts}
      <ExportForm
        // A plan from elsewhere begins anew.
        key={given?.number ?? 0}
        given={given?.plan ?? null}
        views={views}
        source={source}
        batchIds={batchIds}
        onRecords={chooseRecords}
        exporter={exporter}
        started={live.filter((one) => startedIds.includes(one.id))}
        onStarted={setStartedIds}
        step={step}
        onStep={setStep}
      />
      {isFormFirst && shortcuts}
    </Stack>
  );
}

/** Exports of this tab have a section of their own until they are over. */
function History() {
  const { id } = useEvent();
  const records = useExportHistory(id);
  const active = useLiveExports(id).filter((one) => !isOver(one));
  if (records === undefined) return <Skeleton h="8rem" />;
  return <ExportHistory records={records.filter((record) => !active.some((one) => one.id === record.id))} />;
}
