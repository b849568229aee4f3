import type { ExportPlan } from '../../../core/api/export-template.ts';
import type { Column } from '../../../core/export/format.ts';
import { fileTypeOf } from '../../../core/export/prepared-format.ts';
import { EXPORT_FORMATS, type FormatId } from '../../../core/export/registry.ts';
import type { BatchView } from '../batches/batch-view.ts';
import { formatsFor } from './export-draft.ts';
import { safeFileName, usualFileName } from './file-name.ts';
import type { ArchiveDraft, ExportDraft } from './use-start-export.ts';

interface PlanInput {
  readonly plan: ExportPlan;
  /** The batches that the plan means; of check-ins all of the event, for the types of their tickets. */
  readonly batches: readonly BatchView[];
  /** The columns that the records have. */
  readonly columns: readonly Column[];
  readonly event: { readonly name: string; readonly timeZone: string };
  readonly now: number;
}

/** One export a format, each with its whole options. What the batches do not have, the plan asks for in vain. */
export function planExports({ plan, batches, columns, event, now }: PlanInput): readonly ExportDraft[] {
  const has = (id: string) => columns.some((column) => column.id === id);
  const choices = plan.columns?.filter(({ id }) => has(id)) ?? [];
  const common = {
    ...(choices.length === 0 ? {} : { columns: choices }),
    ...(plan.filters === null ? {} : { filters: plan.filters }),
    ...(plan.sort === null || !has(plan.sort.column) ? {} : { sort: plan.sort }),
  };
  const source = plan.source ?? 'tickets';
  return plan.formats.flatMap(({ id, options, recordsPerFile }) => {
    if (!isFormatId(id) || !formatsFor(source).includes(id)) return [];
    const { extension } = fileTypeOf(EXPORT_FORMATS[id], options);
    return {
      source,
      batches: inOrder(batches),
      formatId: id,
      options: { ...options, ...common },
      ...(recordsPerFile === undefined ? {} : { recordsPerFile }),
      fileName: nameOf(plan, event, now, extension, id),
    };
  });
}

/** All of a plan's exports in one ZIP. @param drafts of {@link planExports}, at least one. */
export function archiveExports(drafts: readonly ExportDraft[], { plan, batches, event, now }: PlanInput): ArchiveDraft {
  return {
    source: plan.source ?? 'tickets',
    batches: inOrder(batches),
    files: drafts.map(({ batches: _, source: __, ...file }) => file),
    archiveName: nameOf(plan, event, now, 'zip'),
  };
}

/** A report beside tickets of the same kind of file is told from them by its name. */
function nameOf(
  { source, fileName, formats }: ExportPlan,
  event: PlanInput['event'],
  now: number,
  extension: string,
  formatId?: FormatId,
): string {
  const isReport = formatId === 'report-pdf';
  if (fileName === null) return usualFileName(event, isReport ? 'report' : (source ?? 'tickets'), now, extension);
  const isAlone = !formats.some(({ id }) => id === 'tickets-pdf');
  return safeFileName(isReport && !isAlone ? `${fileName} report` : fileName, extension);
}

/** Oldest first, so that a later export begins with what an earlier one held. */
function inOrder(batches: readonly BatchView[]): readonly BatchView[] {
  return [...batches].sort((left, right) => left.startedAt - right.startedAt || left.typeIndex - right.typeIndex);
}

function isFormatId(id: string): id is FormatId {
  return id in EXPORT_FORMATS;
}
