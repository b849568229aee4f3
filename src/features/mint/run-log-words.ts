import { i18n, type MessageDescriptor } from '@lingui/core';
import { msg, t } from '@lingui/core/macro';
import type { ProblemCode } from '../../../core/api/problem-codes.ts';
import type { RetryReason, RunLogEvent } from '../../../core/mint/run-log.ts';
import { formatCount, formatPercent, formatTenths } from '../../utils/format.ts';
import { isolated } from '../../utils/isolated.ts';
import { tookWords } from './words.ts';

/** A line of a run's log. */
export function runLogWords(event: RunLogEvent): string {
  switch (event.code) {
    case 'part-saved':
      return savedWords(event);
    case 'part-retried': {
      const [part, attempt] = [formatCount(event.part), formatCount(event.attempt)];
      const [reason, seconds] = [retryWords(event.reason), formatTenths(event.waitMs / 1_000)];
      return t`Retry ${attempt} of part ${part} of batch ${{ batch: isolated(event.batch) }}: ${reason}, waiting ${seconds} s`;
    }
    case 'part-refused':
      return t`Part ${{ part: formatCount(event.part) }} of batch ${{ batch: isolated(event.batch) }} was refused: ${{ reason: refusalWords(event) }}`;
    case 'batch-refused':
      return t`The server refused the batch ${{ batch: isolated(event.batch) }}: ${{ reason: refusalWords(event) }}`;
    case 'seal-refused':
      return t`The server did not close the batch ${{ batch: isolated(event.batch) }}: ${{ reason: refusalWords(event) }}`;
    case 'done':
      return t`Done: ${{ tickets: formatCount(event.tickets) }} of ${{ total: formatCount(event.of) }} tickets on the server, ${{ time: tookWords(event.tookMs) }}`;
    case 'cancelled':
      return t`Cancelled: ${{ tickets: formatCount(event.tickets) }} of ${{ total: formatCount(event.of) }} tickets on the server, ${{ time: tookWords(event.tookMs) }}`;
  }
}

function savedWords(event: Extract<RunLogEvent, { readonly code: 'part-saved' }>): string {
  const [part, parts, ofParts] = [formatCount(event.part), formatCount(event.parts), formatCount(event.ofParts)];
  const [tickets, ofTickets] = [formatCount(event.tickets), formatCount(event.ofTickets)];
  const percent = formatPercent(event.parts, event.ofParts);
  return t`Saved part ${part} of batch ${{ batch: isolated(event.batch) }}: ${parts} of ${ofParts} (${percent}), ${tickets} of ${ofTickets} tickets on the server`;
}

/** Why something is sent once more. */
export function retryWords(reason: RetryReason): string {
  switch (reason.code) {
    case 'timed-out':
      return t`no answer in time`;
    case 'connection-lost':
      return t`connection lost`;
    case 'foreign-answer':
      return t`an answer that is not the server’s`;
    case 'refused':
      return `${problemWords(reason.problem, reason.problem)} · ${reason.status}`;
  }
}

const PROBLEMS: Partial<Record<ProblemCode, MessageDescriptor>> = {
  'batch-conflict': msg`another batch has its key or its number`,
  'batch-not-declared': msg`the server does not know the batch`,
  'batch-sealed': msg`the batch is closed`,
  'capacity-exceeded': msg`more than the type’s capacity`,
  'chunk-conflict': msg`the server has other tickets in its place`,
  'chunk-invalid': msg`it is not valid`,
  'digest-mismatch': msg`it was damaged on the way`,
  'event-not-found': msg`the event does not exist`,
  internal: msg`the server failed at it`,
  'not-valid': msg`it is not valid`,
  overloaded: msg`the server is busy`,
  'rate-limited': msg`the server is busy`,
  'signature-invalid': msg`its signatures are not the batch’s`,
  'storage-full': msg`the server’s disk is full`,
  'too-large': msg`it is too large`,
  'type-not-found': msg`the ticket type does not exist`,
};

function refusalWords({ problem, detail }: { readonly problem: string; readonly detail: string }): string {
  return `${problemWords(problem, detail)} (${problem})`;
}

/** What the server refused with; of problems that we have no words for, what it said itself. */
function problemWords(problem: string, otherwise: string): string {
  const words = Object.hasOwn(PROBLEMS, problem) ? PROBLEMS[problem as ProblemCode] : undefined;
  return words === undefined ? otherwise : i18n._(words);
}
