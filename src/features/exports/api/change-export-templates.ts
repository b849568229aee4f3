import { useMutation, useQueryClient } from '@tanstack/react-query';
import {
  type ExportTemplate,
  type ExportTemplateInput,
  exportTemplateSchema,
} from '../../../../core/api/export-template.ts';
import { api } from '../../../api/client.ts';
import { exportTemplatesQuery } from './get-export-templates.ts';

type TemplateChange = ExportTemplateInput & Pick<ExportTemplate, 'id'>;

export function putExportTemplate(eventId: string, { id, name, plan }: TemplateChange): Promise<ExportTemplate> {
  return api.put(`events/${eventId}/export-templates/${id}`, { json: { name, plan } }).json(exportTemplateSchema);
}

async function removeExportTemplate(eventId: string, id: string): Promise<void> {
  await api.delete(`events/${eventId}/export-templates/${id}`);
}

/** Makes a template or replaces it. */
export function usePutExportTemplate(eventId: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (template: TemplateChange) => putExportTemplate(eventId, template),
    onSettled: () => queryClient.invalidateQueries({ queryKey: exportTemplatesQuery(eventId).queryKey }),
  });
}

export function useRemoveExportTemplate(eventId: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => removeExportTemplate(eventId, id),
    onSettled: () => queryClient.invalidateQueries({ queryKey: exportTemplatesQuery(eventId).queryKey }),
  });
}

const ID_ALPHABET = '0123456789abcdefghijklmnopqrstuvwxyz';
const ID_LENGTH = 12;

/** A template's id is made here, so that sending it again makes no second one. */
export function newTemplateId(): string {
  // 36 does not divide 256: some characters come a little more often, which an id may.
  return [...crypto.getRandomValues(new Uint8Array(ID_LENGTH))]
    .map((byte) => ID_ALPHABET[byte % ID_ALPHABET.length])
    .join('');
}
