import { timingSafeEqual } from 'node:crypto';
import type { Kysely, Selectable, Transaction } from 'kysely';
import { PAIRING_MS } from '../../../core/api/gate-device.ts';
import { ProblemError } from '../../problem.ts';
import type { ClaimRecord, GatePairingStore, GateSessionRecord, PairingRecord } from '../gate-store.ts';
import { appendAudit } from './audit.ts';
import { findSession, getDevice } from './gate-devices.ts';
import type { GatePairingTable } from './gate-tables.ts';
import { getGateRow } from './gates.ts';
import { newRecordId } from './record-id.ts';
import type { Tables } from './schema.ts';

/** Under way at once in an event, at most. */
const MAX_PAIRINGS = 20;
const FULL_RETRY_SECONDS = 60;

type PairingRow = Selectable<GatePairingTable>;

export function gatePairingStore(db: Kysely<Tables>): GatePairingStore {
  /** Each call is one transaction, over pairings of which none is over. */
  const step = <Result>(work: (transaction: Transaction<Tables>) => Promise<Result>): Promise<Result> =>
    db.transaction().execute(async (transaction) => {
      await transaction.deleteFrom('gate_pairing').where('expires_at', '<=', Date.now()).execute();
      return work(transaction);
    });
  return {
    open: (eventId, gateId, codeHash, actorId) =>
      step(async (transaction) => {
        const gate = await getGateRow(transaction, eventId, gateId);
        if (gate.archived_at !== null) throw new ProblemError('gate-not-found');
        await checkRoom(transaction, eventId);
        const row: PairingRow = {
          ...NOT_YET_CLAIMED,
          id: newRecordId(),
          event_id: eventId,
          gate_id: gateId,
          expires_at: nextExpiry(),
          code_hash: codeHash,
        };
        await transaction.insertInto('gate_pairing').values(row).execute();
        const details = { gate: gateId };
        await appendAudit(transaction, { actorId, action: 'gate-pairing.open', subject: eventId, details });
        return pairingOf(row);
      }),
    find: (pairingId) =>
      step(async (transaction) => {
        const row = await findRow(transaction, pairingId);
        return row === undefined ? undefined : pairingOf(row);
      }),
    claim: (claim) => step((transaction) => claimCode(transaction, claim)),
    confirm: (eventId, pairingId, actorId) =>
      step(async (transaction) => {
        const row = await findRow(transaction, pairingId);
        if (row?.event_id !== eventId || row.state === 'refused') throw new ProblemError('pairing-over');
        const deviceId = row.device_id ?? (await addDevice(transaction, row, actorId));
        return getDevice(transaction, eventId, deviceId);
      }),
    refuse: (eventId, pairingId, actorId) =>
      step(async (transaction) => {
        const row = await findRow(transaction, pairingId);
        if (row?.event_id !== eventId || row.state === 'refused' || row.state === 'confirmed') return;
        // The device that waits is to hear of it; where there is none, nothing is left to be known.
        if (row.state === 'open') await transaction.deleteFrom('gate_pairing').where('id', '=', pairingId).execute();
        else await updateRow(transaction, pairingId, { state: 'refused' });
        const action = row.state === 'open' ? 'gate-pairing.cancel' : 'gate-pairing.refuse';
        await appendAudit(transaction, { actorId, action, subject: eventId, details: { gate: row.gate_id } });
      }),
    complete: (pairingId, tokenHash) => step((transaction) => completeRow(transaction, pairingId, tokenHash)),
  };
}

const NOT_YET_CLAIMED = {
  state: 'open',
  claim_hash: null,
  secret_hash: null,
  device_name: null,
  device_id: null,
} as const;

function nextExpiry(): number {
  return Date.now() + PAIRING_MS;
}

async function checkRoom(db: Transaction<Tables>, eventId: string): Promise<void> {
  const { count } = await db
    .selectFrom('gate_pairing')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('event_id', '=', eventId)
    .executeTakeFirstOrThrow();
  if (count >= MAX_PAIRINGS) throw new ProblemError('rate-limited', { retryAfterSeconds: FULL_RETRY_SECONDS });
}

function findRow(db: Transaction<Tables>, pairingId: string): Promise<PairingRow | undefined> {
  return db.selectFrom('gate_pairing').selectAll().where('id', '=', pairingId).executeTakeFirst();
}

async function updateRow(db: Transaction<Tables>, id: string, change: Partial<GatePairingTable>): Promise<void> {
  await db.updateTable('gate_pairing').set(change).where('id', '=', id).execute();
}

async function claimCode(db: Transaction<Tables>, claim: ClaimRecord): Promise<PairingRecord> {
  const { codeHash, claimHash, secretHash, deviceName } = claim;
  // All of them, each in constant time: how long it takes tells nothing of any code.
  const rows = await db.selectFrom('gate_pairing').selectAll().execute();
  const opened = rows.filter(({ code_hash }) => isSame(code_hash, codeHash))[0];
  const claimed = rows.filter(({ claim_hash }) => isSame(claim_hash, claimHash))[0];
  if (claimed?.state === 'waiting') {
    await updateRow(db, claimed.id, { secret_hash: secretHash });
    return pairingOf({ ...claimed, secret_hash: secretHash });
  }
  if (opened === undefined) throw new ProblemError('pairing-over');
  const change = {
    state: 'waiting',
    expires_at: nextExpiry(),
    code_hash: null,
    claim_hash: claimHash,
    secret_hash: secretHash,
    device_name: deviceName,
  } as const;
  await updateRow(db, opened.id, change);
  return pairingOf({ ...opened, ...change });
}

function isSame(known: Uint8Array | null, given: Uint8Array): boolean {
  return known !== null && timingSafeEqual(known, given);
}

/** The device, without a session yet. @returns its id */
async function addDevice(db: Transaction<Tables>, row: PairingRow, actorId: string): Promise<string> {
  if (row.device_name === null)
    throw new ProblemError('not-valid', { field: 'pairing', reason: 'expected a device that has used the code' });
  const { event_id, gate_id } = row;
  const device = { id: newRecordId(), event_id, gate_id, name: row.device_name, paired_at: Date.now() };
  await db
    .insertInto('gate_device')
    .values({ ...device, ...NOTHING_KNOWN })
    .execute();
  await updateRow(db, row.id, { state: 'confirmed', device_id: device.id, expires_at: nextExpiry() });
  const details = { gate: gate_id, device: device.id };
  await appendAudit(db, { actorId, action: 'gate-device.pair', subject: event_id, details });
  return device.id;
}

const NOTHING_KNOWN = {
  token_hash: null,
  last_contact_at: null,
  last_sync_at: null,
  battery_percent: null,
  battery_charging: null,
  revoked_at: null,
} as const;

async function completeRow(
  db: Transaction<Tables>,
  pairingId: string,
  tokenHash: Uint8Array,
): Promise<GateSessionRecord> {
  const row = await findRow(db, pairingId);
  if (row?.state !== 'confirmed' || row.device_id === null) throw new ProblemError('pairing-over');
  await db.updateTable('gate_device').set({ token_hash: tokenHash }).where('id', '=', row.device_id).execute();
  const session = await findSession(db, row.device_id);
  if (session === undefined) throw new ProblemError('pairing-over');
  return session;
}

function pairingOf(row: PairingRow): PairingRecord {
  return {
    id: row.id,
    eventId: row.event_id,
    gateId: row.gate_id,
    state: row.state,
    expiresAt: row.expires_at,
    claimHash: row.claim_hash,
    secretHash: row.secret_hash,
    deviceName: row.device_name,
    deviceId: row.device_id,
  };
}
