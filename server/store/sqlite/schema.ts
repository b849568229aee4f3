import type { Generated } from 'kysely';
import type { SealReason } from '../../../core/api/batch.ts';
import type { TicketTypeInput } from '../../../core/api/event.ts';
import type { Language } from '../../../core/languages.ts';
import type { KeyProtection } from '../../../core/ticket/signer/signer.ts';
import type { CheckInTables } from './check-in-tables.ts';
import type { GateTables } from './gate-tables.ts';

/** The tables as the newest migration leaves them. Times are ms since epoch; flags are 0 or 1. */
export interface Tables extends GateTables, CheckInTables {
  event: EventTable;
  ticket_type: TicketTypeTable;
  batch: BatchTable;
  chunk: ChunkTable;
  chunk_verification: ChunkVerificationTable;
  revocation: RevocationTable;
  correction: CorrectionTable;
  export_template: ExportTemplateTable;
  audit: AuditTable;
  /** better-auth's; read here for names only. */
  user: { id: string; name: string };
}

export interface EventTable {
  id: string;
  name: string;
  place: string;
  time_zone: string;
  starts_at: number;
  ends_at: number;
  currency: string;
  created_at: number;
  demo: number;
  language: Language;
  approval: number;
  gate_names: number;
}

export interface TicketTypeTable {
  event_id: string;
  type_index: number;
  name: string;
  price_minor: number;
  colour: TicketTypeInput['colour'];
  capacity: number | null;
  not_before: number | null;
  not_after: number | null;
  declared: number;
  archived_at: number | null;
}

export interface BatchTable {
  id: string;
  event_id: string;
  type_index: number;
  public_key: string;
  count: number;
  chunk_size: number;
  not_before: number | null;
  not_after: number | null;
  run_id: string;
  key_protection: KeyProtection;
  proof: string;
  state: 'open' | 'sealed';
  seal_reason: SealReason | null;
  sealed_at: number | null;
  declared_at: number;
  declared_by: string;
  active_at: number;
  stored: number;
  verified: number;
  quarantined: number;
  revoked: number;
  personalised: number;
  rehearsal: number;
  /** Null: gates do not get it. */
  approved_at: number | null;
  /** Null where nobody's approval was asked for. */
  approved_by: string | null;
}

interface ChunkTable {
  id: Generated<number>;
  batch_id: string;
  seq: number;
  first_serial: number;
  count: number;
  stored_at: number;
  content_sha256: Uint8Array;
  body: Uint8Array;
}

interface ChunkVerificationTable {
  chunk_id: number;
  verified_at: number;
  /** Null: every signature is good; otherwise the bad serials as a JSON array. */
  bad_serials: string | null;
}

export interface RevocationTable {
  id: Generated<number>;
  event_id: string;
  batch_id: string;
  from_serial: number;
  to_serial: number;
  reason: string;
  by_seal: number;
  created_at: number;
  created_by: string;
  undone_at: number | null;
  /** Chosen by who made it, so that it is made once. */
  nonce: string | null;
}

export interface CorrectionTable {
  id: Generated<number>;
  batch_id: string;
  serial: number;
  column_name: string;
  value: string | null;
  created_at: number;
  created_by: string;
  /** Chosen by who made it, so that it is made once. */
  nonce: string | null;
}

export interface ExportTemplateTable {
  event_id: string;
  id: string;
  name: string;
  /** JSON. */
  plan: string;
  updated_at: number;
  updated_by: string;
}

interface AuditTable {
  seq: number;
  at: number;
  actor_id: string;
  action: string;
  subject: string;
  details: string;
  previous_hash: string;
  hash: string;
}
