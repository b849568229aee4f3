import { MAX_SCANS, type Scan, scanResultsSchema } from '../../../core/api/gate.ts';
import { api } from '../../api/client.ts';
import { forgetGate, GateDatabase, isGateKept, isScanUnsent } from '../../database/gate-database.ts';

/** Scans of this device that only this device has, and that it does not send by itself. */
export interface LeftScans {
  readonly eventId: string;
  readonly scans: readonly Scan[];
}

/** What this device was left with by pairings that are over. @param own the event that it is paired with now, which goes up by itself. */
export async function readLeftScans(own: string | undefined): Promise<LeftScans[]> {
  if (!(await isGateKept())) return [];
  const database = new GateDatabase();
  try {
    const rows = await database.scans.filter((row) => isScanUnsent(row) && row.eventId !== own).sortBy('order');
    const byEvent = Map.groupBy(rows, ({ eventId }) => eventId);
    return [...byEvent].map(([eventId, left]) => ({ eventId, scans: left.map(({ scan }) => scan) }));
  } finally {
    database.close();
  }
}

/**
 * Sends them in the name of whoever is signed in, who has to be of the crew. Sent again, they are the same.
 * @throws {ApiProblem}
 */
export async function sendLeftScans(left: readonly LeftScans[], own: string | undefined): Promise<void> {
  const database = new GateDatabase();
  try {
    for (const { eventId, scans } of left)
      for (let start = 0; start < scans.length; start += MAX_SCANS) {
        const json = { scans: scans.slice(start, start + MAX_SCANS) };
        const { results } = await api.post(`events/${eventId}/scans`, { json }).json(scanResultsSchema);
        const changes = results.map(({ nonce, seq }) => ({ key: nonce, changes: { seq, isRefused: seq === null } }));
        await database.scans.bulkUpdate(changes);
      }
  } finally {
    database.close();
  }
  if (own === undefined) await forgetGate();
}
