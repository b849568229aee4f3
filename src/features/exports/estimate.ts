import { plural, t } from '@lingui/core/macro';
import type { RecordKind } from '../../../core/export/format.ts';
import type { Trial } from '../../../core/export/preview.ts';
import type { FormatId } from '../../../core/export/registry.ts';
import type { ConnectionState } from '../../api/connection.ts';
import type { ExportRecord } from '../../database/database.ts';
import { formatBytes } from '../../utils/format.ts';
import type { BatchView } from '../batches/batch-view.ts';
import type { FormatPreview } from './use-previews.ts';

/** Exports of fewer records say more about starting than about writing. */
const TELLING_RECORDS = 1_000;
/** The last ones of a format tell of this device as it is now. */
const LAST = 3;

/** What an export is going to take; null where nothing tells yet. */
export interface Estimate {
  readonly records: number | null;
  /** Whether the records were counted, and not guessed from the first ones. */
  readonly isExact: boolean;
  readonly bytes: number | null;
  readonly durationMs: number | null;
  /** What the time is taken from: earlier exports on this device, or a trial on the first records. */
  readonly basis: 'history' | 'trial' | null;
}

/** All formats of a plan in sum; sizes from a trial on their very options, times from earlier exports where there are any. */
export function estimateExport(previews: readonly FormatPreview[], history: readonly ExportRecord[]): Estimate {
  const parts = previews.map(({ formatId, preview }) => {
    const records = preview?.records ?? null;
    const rate = msPerRecord(formatId, history);
    const trial = preview?.trial ?? null;
    return {
      records,
      isExact: preview?.isExact ?? false,
      bytes: records === null ? null : sizeOf(records, trial),
      durationMs: records === null ? null : timeOf(records, rate, trial),
      basis: rate === null ? ('trial' as const) : ('history' as const),
    };
  });
  return {
    records: parts[0]?.records ?? null,
    isExact: parts.length > 0 && parts.every(({ isExact }) => isExact),
    bytes: total(parts.map(({ bytes }) => bytes)),
    durationMs: total(parts.map(({ durationMs }) => durationMs)),
    basis: parts.some(({ durationMs }) => durationMs === null) ? null : basisOf(parts),
  };
}

function basisOf(parts: readonly { readonly basis: 'history' | 'trial' }[]): 'history' | 'trial' | null {
  if (parts.length === 0) return null;
  return parts.every(({ basis }) => basis === 'history') ? 'history' : 'trial';
}

function sizeOf(records: number, trial: Trial | null): number | null {
  if (trial === null) return records === 0 ? 0 : null;
  return trial.fixedBytes + records * trial.bytesPerRecord;
}

function timeOf(records: number, rate: number | null, trial: Trial | null): number | null {
  if (rate !== null) return records * rate;
  if (trial === null) return records === 0 ? 0 : null;
  return trial.fixedMs + records * trial.msPerRecord;
}

function total(parts: readonly (number | null)[]): number | null {
  return parts.reduce((sum, part) => (sum === null || part === null ? null : sum + part), 0);
}

/** How long this device took for one record of the format, lately; the median, as some had to wait for others. */
function msPerRecord(formatId: FormatId, history: readonly ExportRecord[]): number | null {
  const telling = history
    .filter((record) => record.formatId === formatId && (record.manifest?.records ?? 0) >= TELLING_RECORDS)
    .slice(0, LAST)
    .map(({ startedAt, finishedAt, manifest }) => ((finishedAt ?? startedAt) - startedAt) / (manifest?.records ?? 1));
  return telling.sort((left, right) => left - right)[Math.floor(telling.length / 2)] ?? null;
}

interface NotesInput {
  readonly source: RecordKind;
  readonly batches: readonly BatchView[];
  readonly estimate: Estimate;
  readonly connectionState: ConnectionState;
  /** What a download may take; null where the browser does not say. */
  readonly bytesAvailable: number | null;
  /** Whether it can go straight to the disk. */
  readonly canPick: boolean;
}

/** What may go otherwise than one thinks. */
export function exportNotes(input: NotesInput): readonly string[] {
  const { source, estimate, bytesAvailable, canPick } = input;
  const notes = [
    ...(source === 'tickets'
      ? ticketNotes(input)
      : [t`Scans that reach the server after the start are not in the file.`]),
    bytesAvailable !== null &&
      (estimate.bytes ?? 0) > bytesAvailable &&
      (canPick
        ? t`The browser offers ${{ size: formatBytes(bytesAvailable) }} for a download. Choose a folder or a file on the disk instead.`
        : t`The browser offers ${{ size: formatBytes(bytesAvailable) }} for a download. Export fewer at a time, or open Ticketmint in Chrome or Edge, which save straight to the disk.`),
  ];
  return notes.filter((note) => note !== false);
}

function ticketNotes({ batches, connectionState }: NotesInput): readonly (string | false)[] {
  const missing = batches
    .filter(({ state }) => state === 'minting' || state === 'elsewhere' || state === 'uploading')
    .reduce((sum, { count, minted }) => sum + count - minted, 0);
  const elsewhere = batches.reduce((sum, { minted, buffered }) => sum + Math.max(0, minted - buffered), 0);
  return [
    missing > 0 &&
      plural(missing, {
        one: '# more ticket is still being minted or uploaded; the file holds those that exist when it is written.',
        other: '# more tickets are still being minted or uploaded; the file holds those that exist when it is written.',
      }),
    connectionState !== 'online' &&
      (elsewhere > 0
        ? plural(elsewhere, {
            one: 'The server cannot be reached now, and # of the tickets is there only.',
            other: 'The server cannot be reached now, and # of the tickets are there only.',
          })
        : t`The server cannot be reached now: corrections and revocations are those this device last heard of.`),
  ];
}
