import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { ticketTypeSchema } from '../../../../core/api/event.ts';
import { askOrRecall } from '../../../api/known-answers.ts';

const typesSchema = z.array(ticketTypeSchema);

/** All types of the event, archived ones included, by index. */
export const typesQuery = (eventId: string) =>
  queryOptions({
    queryKey: ['events', eventId, 'types'],
    queryFn: ({ signal }) => askOrRecall(`events/${eventId}/types`, typesSchema, { signal }),
  });
