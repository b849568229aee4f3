import { TicketmintError } from '../../core/errors.ts';
import type { ExportFault } from '../../core/export/fault.ts';
import { exportError } from '../../core/export/fault-error.ts';

/** Why a file could not be written, by the name of what the browser threw. */
const FAULTS: Readonly<Record<string, ExportFault>> = {
  NotAllowedError: { code: 'write-not-allowed' },
  NoModificationAllowedError: { code: 'file-in-use' },
  InvalidStateError: { code: 'file-open' },
  AbortError: { code: 'not-replaced' },
  NotFoundError: { code: 'place-gone' },
  QuotaExceededError: { code: 'no-space' },
  TypeMismatchError: { code: 'folder-in-the-way' },
};

/** What a failed write, close or open of a file means: `export-sink-failed`, with the browser's name for it in `details.name`. */
export function sinkErrorOf(error: unknown): TicketmintError {
  if (error instanceof TicketmintError) return error;
  const name = error instanceof Error ? error.name : 'unknown';
  return exportError(FAULTS[name] ?? { code: 'write-failed' }, { cause: error, retryable: true, details: { name } });
}

/** For the end of a chain that opens or writes a file. */
export function throwSinkError(error: unknown): never {
  throw sinkErrorOf(error);
}
