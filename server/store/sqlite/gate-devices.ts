import type { Kysely, Transaction } from 'kysely';
import { GATE_SESSION_MARGIN_MS, type GateDevice } from '../../../core/api/gate-device.ts';
import { ProblemError } from '../../problem.ts';
import type { GateDeviceNews, GateDeviceStore, GateSessionRecord } from '../gate-store.ts';
import { appendAudit } from './audit.ts';
import { getEvent } from './events.ts';
import type { GateDeviceTable } from './gate-tables.ts';
import { gateOf, getGateRow } from './gates.ts';
import type { Tables } from './schema.ts';

type Connection = Kysely<Tables> | Transaction<Tables>;

export function gateDeviceStore(db: Kysely<Tables>): GateDeviceStore {
  return {
    async list(eventId) {
      const { endsAt } = await getEvent(db, eventId);
      const rows = await db
        .selectFrom('gate_device')
        .selectAll()
        .where('event_id', '=', eventId)
        .orderBy('paired_at', 'desc')
        .orderBy('id')
        .execute();
      return rows.map((row) => deviceOf(row, endsAt));
    },
    rename: (eventId, deviceId, name, actorId) =>
      db.transaction().execute(async (transaction) => {
        await getDevice(transaction, eventId, deviceId);
        await transaction.updateTable('gate_device').set({ name }).where('id', '=', deviceId).execute();
        // Its name may be a person's, and an audit line can never be erased.
        const details = { device: deviceId };
        await appendAudit(transaction, { actorId, action: 'gate-device.rename', subject: eventId, details });
        return getDevice(transaction, eventId, deviceId);
      }),
    revoke: (eventId, deviceId, actorId) =>
      db.transaction().execute(async (transaction) => {
        const device = await getDevice(transaction, eventId, deviceId);
        if (device.revokedAt !== null) return device;
        const change = { revoked_at: Date.now(), token_hash: null };
        await transaction.updateTable('gate_device').set(change).where('id', '=', deviceId).execute();
        // Nothing is left to be fetched, where it had not fetched its session yet.
        await transaction.deleteFrom('gate_pairing').where('device_id', '=', deviceId).execute();
        const details = { gate: device.gateId, device: deviceId };
        await appendAudit(transaction, { actorId, action: 'gate-device.revoke', subject: eventId, details });
        return { ...device, revokedAt: change.revoked_at };
      }),
    findSession: (deviceId) => findSession(db, deviceId),
    note: (deviceId, news) =>
      db.transaction().execute(async (transaction) => {
        await transaction.updateTable('gate_device').set(changeOf(news)).where('id', '=', deviceId).execute();
        // Its session has arrived, and is given to nobody again.
        await transaction.deleteFrom('gate_pairing').where('device_id', '=', deviceId).execute();
      }),
  };
}

export async function findSession(db: Connection, deviceId: string): Promise<GateSessionRecord | undefined> {
  const row = await db.selectFrom('gate_device').selectAll().where('id', '=', deviceId).executeTakeFirst();
  if (row === undefined) return undefined;
  const { name, timeZone, endsAt } = await getEvent(db, row.event_id);
  return {
    device: deviceOf(row, endsAt),
    eventId: row.event_id,
    event: { name, timeZone, endsAt },
    gate: gateOf(await getGateRow(db, row.event_id, row.gate_id)),
    tokenHash: row.token_hash,
  };
}

/** @throws {ProblemError} `device-not-found` */
export async function getDevice(db: Connection, eventId: string, deviceId: string): Promise<GateDevice> {
  const row = await db
    .selectFrom('gate_device')
    .selectAll()
    .where('id', '=', deviceId)
    .where('event_id', '=', eventId)
    .executeTakeFirst();
  if (row === undefined) throw new ProblemError('device-not-found');
  return deviceOf(row, (await getEvent(db, eventId)).endsAt);
}

function changeOf({ contactAt, syncAt, battery }: GateDeviceNews): Partial<GateDeviceTable> {
  return {
    ...(contactAt === undefined ? {} : { last_contact_at: contactAt }),
    ...(syncAt === undefined ? {} : { last_sync_at: syncAt }),
    ...(battery === undefined
      ? {}
      : {
          battery_percent: battery?.percent ?? null,
          battery_charging: battery === null ? null : Number(battery.charging),
        }),
  };
}

function deviceOf(row: GateDeviceTable, eventEndsAt: number): GateDevice {
  return {
    id: row.id,
    gateId: row.gate_id,
    name: row.name,
    pairedAt: row.paired_at,
    // An event's end may move, and a device may be paired after it, to bring in what was scanned.
    validUntil: Math.max(eventEndsAt, row.paired_at) + GATE_SESSION_MARGIN_MS,
    lastContactAt: row.last_contact_at,
    lastSyncAt: row.last_sync_at,
    battery:
      row.battery_percent === null ? null : { percent: row.battery_percent, charging: row.battery_charging === 1 },
    revokedAt: row.revoked_at,
  };
}
