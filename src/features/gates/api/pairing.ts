import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import {
  type GateDevice,
  gateDeviceSchema,
  type OpenedPairing,
  openedPairingSchema,
  pairingSchema,
} from '../../../../core/api/gate-device.ts';
import { api } from '../../../api/client.ts';
import { gateDevicesQuery } from './get-gates.ts';

/** A device in somebody's hands is waited for. */
const POLL_MS = 1_500;

/** Makes a code for a gate; a new one each time. */
export function useOpenPairing(eventId: string) {
  return useMutation({
    mutationFn: (gateId: string): Promise<OpenedPairing> =>
      api.post(`events/${eventId}/gates/${gateId}/pairings`).json(openedPairingSchema),
  });
}

/** How far the pairing is, asked again and again. */
export const pairingQuery = (eventId: string, pairingId: string) =>
  queryOptions({
    queryKey: ['events', eventId, 'pairings', pairingId],
    queryFn: ({ signal }) => api.get(`events/${eventId}/pairings/${pairingId}`, { signal }).json(pairingSchema),
    refetchInterval: POLL_MS,
    gcTime: 0,
  });

interface Confirmation {
  readonly pairingId: string;
  readonly digits: string;
}

export function useConfirmPairing(eventId: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ pairingId, digits }: Confirmation): Promise<GateDevice> =>
      api.post(`events/${eventId}/pairings/${pairingId}/confirmation`, { json: { digits } }).json(gateDeviceSchema),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: gateDevicesQuery(eventId).queryKey }),
  });
}

/** Refuses the device that waits, or takes a code back that nobody has used. */
export function useRefusePairing(eventId: string) {
  return useMutation({
    mutationFn: async (pairingId: string) => {
      await api.delete(`events/${eventId}/pairings/${pairingId}`);
    },
  });
}
