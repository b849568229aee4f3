import { sql, type Transaction } from 'kysely';
import type { Scan, ScanResult, TicketUse } from '../../../core/api/gate.ts';
import type { TicketId } from '../../../core/gate/decide.ts';
import { type FoldedTicket, foldTicket } from '../../../core/gate/fold.ts';
import { appendAudit } from './audit.ts';
import { getEvent } from './events.ts';
import { scanOf, scanRow } from './scan-row.ts';
import type { Tables } from './schema.ts';
import { UsedPages } from './used-pages.ts';

const MINUTE_MS = 60_000;

interface ScannedBatch {
  readonly typeIndex: number;
  readonly count: number;
}

interface Flow {
  admitted: number;
  exited: number;
}

/** Takes scans in within one transaction, and keeps what follows from them. {@link flush} comes last. */
export class ScanWriter {
  readonly #transaction: Transaction<Tables>;
  readonly #eventId: string;
  readonly #pages: UsedPages;
  readonly #batches = new Map<string, ScannedBatch | undefined>();
  /** Changes by minute, and by gate and type. */
  readonly #minutes = new Map<number, Flow>();
  readonly #admissions = new Map<string, Flow & { readonly gate: string; readonly typeIndex: number }>();

  constructor(transaction: Transaction<Tables>, eventId: string) {
    this.#transaction = transaction;
    this.#eventId = eventId;
    this.#pages = new UsedPages(transaction);
  }

  /** The number under which a scan is recorded; `refused` when its nonce is another's; `undefined` when it is new. */
  async find(scan: Scan): Promise<number | 'refused' | undefined> {
    const row = await this.#transaction
      .selectFrom('scan')
      .selectAll()
      .where('nonce', '=', scan.nonce)
      .executeTakeFirst();
    if (row === undefined) return undefined;
    // Whether it was let in again is for the server to know; the device may have learned otherwise.
    const isSame =
      row.event_id === this.#eventId &&
      row.batch_id === scan.batch &&
      row.serial === scan.serial &&
      row.kind === scan.kind &&
      row.device === scan.device;
    return isSame ? row.seq : 'refused';
  }

