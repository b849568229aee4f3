import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { ExportPlan } from '../../../core/api/export-template.ts';
import type { ExportPreview } from '../../../core/export/preview.ts';
import { FORMAT_IDS, type FormatId } from '../../../core/export/registry.ts';
import { CHECK_IN_COLUMNS } from '../../../core/export/sources/check-ins.ts';
import { ticketColumns } from '../../../core/export/sources/ticket-columns.ts';
import type { ExportRecord } from '../../database/database.ts';
import { formatLocale, minorDigits } from '../../utils/format.ts';
import { useBatches } from '../batches/use-batches.ts';
import { useEvent } from '../events/use-event.ts';
import { useTypes } from '../types/use-types.ts';
import { eventFacts } from './event-facts.ts';
import { chosenBatches } from './export-draft.ts';
import { exportService } from './export-service.ts';
import { type ExportTotals, exportTotals } from './export-totals.ts';
import { gatherRecords } from './gather-records.ts';
import { isOver, type LiveExport } from './live-exports.ts';
import { picturesFor } from './pictures.ts';
import { archiveExports, planExports } from './plan-exports.ts';
import { Previewer } from './previewer.ts';
import { WHOLE_EVENT } from './quick-plans.ts';
import { fieldColumnsQuery } from './use-columns.ts';
import { useExportHistory, useLiveExports } from './use-exports.ts';
import { useStartExport } from './use-start-export.ts';

/**
 * Where files go: where exports usually go, asking if need be; there, but all in one ZIP; or to the browser's downloads.
 * Several formats come in one ZIP wherever there is no folder to take them.
 */
export type Where = 'ask' | 'zip' | 'download';
type Options = ExportPlan['formats'][number]['options'];

/** Everything about the exports of the event whose pages one is on. */
export interface UseExport {
  /** Those of this tab that are under way, the newest first. */
  readonly active: readonly LiveExport[];
  /** Those of this tab that are over, until {@link UseExport.cleanUp}. */
  readonly over: readonly LiveExport[];
  /** Those of this device, the newest first; `undefined` until they are read. */
  readonly history: readonly ExportRecord[] | undefined;
  /** The active ones in sum. */
  readonly totals: ExportTotals;
  /** False while the batches of the event are read; nothing can be started or drawn before. */
  readonly isReady: boolean;
  /** The folder that exports go into; null where none was picked, `undefined` until it is read. */
  readonly folder: FileSystemDirectoryHandle | null | undefined;
  /**
   * Starts one export a format of the plan, or one ZIP of them all. Call it first in a press: browsers ask for a file only
   * then. @returns their ids, none where the person closed the picker.
   */
  start(plan: ExportPlan, where?: Where): Promise<readonly string[]>;
  /** Starts several plans, one after another. @returns the ids of all their exports. */
  batch(plans: readonly ExportPlan[], where?: Where): Promise<readonly string[]>;
  /** Ends an export; nothing that looks done is left. */
  cancel(exportId: string): Promise<void>;
  /** The first records as the plan's format will write them, and what the whole will take. */
  preview(plan: ExportPlan, formatId: FormatId, signal: AbortSignal): Promise<ExportPreview>;
  /** One method a format: all tickets of the event, with these options and else the usual ones. */
  readonly quick: Readonly<Record<FormatId, (options?: Options, where?: Where) => Promise<readonly string[]>>>;
  /** Takes the exports of this tab that are over off the list; their records and files stay. */
  cleanUp(): void;
}

const GATHERED_STALE_MS = 60_000;

/**
 * Starts, previews and follows exports. Exports go on when the component is gone; its preview ends with it.
 * @example
 * const { quick, active, cancel } = useExport();
 * <Button onClick={() => quick.csv({ delimiter: ';' })}>Save as CSV</Button>
 */
export function useExport(): UseExport {
  const queryClient = useQueryClient();
  const event = useEvent();
  const types = useTypes();
  const { views } = useBatches(event.id);
  const live = useLiveExports(event.id);
  const history = useExportHistory(event.id);
  const { start: startOne, folder } = useStartExport();
  const [previewer] = useState(() => new Previewer());
  useEffect(() => () => previewer.close(), [previewer]);

  const inputOf = async (plan: ExportPlan) => {
    if (views === undefined) throw new TypeError('expected to be ready');
    const facts = { plan, event, now: Date.now() };
    if (plan.source === 'check-ins') return { ...facts, batches: views, columns: CHECK_IN_COLUMNS };
    const batches = chosenBatches(plan.batches, views, event);
    const fields = await queryClient.fetchQuery(fieldColumnsQuery(event.id, batches));
    return { ...facts, batches, columns: ticketColumns(fields, minorDigits(event.currency)) };
  };
  const start: UseExport['start'] = async (plan, where = 'ask') => {
    const input = await inputOf(plan);
    const drafts = planExports(input);
    const isArchive = where === 'zip' || (drafts.length > 1 && (where === 'download' || folder == null));
    const started: (string | null)[] = [];
    for (const draft of isArchive ? [archiveExports(drafts, input)] : drafts)
      started.push(await startOne(draft, where === 'download' ? 'download' : 'ask'));
    return started.filter((id) => id !== null);
  };
  const preview: UseExport['preview'] = async (plan, formatId, signal) => {
    const draft = planExports(await inputOf(plan)).find((one) => one.formatId === formatId);
    if (draft === undefined) throw new TypeError(`preview: expected ${formatId} among the plan's formats`);
    const { source, batches } = draft;
    const { isUpToDate: _, ...records } = await queryClient.fetchQuery({
      queryKey: ['export-gathered', event.id, source, ...batches.map(({ id }) => id)],
      queryFn: () => gatherRecords({ queryClient, event, types, source, batches }),
      staleTime: GATHERED_STALE_MS,
    });
    const request = {
      id: crypto.randomUUID(),
      eventId: event.id,
      eventName: event.name,
      fractionDigits: minorDigits(event.currency),
      timeZone: event.timeZone,
      locale: formatLocale(),
      event: eventFacts(event, types),
      formatId,
      options: draft.options,
      ...records,
      images: await picturesFor([draft]),
    };
    return previewer.draw(request, signal);
  };
  return {
    active: live.filter((one) => !isOver(one)),
    over: live.filter(isOver),
    history,
    totals: exportTotals(live),
    isReady: views !== undefined && folder !== undefined,
    folder,
    start,
    batch: async (plans, where) => {
      const ids: string[] = [];
      for (const plan of plans) ids.push(...(await start(plan, where)));
      return ids;
    },
    cancel: (exportId) => exportService.cancel(exportId),
    preview,
    quick: quickMethods((id, options, where) => start({ ...WHOLE_EVENT, formats: [{ id, options }] }, where)),
    cleanUp: () => {
      for (const one of live) if (isOver(one)) exportService.dismiss(one.id);
    },
  };
}

function quickMethods(
  start: (id: FormatId, options: Options, where: Where | undefined) => Promise<readonly string[]>,
): UseExport['quick'] {
  const methods = FORMAT_IDS.map((id) => [id, (options: Options = {}, where?: Where) => start(id, options, where)]);
  return Object.fromEntries(methods) as UseExport['quick'];
}
