import type { ColumnChoice } from '../../../core/export/common-options.ts';
import type { Column } from '../../../core/export/format.ts';
import { fileTypeOf } from '../../../core/export/prepared-format.ts';
import { EXPORT_FORMATS, type FormatId } from '../../../core/export/registry.ts';
import type { BatchView } from '../batches/batch-view.ts';
import { type ColumnDraft, columnChoices } from './column-draft.ts';
import { safeFileName } from './file-name.ts';
import type { FormatOptions } from './options-form.tsx';
import type { ExportDraft } from './use-start-export.ts';

/** What the first step asks for. */
export interface WhatDraft {
  /** Null: all batches of the event, also those to come until it starts. */
  readonly batchIds: readonly string[] | null;
  readonly formatId: FormatId;
  /** Null: the usual one, of the event and the day. */
  readonly fileName: string | null;
  /** Null: as usual. */
  readonly columns: readonly ColumnDraft[] | null;
  readonly options: FormatOptions;
}

export const FIRST_DRAFT: WhatDraft = { batchIds: null, formatId: 'csv', fileName: null, columns: null, options: {} };

export function chosenBatches(draft: WhatDraft, views: readonly BatchView[]): readonly BatchView[] {
  return draft.batchIds === null ? views : views.filter(({ id }) => draft.batchIds?.includes(id));
}

interface PlanInput {
  readonly draft: WhatDraft;
  readonly batches: readonly BatchView[];
  readonly columns: readonly Column[];
  readonly usualName: string;
}

/** The draft as what can be started. */
export function exportDraftOf({ draft, batches, columns, usualName }: PlanInput): ExportDraft {
  const { formatId, fileName, options } = draft;
  const { extension } = fileTypeOf(EXPORT_FORMATS[formatId], options);
  const choices: readonly ColumnChoice[] | null = draft.columns === null ? null : columnChoices(draft.columns, columns);
  return {
    // Oldest first, so that a later export begins with what an earlier one held.
    batches: [...batches].sort((left, right) => left.startedAt - right.startedAt || left.typeIndex - right.typeIndex),
    formatId,
    options: choices === null ? options : { ...options, columns: choices },
    fileName: fileName === null ? usualName : safeFileName(fileName, extension),
  };
}
