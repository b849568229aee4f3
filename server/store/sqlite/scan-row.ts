import type { Insertable, Selectable } from 'kysely';
import type { Scan } from '../../../core/api/gate.ts';
import type { ScanTable } from './check-in-tables.ts';

export function scanOf(row: Selectable<ScanTable>): Scan {
  return {
    nonce: row.nonce,
    batch: row.batch_id,
    serial: row.serial,
    kind: row.kind,
    at: row.at,
    device: row.device,
    gate: row.gate,
    ...(row.again === 1 ? { again: true } : {}),
    ...(row.typed === 1 ? { typed: true } : {}),
    ...(row.reason === null ? {} : { reason: row.reason }),
    ...(row.undoes === null ? {} : { undoes: row.undoes }),
  };
}

export function scanRow(eventId: string, scan: Scan, from: string): Insertable<ScanTable> {
  return {
    event_id: eventId,
    nonce: scan.nonce,
    batch_id: scan.batch,
    serial: scan.serial,
    kind: scan.kind,
    at: scan.at,
    device: scan.device,
    gate: scan.gate,
    again: scan.again === true ? 1 : 0,
    typed: scan.typed === true ? 1 : 0,
    reason: scan.reason ?? null,
    undoes: scan.undoes ?? null,
    received_at: Date.now(),
    received_from: from,
  };
}
