import type { QueryClient } from '@tanstack/react-query';
import { liveQuery } from 'dexie';
import { MAX_SCANS, type Scan, type ScanResult, scanResultsSchema } from '../../../core/api/gate.ts';
import { type Gate, gateSchema } from '../../../core/api/gate-device.ts';
import { backoffDelayMs } from '../../../core/upload/backoff.ts';
import { ApiProblem } from '../../api/api-problem.ts';
import { api } from '../../api/client.ts';
import { connection } from '../../api/connection.ts';
import { relaxedDatabase } from '../../database/database.ts';
import { countWaitingScans, putOwnGate, settleScans, waitingGates, waitingScans } from '../../database/hub-records.ts';
import { wakeSource } from '../gate/wake-source.ts';
import { storeHealth } from '../store/store-health.ts';

/** One sender at a time on a device; the next tab takes over when this one goes. */
const LOCK = 'ticketmint-hub-sender';
/** How long to wait without being woken, for a sign-in or a batch that is still to be declared. */
const IDLE_MS = 30_000;
const REQUEST = { timeout: 30_000, retry: 0 } as const;

let isStarted = false;

/**
 * Sends the gates that were made here, then the scans that gates' files have brought, as long as this page lives. Sent again,
 * as after a lost reply, both are the same.
 */
export function ensureScanSender(queryClient: QueryClient): void {
  if (isStarted) return;
  isStarted = true;
  const wakes = wakeSource();
  connection.subscribe(() => wakes.wakeWorld());
  // What cannot be read now is read again after the idle time.
  liveQuery(nextBatch).subscribe(
    () => wakes.wake(),
    () => undefined,
  );
  liveQuery(waitingGates).subscribe(
    () => wakes.wake(),
    () => undefined,
  );
  void navigator.locks.request(LOCK, async () => {
    for (let failures = 0; ; ) {
      const news = wakes.next('news');
      const world = wakes.next('world');
      try {
        const hasSent = connection.state === 'online' && (await sendNext(queryClient));
        failures = 0;
        if (!hasSent) await news(IDLE_MS);
      } catch (error) {
        if (!(error instanceof ApiProblem)) await storeHealth.report(error);
        const waitMs = error instanceof ApiProblem ? error.retryAfterMs : IDLE_MS;
        await world(waitMs ?? backoffDelayMs(failures++, Math.random));
      }
    }
  });
}

/** @returns whether there was something to send. */
async function sendNext(queryClient: QueryClient): Promise<boolean> {
  const [own] = await waitingGates();
  if (own !== undefined) {
    await sendGate(own.eventId, own.gate);
    await queryClient.invalidateQueries({ queryKey: ['events', own.eventId, 'gates'] });
    return true;
  }
  const batch = await nextBatch();
  if (batch === undefined) return false;
  const { eventId, scans } = batch;
  await settleScans(eventId, scans, await sendScans(eventId, scans));
  return true;
}

async function sendScans(
  eventId: string,
  scans: readonly Scan[],
): Promise<readonly Pick<ScanResult, 'nonce' | 'seq'>[]> {
  try {
    const sent = api.post(`events/${eventId}/scans`, { ...REQUEST, json: { scans } });
    return (await sent.json(scanResultsSchema)).results;
  } catch (error) {
    // Those of an event that the server does not have are not to stand before those of others.
    if (!(error instanceof ApiProblem) || error.code !== 'event-not-found') throw error;
    return scans.map(({ nonce }) => ({ nonce, seq: null }));
  }
}

async function sendGate(eventId: string, own: Gate): Promise<void> {
  const { archivedAt: _, createdAt: __, ...input } = own;
  try {
    const gate = await api.post(`events/${eventId}/gates`, { ...REQUEST, json: input }).json(gateSchema);
    await putOwnGate(eventId, { gate, state: 'sent' });
  } catch (error) {
    // It will not become right by itself; scans name the gate by its id all the same.
    const isForGood = error instanceof ApiProblem && (error.code === 'not-valid' || error.status === 404);
    if (!isForGood) throw error;
    await putOwnGate(eventId, { gate: own, state: 'refused' });
  }
}

/** The next scans that can be sent: the server would refuse those of a batch that it is yet to be told of. */
async function nextBatch() {
  const waiting = await countWaitingScans();
  if (waiting.length === 0) return undefined;
  const batches = await relaxedDatabase().batches.toArray();
  const undeclared = batches.filter(({ declared, sealed }) => !declared && sealed === null).map(({ id }) => id);
  for (const { eventId } of waiting) {
    const scans = await waitingScans(eventId, MAX_SCANS, new Set(undeclared));
    if (scans.length > 0) return { eventId, scans };
  }
  return undefined;
}
