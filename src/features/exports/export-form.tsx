import { t } from '@lingui/core/macro';
import { Stack } from '@mantine/core';
import { useCallback, useMemo, useState } from 'react';
import type { ExportPlan } from '../../../core/api/export-template.ts';
import type { Column, RecordKind } from '../../../core/export/format.ts';
import { fileTypeOf } from '../../../core/export/prepared-format.ts';
import { EXPORT_FORMATS } from '../../../core/export/registry.ts';
import { CHECK_IN_COLUMNS } from '../../../core/export/sources/check-ins.ts';
import type { BatchView } from '../batches/batch-view.ts';
import { useEvent } from '../events/use-event.ts';
import { StepBar } from '../mint/step-bar.tsx';
import { CheckStep } from './check-step.tsx';
import { estimateExport } from './estimate.ts';
import { chosenBatches, draftOf, FIRST_DRAFT, planOf, type WhatDraft, withSource } from './export-draft.ts';

import { usualFileName } from './file-name.ts';
import { isOver, type LiveExport } from './live-exports.ts';
import { RunningExports } from './running-exports.tsx';
import { useColumns } from './use-columns.ts';
import type { UseExport } from './use-export.ts';
import { usePreviews } from './use-previews.ts';
import { WhatStep } from './what-step.tsx';

interface ExportFormProps {
  /** What the form begins with, but for the batches; null: the usual. */
  readonly given: ExportPlan | null;
  readonly views: readonly BatchView[];
  /** What is exported; the page's address has it, and the batches. */
  readonly source: RecordKind;
  /** The chosen ones; null: all of them. */
  readonly batchIds: readonly string[] | null;
  readonly onRecords: (source: RecordKind, batchIds: readonly string[] | null) => void;
  readonly exporter: UseExport;
  /** The exports that were started here, until they are closed. */
  readonly started: readonly LiveExport[];
  readonly onStarted: (exportIds: readonly string[]) => void;
  readonly step: FormStep;
  readonly onStep: (step: FormStep) => void;
}

/** `what-again`: one came back to it, and the focus goes there. */
export type FormStep = 'what' | 'check' | 'what-again';

/** One export in three steps: what, check, run. */
export function ExportForm(props: ExportFormProps) {
  const { given, views, source, batchIds, onRecords, exporter, started, onStarted, step, onStep } = props;
  const event = useEvent();
  const { timeZone, name } = event;
  const [draft, setDraft] = useState<WhatDraft | null>(null);
  const givenColumns = useColumnsOf(given?.source ?? 'tickets', chosenBatches(given?.batches ?? null, views, event));
  const current = useMemo(() => {
    const begun = draft ?? (given === null ? FIRST_DRAFT : draftOf(given, givenColumns));
    return { ...withSource(begun, source), batchIds };
  }, [draft, given, givenColumns, source, batchIds]);
  const change = useCallback(
    (changed: Partial<WhatDraft>) => {
      const next = { ...withSource(current, changed.source ?? current.source), ...changed };
      setDraft(next);
      if (changed.batchIds !== undefined || changed.source !== undefined) onRecords(next.source, next.batchIds);
    },
    [current, onRecords],
  );
  const batches = chosenBatches(current.batchIds, views, event);
  const columns = useColumnsOf(source, batches);
  const plan = planOf(current, columns);
  const previews = usePreviews(plan, views, exporter);
  const estimate = estimateExport(previews, exporter.history ?? []);
  if (started.length > 0)
    return (
      <Stack gap="md">
        <StepBar active={started.every(isOver) ? 3 : 2} />
        <RunningExports exports={started} closeWord={t`New export`} takesFocus onClose={() => onStarted([])} />
      </Stack>
    );
  return (
    <Stack gap="md">
      <StepBar active={step === 'check' ? 1 : 0} />
      {step === 'check' ? (
        <CheckStep
          plan={plan}
          batches={batches}
          estimate={estimate}
          exporter={exporter}
          onBack={() => onStep('what-again')}
          onStarted={(exportIds) => {
            onStep('what');
            onStarted(exportIds);
          }}
        />
      ) : (
        <WhatStep
          draft={current}
          plan={plan}
          views={views}
          columns={columns}
          usualName={usualFileName(
            { name, timeZone },
            source,
            Date.now(),
            extensionOf(current, exporter.folder != null),
          )}
          previews={previews}
          estimate={estimate}
          isReturn={step === 'what-again'}
          onChange={change}
          onCheck={() => onStep('check')}
        />
      )}
    </Stack>
  );
}

const NO_BATCHES: readonly BatchView[] = [];

/** The columns that the records can have; no batch is looked into for those of scans. */
function useColumnsOf(source: RecordKind, batches: readonly BatchView[]): readonly Column[] {
  const ticketColumns = useColumns(source === 'tickets' ? batches : NO_BATCHES);
  return source === 'tickets' ? ticketColumns : CHECK_IN_COLUMNS;
}

/** Several formats come in one ZIP where no folder takes them. */
function extensionOf({ formats, options }: WhatDraft, hasFolder: boolean): string {
  const [id] = formats;
  if (formats.length > 1 && !hasFolder) return 'zip';
  return id === undefined ? 'csv' : fileTypeOf(EXPORT_FORMATS[id], options[id] ?? {}).extension;
}
