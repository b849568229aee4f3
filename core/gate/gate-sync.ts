import { type GateSync, gateSyncSchema } from '../api/gate.ts';
import { decodeMessage, encodeMessage } from './cbor.ts';

/** Without a registered type of its own. */
export const GATE_SYNC_MIME_TYPE = 'application/cbor';

export function encodeGateSync(sync: GateSync): Uint8Array<ArrayBuffer> {
  return encodeMessage(sync);
}

/** @throws {TicketmintError} `gate-message-invalid` */
export function decodeGateSync(bytes: Uint8Array): GateSync {
  return decodeMessage(bytes, gateSyncSchema);
}
