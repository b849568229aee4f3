import type { GateInput } from '../../../core/api/gate-device.ts';

/** Gates and what is paired with them. Times are ms since epoch; flags are 0 or 1; hashes are SHA-256. */
export interface GateTables {
  gate: GateTable;
  gate_device: GateDeviceTable;
  gate_pairing: GatePairingTable;
}

export interface GateTable {
  id: string;
  event_id: string;
  name: string;
  /** JSON; null: all types. */
  types: string | null;
  direction: GateInput['direction'];
  reentry: number;
  capacity: number | null;
  undo: number;
  created_at: number;
  archived_at: number | null;
}

export interface GateDeviceTable {
  id: string;
  event_id: string;
  gate_id: string;
  name: string;
  /** Of its session; null before it has one, and once it is revoked. */
  token_hash: Uint8Array | null;
  paired_at: number;
  last_contact_at: number | null;
  last_sync_at: number | null;
  battery_percent: number | null;
  battery_charging: number | null;
  revoked_at: number | null;
}

export interface GatePairingTable {
  id: string;
  event_id: string;
  gate_id: string;
  state: 'open' | 'waiting' | 'confirmed' | 'refused';
  expires_at: number;
  /** Null once the code is used. */
  code_hash: Uint8Array | null;
  /** Of the code with the nonce of the device that used it. */
  claim_hash: Uint8Array | null;
  /** Of what that device was given to go on with. */
  secret_hash: Uint8Array | null;
  device_name: string | null;
  /** Once it is confirmed. */
  device_id: string | null;
}
