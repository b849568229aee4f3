import { TicketmintError } from '../../core/errors.ts';

/** Why a file could not be written, by the name of what the browser threw. */
const WORDS: Readonly<Record<string, string>> = {
  NotAllowedError: 'the browser does not allow writing there any more',
  NoModificationAllowedError: 'the file is in use by another tab or program',
  InvalidStateError: 'the file is open in another program',
  AbortError: 'the browser refused to put the file in its place',
  NotFoundError: 'the file or folder is not there any more',
  QuotaExceededError: 'there is no space left',
  TypeMismatchError: 'a folder has the name of the file',
};

/** What a failed write, close or open of a file means: `export-sink-failed`, with the browser's name for it in `details.name`. */
export function sinkErrorOf(error: unknown): TicketmintError {
  if (error instanceof TicketmintError) return error;
  const name = error instanceof Error ? error.name : 'unknown';
  const words = WORDS[name] ?? 'the file could not be written';
  return new TicketmintError('export-sink-failed', words, { cause: error, retryable: true, details: { name } });
}

/** For the end of a chain that opens or writes a file. */
export function throwSinkError(error: unknown): never {
  throw sinkErrorOf(error);
}