  /** @param from the id of the device or the user that sent it. */
  async add(scan: Scan, from: string): Promise<ScanResult> {
    const { nonce } = scan;
    const known = await this.find(scan);
    if (typeof known === 'number') return { nonce, outcome: 'known', seq: known };
    const batch = await this.#batch(scan.batch);
    if (known === 'refused' || batch === undefined || scan.serial > batch.count)
      return { nonce, outcome: 'refused', seq: null };
    return { nonce, outcome: 'stored', seq: await this.#store(scan, batch, from) };
  }

  async scansOf({ batch, serial }: TicketId): Promise<Scan[]> {
    const rows = await this.#transaction
      .selectFrom('scan')
      .selectAll()
      .where('batch_id', '=', batch)
      .where('serial', '=', serial)
      .execute();
    return rows.map(scanOf);
  }

  /** How many more are inside than before the transaction: in all, or of those who came in by a gate. */
  moreInside(gate?: string): number {
    let more = 0;
    for (const flow of this.#admissions.values())
      if (gate === undefined || flow.gate === gate) more += flow.admitted - flow.exited;
    return more;
  }

  /** Writes what {@link add} gathered. */
  async flush(): Promise<void> {
    await this.#pages.flush();
    for (const [minute, flow] of this.#minutes)
      await this.#transaction
        .insertInto('admission_minute')
        .values({ event_id: this.#eventId, minute, ...flow })
        .onConflict((conflict) => conflict.columns(['event_id', 'minute']).doUpdateSet(ADD_FLOW))
        .execute();
    for (const { gate, typeIndex, admitted, exited } of this.#admissions.values())
      await this.#transaction
        .insertInto('admission')
        .values({ event_id: this.#eventId, gate, type_index: typeIndex, admitted, exited })
        .onConflict((conflict) => conflict.columns(['event_id', 'gate', 'type_index']).doUpdateSet(ADD_FLOW))
        .execute();
  }

  /** Its event, range and earnest: a rehearsal's scans count at a demo event only. */
  async #batch(id: string): Promise<ScannedBatch | undefined> {
    if (!this.#batches.has(id)) {
      const { demo } = await getEvent(this.#transaction, this.#eventId);
      const row = await this.#transaction
        .selectFrom('batch')
        .select(['type_index', 'count', 'rehearsal'])
        .where('id', '=', id)
        .where('event_id', '=', this.#eventId)
        .executeTakeFirst();
      const counts = row !== undefined && (row.rehearsal === 0 || demo === true);
      this.#batches.set(id, counts ? { typeIndex: row.type_index, count: row.count } : undefined);
    }
    return this.#batches.get(id);
  }

  async #store(scan: Scan, { typeIndex }: ScannedBatch, from: string): Promise<number> {
    const scans = await this.scansOf(scan);
    const before = foldTicket(scans);
    const after = foldTicket([...scans, scan]);
    const { seq } = await this.#transaction
      .insertInto('scan')
      .values(scanRow(this.#eventId, scan, from))
      .returning('seq')
      .executeTakeFirstOrThrow();
    if (scan.kind === 'override') await this.#auditOverride(scan);
    await this.#setUse(scan, after.use, seq);
    await this.#pages.set(scan, after.use);
    this.#count(before, typeIndex, -1);
    this.#count(after, typeIndex, 1);
    if (before.conflicts.length > 0 || after.conflicts.length > 0) await this.#setConflicts(scan, after);
    return seq;
  }

  /** Its reason stands with the scan: it may name somebody, and an audit line can never be erased. */
  async #auditOverride({ device, batch, serial }: Scan): Promise<void> {
    const actorId = `gate-device ${device}`;
    await appendAudit(this.#transaction, { actorId, action: 'gate.override', subject: batch, details: { serial } });
  }

  async #setUse({ batch, serial }: TicketId, { state, at, gate }: TicketUse, seq: number): Promise<void> {
    await this.#transaction
      .insertInto('ticket_use')
      .values({ batch_id: batch, serial, event_id: this.#eventId, seq, state, at, gate })
      .onConflict((conflict) => conflict.columns(['batch_id', 'serial']).doUpdateSet({ seq, state, at, gate }))
      .execute();
  }

  async #setConflicts({ batch, serial }: TicketId, { conflicts }: FoldedTicket): Promise<void> {
    await this.#transaction
      .deleteFrom('scan_conflict')
      .where('batch_id', '=', batch)
      .where('serial', '=', serial)
      .execute();
    for (const { kept, doubled } of conflicts)
      await this.#transaction
        .insertInto('scan_conflict')
        .values({
          nonce: doubled.nonce,
          event_id: this.#eventId,
          batch_id: batch,
          serial,
          at: doubled.at,
          kept: JSON.stringify(kept),
          doubled: JSON.stringify(doubled),
        })
        .execute();
  }

  #count({ admitted, exited }: FoldedTicket, typeIndex: number, sign: 1 | -1): void {
    for (const scan of admitted) this.#addFlow(scan, typeIndex, 'admitted', sign);
    for (const scan of exited) this.#addFlow(scan, typeIndex, 'exited', sign);
  }

  #addFlow({ at, gate }: Scan, typeIndex: number, way: keyof Flow, sign: 1 | -1): void {
    const minute = at - (at % MINUTE_MS);
    const ofMinute = this.#minutes.get(minute) ?? { admitted: 0, exited: 0 };
    const key = `${gate} ${typeIndex}`;
    const ofGate = this.#admissions.get(key) ?? { gate, typeIndex, admitted: 0, exited: 0 };
    ofMinute[way] += sign;
    ofGate[way] += sign;
    this.#minutes.set(minute, ofMinute);
    this.#admissions.set(key, ofGate);
  }
}

const ADD_FLOW = {
  admitted: sql<number>`admitted + excluded.admitted`,
  exited: sql<number>`exited + excluded.exited`,
};
