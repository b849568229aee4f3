// By type only: workers that log need no schemas.
import type { RetryReason, RunLogEvent } from './run-log.ts';

/** A line of the log in English, for whoever is asked for help: the saved file, the console. */
export function runLogText(event: RunLogEvent): string {
  switch (event.code) {
    case 'part-saved': {
      const { part, parts, ofParts, tickets, ofTickets } = event;
      const percent = Math.floor((100 * parts) / ofParts);
      return `Saved part ${part} of batch ${event.batch}: ${parts} of ${ofParts} (${percent} %), ${tickets} of ${ofTickets} tickets on the server`;
    }
    case 'part-retried':
      return `Retry ${event.attempt} of part ${event.part} of batch ${event.batch}: ${retryReasonText(event.reason)}, waiting ${Math.round(event.waitMs)} ms`;
    case 'part-refused':
      return `Part ${event.part} of batch ${event.batch} was refused: ${refusalText(event)}`;
    case 'batch-refused':
      return `The server refused the batch ${event.batch}: ${refusalText(event)}`;
    case 'seal-refused':
      return `Sealing ${event.batch}: ${refusalText(event)}`;
    case 'done':
      return `Done: ${resultText(event)}`;
    case 'cancelled':
      return `Cancelled: ${resultText(event)}`;
  }
}

function refusalText({ problem, detail }: { readonly problem: string; readonly detail: string }): string {
  return `${detail} (${problem})`;
}

function resultText({
  tickets,
  of,
  tookMs,
}: {
  readonly tickets: number;
  readonly of: number;
  readonly tookMs: number;
}) {
  return `${tickets} of ${of} tickets on the server, ${(tookMs / 1_000).toFixed(1)} s`;
}

/** In English, for logs. */
export function retryReasonText(reason: RetryReason): string {
  switch (reason.code) {
    case 'timed-out':
      return 'no answer in time';
    case 'connection-lost':
      return 'connection lost';
    case 'foreign-answer':
      return 'an answer that is not the server’s';
    case 'refused':
      return `${reason.problem} (${reason.status})`;
  }
}
