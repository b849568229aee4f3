import { queryOptions } from '@tanstack/react-query';
import { admissionsSchema } from '../../../../core/api/gate.ts';
import { askOrRecall } from '../../../api/known-answers.ts';

const HOUR_MS = 3_600_000;
/** The minutes of a day: what a chart can show, some 30 kB. */
const SPAN_MS = 24 * HOUR_MS;
/** While somebody looks; a hidden page asks for nothing. */
const REFRESH_MS = 5_000;

interface Timed {
  readonly id: string;
  readonly endsAt: number;
}

/** Who came in and went out, with the minutes of the last day, or of the event's last where it is over. */
export const admissionsQuery = ({ id, endsAt }: Timed) =>
  queryOptions({
    queryKey: ['events', id, 'admissions'],
    queryFn: ({ signal }) => {
      const path = `events/${id}/admissions`;
      return askOrRecall(`${path}?since=${minutesSince(endsAt)}`, admissionsSchema, { signal, keptAs: path });
    },
    refetchInterval: REFRESH_MS,
  });

function minutesSince(endsAt: number): number {
  return Math.max(0, Math.floor((Math.min(Date.now(), endsAt) - SPAN_MS) / HOUR_MS) * HOUR_MS);
}
