import type { EventRecord } from '../../../core/api/event.ts';
import type { ExportPlan } from '../../../core/api/export-template.ts';
import type { Sort } from '../../../core/export/common-options.ts';
import type { Column, RecordKind } from '../../../core/export/format.ts';
import { FORMAT_IDS, type FormatId } from '../../../core/export/registry.ts';
import { isTest } from '../batches/approval-state.ts';
import type { BatchView } from '../batches/batch-view.ts';
import { type ColumnDraft, chosenFirst, columnChoices } from './column-draft.ts';
import { type FilterDraft, filterDraftOf, filterOf, NO_FILTER } from './filter-draft.ts';
import type { FormatOptions } from './options-form.tsx';

/** What the first step asks for. */
export interface WhatDraft {
  readonly source: RecordKind;
  /** Null: all batches of the event but tests, also those to come until it starts. */
  readonly batchIds: readonly string[] | null;
  /** At least one, each once, in the registry's order. */
  readonly formats: readonly FormatId[];
  /** Those that differ from the defaults; kept while a format is switched off. */
  readonly options: Readonly<Partial<Record<FormatId, FormatOptions>>>;
  /** Formats that are split into files of so many records. */
  readonly recordsPerFile: Readonly<Partial<Record<FormatId, number>>>;
  /** Without its extension; null: the usual one, of the event and the day. */
  readonly fileName: string | null;
  /** Null: as usual. */
  readonly columns: readonly ColumnDraft[] | null;
  readonly filter: FilterDraft;
  /** Null: by batch and serial. */
  readonly sort: Sort | null;
}

export const FIRST_DRAFT: WhatDraft = {
  source: 'tickets',
  batchIds: null,
  formats: ['csv'],
  options: {},
  recordsPerFile: {},
  fileName: null,
  columns: null,
  filter: NO_FILTER,
  sort: null,
};

/** Tests are not among all tickets, lest they get printed and handed out; they are where the event has nothing else. */
export function chosenBatches(
  batchIds: readonly string[] | null,
  views: readonly BatchView[],
  event: Pick<EventRecord, 'demo'>,
): readonly BatchView[] {
  if (batchIds !== null) return views.filter(({ id }) => batchIds.includes(id));
  const inEarnest = views.filter((view) => !isTest(view, event));
  return inEarnest.length === 0 ? views : inEarnest;
}

/** The formats that can hold the records: what is printed and scanned is tickets. */
export function formatsFor(source: RecordKind): readonly FormatId[] {
  return source === 'tickets' ? FORMAT_IDS : FORMAT_IDS.filter((id) => id !== 'tickets-pdf');
}

/**
 * The draft with other records: what is chosen of formats stays as far as it can; columns, conditions and order are those of
 * the records.
 */
export function withSource(draft: WhatDraft, source: RecordKind): WhatDraft {
  if (draft.source === source) return draft;
  const formats = draft.formats.filter((id) => formatsFor(source).includes(id));
  return {
    ...draft,
    source,
    formats: formats.length === 0 ? FIRST_DRAFT.formats : formats,
    columns: null,
    filter: NO_FILTER,
    sort: null,
  };
}

/** What the form asks for, as data that can be run, kept and shared. */
export function planOf(draft: WhatDraft, columns: readonly Column[]): ExportPlan {
  const { source, batchIds, formats, options, recordsPerFile, fileName, filter, sort } = draft;
  const choices = draft.columns === null ? null : columnChoices(draft.columns, columns);
  return {
    ...(source === 'check-ins' ? { source } : {}),
    batches: batchIds === null ? null : [...batchIds],
    formats: formats.map((id) => ({
      id,
      options: { ...options[id] },
      ...(recordsPerFile[id] === undefined ? {} : { recordsPerFile: recordsPerFile[id] }),
    })),
    columns: choices === null ? null : [...choices],
    filters: filterOf(filter),
    sort,
    fileName,
  };
}

/** The form for a plan; formats that this version does not know are left out. @param columns that its batches have. */
export function draftOf(plan: ExportPlan, columns: readonly Column[]): WhatDraft {
  const formats = FORMAT_IDS.filter((id) => plan.formats.some((format) => format.id === id));
  return {
    source: plan.source ?? 'tickets',
    batchIds: plan.batches,
    formats: formats.length === 0 ? FIRST_DRAFT.formats : formats,
    options: Object.fromEntries(plan.formats.map(({ id, options }) => [id, options])),
    recordsPerFile: Object.fromEntries(
      plan.formats.flatMap(({ id, recordsPerFile }) => (recordsPerFile === undefined ? [] : [[id, recordsPerFile]])),
    ),
    fileName: plan.fileName,
    columns: plan.columns === null ? null : chosenFirst(plan.columns, columns),
    filter: filterDraftOf(plan.filters),
    sort: plan.sort,
  };
}
