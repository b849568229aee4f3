import { queryOptions } from '@tanstack/react-query';
import {
  type Battery,
  type Claim,
  type ClaimedPairing,
  claimedPairingSchema,
  type GateSession,
  gateSessionSchema,
  gateSessionStateSchema,
} from '../../../../core/api/gate-device.ts';
import { api } from '../../../api/client.ts';

/** This device, as a gate's: its cookies say which. */

export function claimPairing(claim: Claim): Promise<ClaimedPairing> {
  return api.post('gate/pairing', { json: claim }).json(claimedPairingSchema);
}

const claimOrNullSchema = claimedPairingSchema.nullable();

/** An admin's tap is waited for. */
const POLL_MS = 1_500;

/** What this device waits for; null when for nothing. */
export const ownClaimQuery = queryOptions({
  queryKey: ['gate', 'pairing'],
  queryFn: ({ signal }) => api.get('gate/pairing', { signal }).json(claimOrNullSchema),
  refetchInterval: ({ state }) => (state.data?.state === 'waiting' ? POLL_MS : false),
  staleTime: 0,
  gcTime: 0,
});

/** Fetches the session of a device that was confirmed. */
export function fetchSession(): Promise<GateSession> {
  return api.post('gate/session').json(gateSessionSchema);
}

/** How soon a device that is looked at learns that it was revoked. */
const SESSION_REFRESH_MS = 30_000;

/** Whether this device is paired; asked anew by itself. @throws {ApiProblem} where the server cannot be reached. */
export const ownSessionQuery = queryOptions({
  queryKey: ['gate', 'session'],
  queryFn: ({ signal }) => api.get('gate/session', { signal, timeout: 10_000, retry: 0 }).json(gateSessionStateSchema),
  refetchInterval: SESSION_REFRESH_MS,
});

export async function endOwnSession(): Promise<void> {
  await api.delete('gate/session');
}

export async function putStatus(battery: Battery | null): Promise<void> {
  await api.put('gate/session/status', { json: { battery } });
}
