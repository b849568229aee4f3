import type { Generated } from 'kysely';
import type { Scan, TicketUse } from '../../../core/api/gate.ts';

/** Scans and what follows from them. Times are ms since epoch; flags are 0 or 1. */
export interface CheckInTables {
  scan: ScanTable;
  ticket_use: TicketUseTable;
  used_page: UsedPageTable;
  scan_conflict: ScanConflictTable;
  admission_minute: AdmissionMinuteTable;
  admission: AdmissionTable;
  admission_rules: AdmissionRulesTable;
  gate_change: GateChangeTable;
}

export interface ScanTable {
  seq: Generated<number>;
  event_id: string;
  nonce: string;
  batch_id: string;
  serial: number;
  kind: Scan['kind'];
  at: number;
  device: string;
  gate: string;
  again: number;
  typed: number;
  reason: string | null;
  undoes: string | null;
  received_at: number;
  /** The id of the device or the user that sent it. */
  received_from: string;
}

export interface TicketUseTable {
  batch_id: string;
  serial: number;
  event_id: string;
  /** Of the scan that changed it last. */
  seq: number;
  state: TicketUse['state'];
  at: number | null;
  gate: string | null;
}

interface UsedPageTable {
  batch_id: string;
  page: number;
  /** One bit a ticket. */
  used: Uint8Array;
  inside: Uint8Array;
}

interface ScanConflictTable {
  /** Of the entry that came on top. */
  nonce: string;
  event_id: string;
  batch_id: string;
  serial: number;
  /** When it came. */
  at: number;
  /** JSON. */
  kept: string;
  doubled: string;
}

interface AdmissionMinuteTable {
  event_id: string;
  /** Its beginning. */
  minute: number;
  admitted: number;
  exited: number;
}

interface AdmissionTable {
  event_id: string;
  gate: string;
  type_index: number;
  admitted: number;
  exited: number;
}

interface AdmissionRulesTable {
  event_id: string;
  capacity: number | null;
  early_ms: number;
  late_ms: number;
}

interface GateChangeTable {
  seq: Generated<number>;
  event_id: string;
  /** Null: event, types, gates or rules. */
  batch_id: string | null;
  /** Null: anything of the batch. */
  revocation_id: number | null;
}
