import { useDebouncedValue } from '@mantine/hooks';
import { useQueries } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { ExportPlan } from '../../../core/api/export-template.ts';
import type { ExportPreview } from '../../../core/export/preview.ts';
import type { FormatId } from '../../../core/export/registry.ts';
import { formatLocale } from '../../utils/format.ts';
import type { BatchView } from '../batches/batch-view.ts';
import { useEvent } from '../events/use-event.ts';
import { chosenBatches } from './export-draft.ts';
import type { UseExport } from './use-export.ts';

/** While someone types, nothing is drawn. */
const REST_MS = 250;

export interface FormatPreview {
  readonly formatId: FormatId;
  /** The last that was drawn, also while the next is on its way. */
  readonly preview: ExportPreview | undefined;
  /** It is that of other options, or none yet. */
  readonly isStale: boolean;
  readonly error: Error | null;
  /** Draws it again, where it failed. */
  readonly retry: () => void;
}

/** A preview of each of the plan's formats; drawn again when what matters changes, and the one before is cancelled. */
export function usePreviews(
  plan: ExportPlan,
  views: readonly BatchView[],
  { preview, isReady }: Pick<UseExport, 'preview' | 'isReady'>,
): readonly FormatPreview[] {
  const event = useEvent();
  const { id: eventId } = event;
  // As text, so that the same plan made anew is still the same.
  const current = JSON.stringify({ ...plan, fileName: null });
  const [rested] = useDebouncedValue(current, REST_MS);
  const batchIds = chosenBatches(plan.batches, views, event).map(({ id }) => id);
  /** By what is exported, and as what. */
  const drawn = useRef(new Map<string, ExportPreview>());
  const subjectOf = (id: string) => `${eventId} ${plan.source} ${id}`;
  const previews = useQueries({
    queries: plan.formats.map(({ id }) => ({
      queryKey: ['export-preview', eventId, id, batchIds, keyOf(rested, id), formatLocale()],
      queryFn: ({ signal }: { readonly signal: AbortSignal }) => preview(planOf(rested), id as FormatId, signal),
      enabled: isReady && (plan.source === 'check-ins' || batchIds.length > 0) && rested.includes(`"id":"${id}"`),
      staleTime: 30_000,
      gcTime: 60_000,
      // The library's own goes with the observer, and that is another one for other options.
      placeholderData: () => drawn.current.get(subjectOf(id)),
    })),
    combine: (results) =>
      results.map(
        ({ data, isPlaceholderData, error, refetch }, index): FormatPreview => ({
          formatId: plan.formats[index]?.id as FormatId,
          preview: data,
          isStale: data === undefined || isPlaceholderData || current !== rested,
          error,
          retry: () => void refetch(),
        }),
      ),
  });
  useEffect(() => {
    for (const { formatId, preview } of previews)
      if (preview !== undefined) drawn.current.set(subjectOf(formatId), preview);
  });
  return previews;
}

/** What of the plan matters to one format. */
function keyOf(text: string, id: string): unknown {
  const { formats, ...common } = planOf(text);
  return [formats.find((format) => format.id === id)?.options, common];
}

/** The text is ours, of a moment ago; between two choices it may have no format at all. */
function planOf(text: string): ExportPlan {
  return JSON.parse(text) as ExportPlan;
}
