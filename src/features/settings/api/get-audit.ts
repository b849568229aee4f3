import { infiniteQueryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { auditEntrySchema } from '../../../../core/api/audit.ts';
import { api } from '../../../api/client.ts';

const PAGE = 100;
const entriesSchema = z.array(auditEntrySchema);

/** The server's audit log, newest first, a page at a time. */
export const auditQuery = infiniteQueryOptions({
  queryKey: ['audit'],
  queryFn: ({ pageParam, signal }) =>
    api
      .get('audit', { signal, searchParams: { limit: PAGE, ...(pageParam === null ? {} : { before: pageParam }) } })
      .json(entriesSchema),
  initialPageParam: null as number | null,
  getNextPageParam: (page) => (page.length < PAGE ? null : (page.at(-1)?.seq ?? null)),
});
