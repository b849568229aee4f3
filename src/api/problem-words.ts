import { i18n, type MessageDescriptor } from '@lingui/core';
import { msg, t } from '@lingui/core/macro';
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

type ProblemMessages = Readonly<Record<'happened' | 'todo', MessageDescriptor> & { safe?: MessageDescriptor }>;

const WORDS: Readonly<Partial<Record<ApiProblemCode, ProblemMessages>>> = {
  unreachable: {
    happened: msg`The server cannot be reached.`,
    safe: msg`What is kept on this device is safe.`,
    todo: msg`Check the network; it goes on by itself once the server answers.`,
  },
  'timed-out': {
    happened: msg`The server did not answer in time.`,
    safe: msg`What is kept on this device is safe.`,
    todo: msg`Try again in a moment.`,
  },
  'not-signed-in': { happened: msg`You are signed out.`, safe: msg`Nothing was lost.`, todo: msg`Sign in to go on.` },
  forbidden: { happened: msg`Your role does not allow this.`, todo: msg`Ask an administrator of this server.` },
  'insecure-transport': {
    happened: msg`Sign-in over an unencrypted connection is refused.`,
    safe: msg`Your password was not accepted here, and no session was made.`,
    todo: msg`Open this server by its https address, or on the machine itself as http://localhost.`,
  },
  'cross-site': {
    happened: msg`The server refused a request that seemed to come from another site.`,
    safe: msg`Nothing was changed.`,
    todo: msg`Open Ticketmint in a tab of its own and try again.`,
  },
  'rate-limited': { happened: msg`Too many attempts in a short time.`, todo: msg`Wait a minute, then try again.` },
  overloaded: {
    happened: msg`The server is busy.`,
    safe: msg`Nothing was changed.`,
    todo: msg`Try again in a moment.`,
  },
  'storage-full': {
    happened: msg`The server’s disk is full.`,
    safe: msg`What it had stored before is safe.`,
    todo: msg`Free space on the server, then try again.`,
  },
  'not-found': { happened: msg`This does not exist, or no longer.`, todo: msg`Go back to the list.` },
  'event-not-found': { happened: msg`This event does not exist.`, todo: msg`Go back to your events.` },
  'type-not-found': { happened: msg`This ticket type does not exist.`, todo: msg`Reload the page.` },
  'type-in-use': {
    happened: msg`Tickets of this type exist already.`,
    safe: msg`They stay as they are.`,
    todo: msg`Archive the type instead.`,
  },
  'capacity-exceeded': {
    happened: msg`That is more than the type’s capacity.`,
    safe: msg`Nothing was changed.`,
    todo: msg`Ask for fewer, or raise the capacity in Settings.`,
  },
  'gate-in-use': {
    happened: msg`Devices are paired with this gate.`,
    safe: msg`Nothing was changed.`,
    todo: msg`Revoke them first.`,
  },
  'pairing-over': {
    happened: msg`This pairing code was used, taken back, or has expired.`,
    todo: msg`Make a new code on the admin’s screen, and scan it.`,
  },
  'device-unpaired': { happened: msg`This device is not paired any more.`, todo: msg`Pair it again.` },
  'batch-not-declared': { happened: msg`The server does not know this batch.`, todo: msg`Go back to the batches.` },
  'batch-sealed': {
    happened: msg`This batch is closed.`,
    safe: msg`Its tickets on the server are safe.`,
    todo: msg`Mint a new batch for more.`,
  },
  'chunk-not-found': {
    happened: msg`These tickets are not on the server yet.`,
    todo: msg`Open the device that minted them, and let it upload.`,
  },
  'correction-conflict': {
    happened: msg`Somebody else has corrected this field meanwhile.`,
    safe: msg`What they wrote holds.`,
    todo: msg`Look at it, then correct it again if it is still wrong.`,
  },
  'setup-done': { happened: msg`This server is set up already.`, todo: msg`Sign in.` },
  'setup-token-invalid': {
    happened: msg`This set-up link is not valid, or no longer.`,
    todo: msg`Use the newest link on the server’s console.`,
  },
  internal: {
    happened: msg`The server failed at this.`,
    safe: msg`What it had confirmed before is safe.`,
    todo: msg`Try again; if it stays, look at the server’s log.`,
  },
};

/** Says an error in words: ours with what to do, others with their own message. */
export function wordsOf(error: unknown): ProblemWords {
  if (!(error instanceof ApiProblem)) {
    const message = error instanceof Error ? error.message : String(error);
    return { happened: t`Something failed on this page.`, todo: t`Try again, or reload the page.`, code: message };
  }
  const where = error.field === undefined ? '' : ` · ${error.field}: ${error.reason ?? t`not valid`}`;
  const code = `${error.code}${error.status === 0 ? '' : ` · ${error.status}`}${where}`;
  const words = WORDS[error.code];
  if (words === undefined)
    return { happened: error.message, safe: t`Nothing was changed.`, todo: t`Check what was entered.`, code };
  const { happened, safe, todo } = words;
  return { happened: i18n._(happened), ...(safe && { safe: i18n._(safe) }), todo: i18n._(todo), code };
}
