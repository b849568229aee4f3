import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { DatabaseSync } from 'node:sqlite';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { MAX_SCANS, type Scan } from '../../core/api/gate.ts';
import { encodeGateSync } from '../../core/gate/gate-sync.ts';
import { openSqliteStore } from '../../server/store/sqlite/open.ts';
import type { Store } from '../../server/store/store.ts';
import type { Sample } from '../harness/chromium.ts';
import { expect } from '../harness/scenario.ts';

const BATCH = 'aaaaaaaaaaaa';
const DEVICE = 'device000001';
const UPLOADS = 50;
const CLAIMS = 500;
const NOW = Date.now();
const HOUR = 3_600_000;
const NOBODY = { rendererMb: 0, browserMb: 0, serverMb: null, cpuSeconds: 0 };

/** The store alone, with `rows` tickets used and as many to come: what a server does for gates in one thread. */
export async function measureGateServer(rows: number): Promise<Sample> {
  const folder = mkdtempSync(join(tmpdir(), 'ticketmint-bench-'));
  const file = join(folder, 'ticketmint.sqlite');
  try {
    const { eventId, gate } = await prepare(file, rows);
    const store = openSqliteStore(file);
    try {
      return await measureStore(store, eventId, gate, rows);
    } finally {
      await store.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function prepare(file: string, rows: number): Promise<{ eventId: string; gate: string }> {
  const store = openSqliteStore(file);
  const place = { place: '', timeZone: 'UTC', currency: 'INR', language: 'en' } as const;
  const { id } = await store.events.create({ name: 'A', startsAt: NOW - HOUR, endsAt: NOW + HOUR, ...place }, 'user');
  const open = { capacity: null, notBefore: null, notAfter: null };
  await store.events.createType(id, { name: 'A', priceMinor: 0, colour: 'red', ...open }, 'user');
  const window = { notBefore: null, notAfter: null };
  const keys = { publicKey: 'A'.repeat(43), keyProtection: 'webcrypto', proof: 'A'.repeat(86) } as const;
  const shape = { typeIndex: 0, count: 2 * rows, chunkSize: 500, runId: '0'.repeat(32) };
  await store.batches.declare(id, BATCH, { ...keys, ...shape, ...window }, 'user');
  const rules = { types: null, direction: 'both', reentry: false, capacity: null, undo: true } as const;
  const gate = await store.gates.create(id, { name: 'A', ...rules }, 'user');
  await store.close();
  fillUsed(file, { eventId: id, gate: gate.id, rows });
  return { eventId: id, gate: gate.id };
}

/** What `rows` entries leave behind, written at once: through the store it would take minutes. */
function fillUsed(file: string, { eventId, gate, rows }: { eventId: string; gate: string; rows: number }): void {
  const database = new DatabaseSync(file);
  database.exec('BEGIN');
  const serials = `WITH RECURSIVE n (serial) AS (VALUES (1) UNION ALL SELECT serial + 1 FROM n WHERE serial < ${rows})`;
  database.exec(`
    INSERT INTO scan (event_id, nonce, batch_id, serial, kind, at, device, gate, again, received_at, received_from)
    ${serials}
    SELECT '${eventId}', printf('f%031x', serial), '${BATCH}', serial, 'enter', ${NOW}, '${DEVICE}', '${gate}', 0, ${NOW}, 'd' FROM n;
    INSERT INTO ticket_use (batch_id, serial, event_id, seq, state, at, gate)
    SELECT batch_id, serial, event_id, seq, 'inside', at, gate FROM scan;
    INSERT INTO admission (event_id, gate, type_index, admitted, exited) VALUES ('${eventId}', '${gate}', 0, ${rows}, 0);
  `);
  const insert = database.prepare('INSERT INTO used_page (batch_id, page, used, inside) VALUES (?, ?, ?, ?)');
  for (let page = 0; page * 8_192 < rows; page++) {
    const bits = new Uint8Array(1_024);
    for (let index = 0; index < 8_192 && page * 8_192 + index < rows; index++)
      bits[index >> 3] = (bits[index >> 3] as number) | (1 << (index & 7));
    insert.run(BATCH, page, bits, bits);
  }
  database.exec('COMMIT');
  database.close();
}

async function measureStore(store: Store, eventId: string, gate: string, rows: number): Promise<Sample> {
  const { checkIns } = store;
  const nonces = nonceSource();
  let serial = rows;
  const scan = (): Scan => {
    const here = { device: DEVICE, gate, at: NOW };
    return { nonce: nonces(), batch: BATCH, serial: ++serial, kind: 'enter', ...here };
  };
  await nextTurn();
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const stopTurns = watchTurns();
  const startedAt = performance.now();
  const all = await checkIns.sync(eventId);
  const whole = encodeGateSync(all);
  const synced = performance.now();
  for (let upload = 0; upload < UPLOADS; upload++)
    await checkIns.add(eventId, Array.from({ length: MAX_SCANS }, scan), 'user');
  const uploaded = performance.now();
  const answers = await Promise.all(Array.from({ length: CLAIMS }, () => checkIns.claim(eventId, scan(), 'user')));
  const claimed = performance.now();
  await checkIns.sync(eventId, all.cursor);
  await checkIns.admissions(eventId, 0);
  const seconds = (performance.now() - startedAt) / 1_000;
  delay.disable();
  const longestTurnMs = stopTurns();
  expect(all.inside.total === rows && all.used[0]?.used.length === rows / 8, 'all who entered are inside');
  expect(
    answers.every(({ verdict }) => verdict.kind === 'admitted'),
    'every claim is the first',
  );
  const figures = {
    longestTurnMs,
    longestDelayMs: delay.max / 1e6,
    usedSetBytes: all.used[0]?.used.length ?? Number.NaN,
    wholeSyncMs: synced - startedAt,
    scansPerSecond: (UPLOADS * MAX_SCANS * 1_000) / (uploaded - synced),
    claimsPerSecond: (CLAIMS * 1_000) / (claimed - uploaded),
  };
  return { seconds, bytes: whole.length, figures, usage: NOBODY };
}

/** The longest turn of the event loop in processor time of this thread, which other programs do not lengthen. */
function watchTurns(): () => number {
  const cpuMs = () => {
    const { user, system } = process.threadCpuUsage();
    return (user + system) / 1_000;
  };
  let longestMs = 0;
  let before = cpuMs();
  const look = () => {
    const now = cpuMs();
    longestMs = Math.max(longestMs, now - before);
    before = now;
    next = setImmediate(look);
  };
  let next = setImmediate(look);
  return () => {
    clearImmediate(next);
    return longestMs;
  };
}

function nonceSource(): () => string {
  let number = 0;
  return () => (++number).toString(16).padStart(32, '0');
}
