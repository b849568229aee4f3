import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type Gate, type GateInput, type GatePatch, gateSchema } from '../../../../core/api/gate-device.ts';
import { api } from '../../../api/client.ts';
import { gatesQuery } from './get-gates.ts';

export function useCreateGate(eventId: string) {
  return useGateMutation(
    eventId,
    (input: GateInput): Promise<Gate> => api.post(`events/${eventId}/gates`, { json: input }).json(gateSchema),
  );
}

interface GateChange {
  readonly id: string;
  readonly patch: GatePatch;
}

export function useUpdateGate(eventId: string) {
  return useGateMutation(
    eventId,
    ({ id, patch }: GateChange): Promise<Gate> =>
      api.patch(`events/${eventId}/gates/${id}`, { json: patch }).json(gateSchema),
  );
}

function useGateMutation<Input>(eventId: string, mutationFn: (input: Input) => Promise<Gate>) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn,
    onSettled: () => queryClient.invalidateQueries({ queryKey: gatesQuery(eventId).queryKey }),
  });
}
