import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { type AdmissionRules, admissionRulesSchema } from '../../../../core/api/gate.ts';
import { api } from '../../../api/client.ts';
import { askOrRecall } from '../../../api/known-answers.ts';

export const rulesQuery = (eventId: string) =>
  queryOptions({
    queryKey: ['events', eventId, 'admission-rules'],
    queryFn: ({ signal }) => askOrRecall(`events/${eventId}/admission-rules`, admissionRulesSchema, { signal }),
  });

export function useSetRules(eventId: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (rules: AdmissionRules): Promise<AdmissionRules> =>
      api.put(`events/${eventId}/admission-rules`, { json: rules }).json(admissionRulesSchema),
    onSuccess: (rules) => queryClient.setQueryData(rulesQuery(eventId).queryKey, rules),
  });
}
