import { type ErrorCode, TicketmintError } from '../errors.ts';
// By type only: workers that throw faults need no schemas.
import type { ExportFault, RecordFault } from './fault.ts';
import { exportFaultText, recordFaultText } from './fault-text.ts';

/** A record that cannot be written: `export-row-invalid`. The export goes on without it. */
export class RecordError extends TicketmintError {
  readonly fault: RecordFault;

  constructor(fault: RecordFault) {
    super('export-row-invalid', recordFaultText(fault));
    this.fault = fault;
  }
}

/** Why a record is set aside; of anything but a {@link RecordError}, that it could not be read. */
export function recordFaultOf(error: unknown): RecordFault {
  return error instanceof RecordError ? error.fault : { code: 'unreadable' };
}

/** What a caller can do about a fault; see {@link ErrorCode}. */
const CODES: Readonly<Record<ExportFault['code'], ErrorCode>> = {
  'server-unreachable': 'export-incomplete',
  'signed-out': 'export-incomplete',
  'tickets-missing': 'export-incomplete',
  'scans-unreachable': 'export-incomplete',
  'scans-signed-out': 'export-incomplete',
  'scans-changed': 'export-incomplete',
  'write-not-allowed': 'export-sink-failed',
  'file-in-use': 'export-sink-failed',
  'file-open': 'export-sink-failed',
  'not-replaced': 'export-sink-failed',
  'place-gone': 'export-sink-failed',
  'no-space': 'export-sink-failed',
  'folder-in-the-way': 'export-sink-failed',
  'write-failed': 'export-sink-failed',
  'file-size': 'export-incomplete',
  'columns-unexpected': 'export-incomplete',
  'entry-too-large': 'export-incomplete',
  'more-records': 'export-incomplete',
  'too-large-for-memory': 'export-sink-failed',
  'sort-too-large': 'export-sort-too-large',
  'qr-modules-too-small': 'layout-invalid',
  'ticket-too-small': 'layout-invalid',
  'no-sheet': 'layout-invalid',
  'background-missing': 'image-invalid',
  'picture-kind': 'image-invalid',
  'picture-damaged': 'image-invalid',
  'picture-interlaced': 'image-invalid',
  'picture-too-large': 'image-invalid',
  'font-missing': 'font-missing',
  'browser-closed': 'export-interrupted',
  'browser-gave-out': 'export-interrupted',
  'worker-stopped': 'export-interrupted',
  'storage-refused': 'export-sink-failed',
  'file-cleared': 'export-incomplete',
  unexpected: 'internal',
};

interface FaultOptions {
  readonly cause?: unknown;
  readonly retryable?: boolean;
  readonly details?: Record<string, unknown>;
  /** Unless it is the usual one of the fault. */
  readonly code?: ErrorCode;
}

/** An error that bears its fault in `details.fault`, so that it crosses threads. */
export function exportError(fault: ExportFault, { code, details, ...options }: FaultOptions = {}): TicketmintError {
  return new TicketmintError(code ?? CODES[fault.code], exportFaultText(fault), {
    ...options,
    details: { ...details, fault },
  });
}

/** Faults of errors that are not the export's own. */
const FAULTS: Partial<Record<ErrorCode, ExportFault>> = {
  internal: { code: 'worker-stopped' },
  'mint-storage-full': { code: 'no-space' },
  'mint-storage-lost': { code: 'storage-refused' },
};

/** Why something about an export failed, by whatever was thrown. */
export function exportFaultOf(error: unknown): ExportFault {
  if (!(error instanceof TicketmintError))
    return { code: 'unexpected', message: error instanceof Error ? error.message : String(error) };
  const { fault } = error.details;
  return isExportFault(fault) ? fault : (FAULTS[error.code] ?? { code: 'unexpected', message: error.message });
}

/** Of what {@link exportError} put there: only the code is looked at. */
function isExportFault(value: unknown): value is ExportFault {
  return typeof value === 'object' && value !== null && 'code' in value && Object.hasOwn(CODES, String(value.code));
}
