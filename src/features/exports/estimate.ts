import type { ConnectionState } from '../../api/connection.ts';
import type { ExportRecord } from '../../database/database.ts';
import { formatBytes, formatCount } from '../../utils/format.ts';
import type { BatchView } from '../batches/batch-view.ts';

/** Of a ticket with all usual columns and no personal ones, and of a slow tablet: used until this device has exported once. */
const USUAL_BYTES = 300;
const USUAL_RATE = 50_000;

export interface Estimate {
  readonly tickets: number;
  readonly bytes: number;
  readonly durationMs: number;
}

/** How much it will be, from the last exports on this device where there are any. */
export function estimateExport(batches: readonly BatchView[], history: readonly ExportRecord[]): Estimate {
  const tickets = batches.reduce((sum, { minted }) => sum + minted, 0);
  const measured = history.filter(({ manifest }) => (manifest?.records ?? 0) >= 1_000).slice(0, 3);
  const sum = (amountOf: (record: ExportRecord) => number) =>
    measured.reduce((total, record) => total + amountOf(record), 0);
  const records = sum(({ manifest }) => manifest?.records ?? 0);
  const bytesPerTicket = records === 0 ? USUAL_BYTES : sum(({ manifest }) => manifest?.bytes ?? 0) / records;
  const tookMs = sum(({ startedAt, finishedAt }) => (finishedAt ?? startedAt) - startedAt);
  const msPerTicket = records === 0 ? 1_000 / USUAL_RATE : tookMs / records;
  return { tickets, bytes: tickets * bytesPerTicket, durationMs: tickets * msPerTicket };
}

interface NotesInput {
  readonly batches: readonly BatchView[];
  readonly estimate: Estimate;
  readonly connectionState: ConnectionState;
  /** What the browser still offers this site; null where it does not say. */
  readonly bytesAvailable: number | null;
}

/** What may go otherwise than one thinks. */
export function exportNotes({ batches, estimate, connectionState, bytesAvailable }: NotesInput): readonly string[] {
  const missing = batches
    .filter(({ state }) => state === 'minting' || state === 'elsewhere' || state === 'uploading')
    .reduce((sum, { count, minted }) => sum + count - minted, 0);
  const elsewhere = batches.reduce((sum, { minted, buffered }) => sum + Math.max(0, minted - buffered), 0);
  const notes = [
    missing > 0 &&
      `${formatCount(missing)} more tickets are still being minted or uploaded; the file holds those that exist when it is written.`,
    connectionState !== 'online' &&
      (elsewhere > 0
        ? `The server cannot be reached now, and ${formatCount(elsewhere)} of the tickets are there only.`
        : 'The server cannot be reached now: corrections and revocations are those this device last heard of.'),
    bytesAvailable !== null &&
      estimate.bytes > bytesAvailable &&
      `The browser offers ${formatBytes(bytesAvailable)} for a download. Choose a folder or a file on the disk instead.`,
  ];
  return notes.filter((note) => note !== false);
}
