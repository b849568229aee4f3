import type { Scan } from '../../core/api/gate.ts';
import type { GateDevice } from '../../core/api/gate-device.ts';
import { callApi } from './api.ts';
import type { TestServer } from './server.ts';

const MINUTE_MS = 60_000;
/** As many as one request takes. */
const REQUEST_SCANS = 100;

interface SeededScans {
  readonly eventId: string;
  /** At least 400 tickets; those from 41 to 60 are not touched. */
  readonly batchId: string;
  /** Two at least, each with a gate. */
  readonly devices: readonly Pick<GateDevice, 'id' | 'gateId'>[];
}

/** An evening at the doors, up to now: 300 come, more and more of them at once, 24 leave, two tickets let in twice. */
export async function seedScans(server: TestServer, { eventId, batchId, devices }: SeededScans): Promise<void> {
  const now = Date.now();
  const scanOf = (serial: number, minutesAgo: number, kind: Scan['kind'] = 'enter', door = serial % 3): Scan => {
    const device = devices[door === 0 ? 1 : 0];
    if (device === undefined) throw new TypeError('devices: expected two');
    const nonce = crypto.randomUUID().replaceAll('-', '');
    const at = now - Math.round(minutesAgo * MINUTE_MS);
    return { nonce, batch: batchId, serial, kind, at, device: device.id, gate: device.gateId };
  };
  const entries = Array.from({ length: 300 }, (_, index) => scanOf(100 + index, 150 * (1 - index / 300) ** 0.6 + 2));
  const exits = Array.from({ length: 24 }, (_, index) => scanOf(100 + index, 40 - index, 'exit'));
  const doubles = [120, 222].map((serial) => scanOf(serial, serial / 10, 'enter', (serial + 1) % 3));
  const scans = [...entries, ...exits, ...doubles];
  for (let from = 0; from < scans.length; from += REQUEST_SCANS)
    await callApi(server, 'POST', `/events/${eventId}/scans`, { scans: scans.slice(from, from + REQUEST_SCANS) });
}
