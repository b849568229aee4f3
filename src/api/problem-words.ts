import { ApiProblem, type ApiProblemCode } from './api-problem.ts';

/** An error in words, in the order people need them. */
export interface ProblemWords {
  readonly happened: string;
  /** What is not lost by it; empty where nothing was at stake. */
  readonly safe?: string;
  readonly todo: string;
  /** Small beneath, for whoever is asked for help. */
  readonly code: string;
}

const WORDS: Readonly<Partial<Record<ApiProblemCode, Omit<ProblemWords, 'code'>>>> = {
  unreachable: {
    happened: 'The server cannot be reached.',
    safe: 'What is kept on this device is safe.',
    todo: 'Check the network; it goes on by itself once the server answers.',
  },
  'timed-out': {
    happened: 'The server did not answer in time.',
    safe: 'What is kept on this device is safe.',
    todo: 'Try again in a moment.',
  },
  'not-signed-in': { happened: 'You are signed out.', safe: 'Nothing was lost.', todo: 'Sign in to go on.' },
  forbidden: { happened: 'Your role does not allow this.', todo: 'Ask an administrator of this server.' },
  'insecure-transport': {
    happened: 'Sign-in over an unencrypted connection is refused.',
    safe: 'Your password was not accepted here, and no session was made.',
    todo: 'Open this server by its https address, or on the machine itself as http://localhost.',
  },
  'cross-site': {
    happened: 'The server refused a request that seemed to come from another site.',
    safe: 'Nothing was changed.',
    todo: 'Open Ticketmint in a tab of its own and try again.',
  },
  'rate-limited': { happened: 'Too many attempts in a short time.', todo: 'Wait a minute, then try again.' },
  overloaded: { happened: 'The server is busy.', safe: 'Nothing was changed.', todo: 'Try again in a moment.' },
  'storage-full': {
    happened: 'The server’s disk is full.',
    safe: 'What it had stored before is safe.',
    todo: 'Free space on the server, then try again.',
  },
  'not-found': { happened: 'This does not exist, or no longer.', todo: 'Go back to the list.' },
  'event-not-found': { happened: 'This event does not exist.', todo: 'Go back to your events.' },
  'type-not-found': { happened: 'This ticket type does not exist.', todo: 'Reload the page.' },
  'type-in-use': {
    happened: 'Tickets of this type exist already.',
    safe: 'They stay as they are.',
    todo: 'Archive the type instead.',
  },
  'capacity-exceeded': {
    happened: 'That is more than the type’s capacity.',
    safe: 'Nothing was changed.',
    todo: 'Ask for fewer, or raise the capacity in Settings.',
  },
  'batch-not-declared': { happened: 'The server does not know this batch.', todo: 'Go back to the batches.' },
  'batch-sealed': {
    happened: 'This batch is closed.',
    safe: 'Its tickets on the server are safe.',
    todo: 'Mint a new batch for more.',
  },
  'chunk-not-found': {
    happened: 'These tickets are not on the server yet.',
    todo: 'Open the device that minted them, and let it upload.',
  },
  'correction-conflict': {
    happened: 'Somebody else has corrected this field meanwhile.',
    safe: 'What they wrote holds.',
    todo: 'Look at it, then correct it again if it is still wrong.',
  },
  'setup-done': { happened: 'This server is set up already.', todo: 'Sign in.' },
  'setup-token-invalid': {
    happened: 'This set-up link is not valid, or no longer.',
    todo: 'Use the newest link on the server’s console.',
  },
  internal: {
    happened: 'The server failed at this.',
    safe: 'What it had confirmed before is safe.',
    todo: 'Try again; if it stays, look at the server’s log.',
  },
};

/** Says an error in words: ours with what to do, others with their own message. */
export function wordsOf(error: unknown): ProblemWords {
  if (!(error instanceof ApiProblem)) {
    const message = error instanceof Error ? error.message : String(error);
    return { happened: 'Something failed on this page.', todo: 'Try again, or reload the page.', code: message };
  }
  const where = error.field === undefined ? '' : ` · ${error.field}: ${error.reason ?? 'not valid'}`;
  const code = `${error.code}${error.status === 0 ? '' : ` · ${error.status}`}${where}`;
  const words = WORDS[error.code];
  if (words !== undefined) return { ...words, code };
  return { happened: error.message, safe: 'Nothing was changed.', todo: 'Check what was entered.', code };
}
