import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type GateDevice, gateDeviceSchema } from '../../../../core/api/gate-device.ts';
import { api } from '../../../api/client.ts';
import { gateDevicesQuery } from './get-gates.ts';

interface Renaming {
  readonly id: string;
  readonly name: string;
}

export function useRenameDevice(eventId: string) {
  return useDeviceMutation(
    eventId,
    ({ id, name }: Renaming): Promise<GateDevice> =>
      api.patch(`events/${eventId}/gate-devices/${id}`, { json: { name } }).json(gateDeviceSchema),
  );
}

/** Ends a device's session at once, and for good. */
export function useRevokeDevice(eventId: string) {
  return useDeviceMutation(
    eventId,
    (id: string): Promise<GateDevice> => api.delete(`events/${eventId}/gate-devices/${id}`).json(gateDeviceSchema),
  );
}

function useDeviceMutation<Input>(eventId: string, mutationFn: (input: Input) => Promise<GateDevice>) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn,
    onSettled: () => queryClient.invalidateQueries({ queryKey: gateDevicesQuery(eventId).queryKey }),
  });
}
