import { Button, EmptyState, Skeleton, Stack } from '@mantine/core';
import { IconFileExport } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { ExportPlan } from '../../../core/api/export-template.ts';
import { Page } from '../../components/page.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import type { BatchView } from '../batches/batch-view.ts';
import { useBatches } from '../batches/use-batches.ts';
import { useEvent } from '../events/use-event.ts';
import { ExportForm, type FormStep } from './export-form.tsx';
import { ExportHistory } from './export-history.tsx';
import { isOver } from './live-exports.ts';
import { QuickExports } from './quick-exports.tsx';
import { RunningExports } from './running-exports.tsx';
import { TemplateList } from './template-list.tsx';
import { useExport } from './use-export.ts';
import { useExportHistory, useLiveExports } from './use-exports.ts';

/** Save tickets to disk: in one press, from a template, or set up in steps; and what was saved before, with its proof. */
export function ExportsPage() {
  const event = useEvent();
  const { views, isPending, error, refetch } = useBatches(event.id);
  const isLoading = views === undefined || (views.length === 0 && isPending);
  return (
    <Page title="Exports" size="md">
      {error !== null && (
        <ProblemAlert error={error} title="The server’s batches could not be loaded." onRetry={refetch} />
      )}
      {isLoading ? <Skeleton h="20rem" /> : views.length === 0 ? <NoTickets /> : <Exports views={views} />}
      <History />
    </Page>
  );
}

function NoTickets() {
  const { id: eventId } = useEvent();
  return (
    <EmptyState icon={<IconFileExport aria-hidden />} title="No tickets yet" description="There is nothing to save.">
      <EmptyState.Actions>
        <Button renderRoot={(props) => <Link to="/events/$eventId/tickets/mint" params={{ eventId }} {...props} />}>
          Mint tickets
        </Button>
      </EmptyState.Actions>
    </EmptyState>
  );
}

function Exports({ views }: { readonly views: readonly BatchView[] }) {
  const { id } = useEvent();
  const exporter = useExport();
  const live = useLiveExports(id);
  /** Those that the form started, shown in its place until they are closed. */
  const [startedIds, setStartedIds] = useState<readonly string[]>([]);
  const [given, setGiven] = useState<{ readonly plan: ExportPlan; readonly number: number } | null>(null);
  const [step, setStep] = useState<FormStep>('what');
  /** From the check on, nothing else asks for attention. */
  const isChoosing = step !== 'check' && startedIds.length === 0;
  const others = live.filter((one) => !startedIds.includes(one.id));
  const adjust = (plan: ExportPlan) => {
    setStep('what-again');
    setGiven((before) => ({ plan, number: (before?.number ?? 0) + 1 }));
  };
  return (
    <Stack gap="lg">
      {others.length > 0 && <RunningExports exports={others} closeWord="Close" takesFocus />}
      {isChoosing && <QuickExports exporter={exporter} onAdjust={adjust} />}
      {isChoosing && <TemplateList start={exporter.start} onAdjust={adjust} />}
      <ExportForm
        // A plan from elsewhere begins anew.
        key={given?.number ?? 0}
        given={given?.plan ?? null}
        views={views}
        exporter={exporter}
        started={live.filter((one) => startedIds.includes(one.id))}
        onStarted={setStartedIds}
        step={step}
        onStep={setStep}
      />
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
