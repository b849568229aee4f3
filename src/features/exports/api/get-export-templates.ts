import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { exportTemplateSchema } from '../../../../core/api/export-template.ts';
import { askOrRecall } from '../../../api/known-answers.ts';

const templatesSchema = z.array(exportTemplateSchema);

/** The event's templates by name. */
export const exportTemplatesQuery = (eventId: string) =>
  queryOptions({
    queryKey: ['events', eventId, 'export-templates'],
    queryFn: ({ signal }) => askOrRecall(`events/${eventId}/export-templates`, templatesSchema, { signal }),
  });
