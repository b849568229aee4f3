import { queryOptions, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Column } from '../../../core/export/format.ts';
import type { BatchRequest } from '../../../core/export/job.ts';
import { ticketColumns } from '../../../core/export/sources/ticket-columns.ts';
import { minorDigits } from '../../utils/format.ts';
import type { BatchView } from '../batches/batch-view.ts';
import { useEvent } from '../events/use-event.ts';
import { withExportWorker } from './export-pool.ts';

const NONE: readonly string[] = [];

/** The personal columns that these batches have. */
export const fieldColumnsQuery = (eventId: string, batches: readonly BatchView[]) =>
  queryOptions({
    queryKey: ['export-columns', eventId, ...batches.map(({ id }) => id)],
    queryFn: (): Promise<readonly string[]> =>
      batches.length === 0
        ? Promise.resolve(NONE)
        : withExportWorker((worker) => worker.call((api) => api.fieldColumns(eventId, batches.map(sketch)))),
    // A batch's columns never change.
    staleTime: Number.POSITIVE_INFINITY,
  });

/** The columns that an export of these batches can have; personal ones join when the batches have been looked into. */
export function useColumns(batches: readonly BatchView[]): readonly Column[] {
  const event = useEvent();
  const { data = NONE } = useQuery({
    ...fieldColumnsQuery(event.id, batches),
    placeholderData: (previous) => previous,
  });
  const { currency } = event;
  return useMemo(() => ticketColumns(data, minorDigits(currency)), [data, currency]);
}

/** Enough of a batch to look into its first chunk. */
function sketch({ id, typeIndex, count, chunkSize, stored, local }: BatchView): BatchRequest {
  return {
    id,
    typeIndex,
    typeName: '',
    priceMinor: 0,
    count,
    chunkSize,
    notBefore: null,
    notAfter: null,
    stored: local?.acknowledged ?? (stored > 0 ? [[0, 0]] : []),
    revoked: [],
    corrections: [],
  };
}
