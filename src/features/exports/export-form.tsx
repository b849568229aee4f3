import { t } from '@lingui/core/macro';
import { Stack } from '@mantine/core';
import { useState } from 'react';
import type { ExportPlan } from '../../../core/api/export-template.ts';
import { fileTypeOf } from '../../../core/export/prepared-format.ts';
import { EXPORT_FORMATS } from '../../../core/export/registry.ts';
import type { BatchView } from '../batches/batch-view.ts';
import { useEvent } from '../events/use-event.ts';
import { StepBar } from '../mint/step-bar.tsx';
import { CheckStep } from './check-step.tsx';
import { estimateExport } from './estimate.ts';
import { chosenBatches, draftOf, FIRST_DRAFT, planOf, type WhatDraft } from './export-draft.ts';

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
  /** The chosen ones; null: all of them. The page's address has them. */
  readonly batchIds: readonly string[] | null;
  readonly onBatches: (batchIds: readonly string[] | null) => void;
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
  const { given, views, batchIds, onBatches, exporter, started, onStarted, step, onStep } = props;
  const { timeZone, name } = useEvent();
  const [draft, setDraft] = useState<WhatDraft | null>(null);
  const givenColumns = useColumns(chosenBatches(given?.batches ?? null, views));
  const current = { ...(draft ?? (given === null ? FIRST_DRAFT : draftOf(given, givenColumns))), batchIds };
  const batches = chosenBatches(current.batchIds, views);
  const columns = useColumns(batches);
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
            'tickets',
            Date.now(),
            extensionOf(current, exporter.folder != null),
          )}
          previews={previews}
          estimate={estimate}
          isReturn={step === 'what-again'}
          onChange={(change) => {
            setDraft({ ...current, ...change });
            if (change.batchIds !== undefined) onBatches(change.batchIds);
          }}
          onCheck={() => onStep('check')}
        />
      )}
    </Stack>
  );
}

/** Several formats come in one ZIP where no folder takes them. */
function extensionOf({ formats, options }: WhatDraft, hasFolder: boolean): string {
  const [id] = formats;
  if (formats.length > 1 && !hasFolder) return 'zip';
  return id === undefined ? 'csv' : fileTypeOf(EXPORT_FORMATS[id], options[id] ?? {}).extension;
}
