import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { type ExportTemplate, exportTemplateSchema } from '../../../../core/api/export-template.ts';
import { api } from '../../../api/client.ts';
import { relaxedDatabase } from '../../../database/database.ts';

const templatesSchema = z.array(exportTemplateSchema);
const cacheKey = (eventId: string) => `export-templates ${eventId}`;

/** The event's templates by name; kept on this device for when the server cannot be reached. */
export const exportTemplatesQuery = (eventId: string) =>
  queryOptions({
    queryKey: ['events', eventId, 'export-templates'],
    queryFn: async ({ signal }) => {
      const templates = await api.get(`events/${eventId}/export-templates`, { signal }).json(templatesSchema);
      await relaxedDatabase().settings.put({ key: cacheKey(eventId), value: templates });
      return templates;
    },
  });

/** The templates as the server gave them last. */
export async function cachedExportTemplates(eventId: string): Promise<readonly ExportTemplate[]> {
  const setting = await relaxedDatabase().settings.get(cacheKey(eventId));
  return templatesSchema.safeParse(setting?.value).data ?? [];
}
