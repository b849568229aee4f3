import { Button, EmptyState, Group, Skeleton, Stack } from '@mantine/core';
import { IconFileExport } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { fileTypeOf } from '../../../core/export/prepared-format.ts';
import { EXPORT_FORMATS } from '../../../core/export/registry.ts';
import { Page } from '../../components/page.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import type { BatchView } from '../batches/batch-view.ts';
import { useBatches } from '../batches/use-batches.ts';
import { useEvent } from '../events/use-event.ts';
import { Section } from '../mint/section.tsx';
import { StepBar } from '../mint/step-bar.tsx';
import { CheckStep } from './check-step.tsx';
import { chosenBatches, exportDraftOf, FIRST_DRAFT, type WhatDraft } from './export-draft.ts';
import { ExportHistory } from './export-history.tsx';
import { ExportRun } from './export-run.tsx';
import { exportService, type LiveExport } from './export-service.ts';
import { usualFileName } from './file-name.ts';
import { useColumns } from './use-columns.ts';
import { useExportHistory, useLiveExports } from './use-exports.ts';
import { WhatStep } from './what-step.tsx';

/** Save tickets to disk: what, check, run; and what was saved before, with its proof. */
export function ExportsPage() {
  const event = useEvent();
  const { views, isPending, error, refetch } = useBatches(event.id);
  const [startedId, setStartedId] = useState<string | null>(null);
  const live = useLiveExports(event.id);
  const isLoading = views === undefined || (views.length === 0 && isPending);
  return (
    <Page title="Exports" size="md">
      {error !== null && (
        <ProblemAlert error={error} title="The server’s batches could not be loaded." onRetry={refetch} />
      )}
      {isLoading ? (
        <Skeleton h="20rem" />
      ) : views.length === 0 ? (
        <NoTickets />
      ) : (
        <ExportSteps views={views} started={live.find(({ id }) => id === startedId)} onStarted={setStartedId} />
      )}
      {live
        .filter(({ id }) => id !== startedId)
        .map((one) => (
          <LiveSection key={one.id} live={one} closeWord="Close" />
        ))}
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

interface ExportStepsProps {
  readonly views: readonly BatchView[];
  /** The export that was started here, until it is closed. */
  readonly started: LiveExport | undefined;
  readonly onStarted: (exportId: string) => void;
}

function ExportSteps({ views, started, onStarted }: ExportStepsProps) {
  const event = useEvent();
  const [draft, setDraft] = useState<WhatDraft>(FIRST_DRAFT);
  const [step, setStep] = useState<'what' | 'check' | 'what-again'>('what');
  const batches = chosenBatches(draft, views);
  const columns = useColumns(batches);
  const history = useExportHistory(event.id) ?? [];
  const { extension } = fileTypeOf(EXPORT_FORMATS[draft.formatId], draft.options);
  const usualName = usualFileName(event.name, event.timeZone, Date.now(), extension);
  if (started !== undefined)
    return (
      <Stack gap="md">
        <StepBar active={isOver(started) ? 3 : 2} />
        <LiveSection live={started} closeWord="New export" />
      </Stack>
    );
  return (
    <Stack gap="md">
      <StepBar active={step === 'check' ? 1 : 0} />
      {step === 'check' ? (
        <CheckStep
          draft={exportDraftOf({ draft, batches, columns, usualName })}
          history={history}
          onBack={() => setStep('what-again')}
          onStarted={(exportId) => {
            setStep('what');
            onStarted(exportId);
          }}
        />
      ) : (
        <WhatStep
          draft={draft}
          views={views}
          columns={columns}
          usualName={usualName}
          isReturn={step === 'what-again'}
          onChange={(change) => setDraft((current) => ({ ...current, ...change }))}
          onCheck={() => setStep('check')}
        />
      )}
    </Stack>
  );
}

function isOver({ state }: LiveExport): boolean {
  return state !== 'preparing' && state !== 'running';
}

function LiveSection({ live, closeWord }: { readonly live: LiveExport; readonly closeWord: string }) {
  return (
    <Section title={isOver(live) ? 'Result' : 'Saving'} takesFocus>
      <ExportRun live={live} />
      {isOver(live) && (
        <Group>
          <Button variant="default" onClick={() => exportService.dismiss(live.id)}>
            {closeWord}
          </Button>
        </Group>
      )}
    </Section>
  );
}

/** Exports of this tab have a section of their own until they are over. */
function History() {
  const { id } = useEvent();
  const records = useExportHistory(id);
  const live = useLiveExports(id);
  const running = new Set(live.filter(({ state }) => state === 'running').map((one) => one.id));
  if (records === undefined) return <Skeleton h="8rem" />;
  return <ExportHistory records={records.filter((record) => !running.has(record.id))} />;
}
