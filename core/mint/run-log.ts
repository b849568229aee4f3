import { z } from 'zod';
import { retryReasonSchema, retryReasonText } from '../upload/retry-reason.ts';

const count = z.number().int().min(0);
/** The batch's id, and the part of it, from 1. */
const batch = z.string().max(40);
const ofPart = { batch, part: count };
/** What the server said: its problem's code, and its own English. */
const refusal = { problem: z.string().max(100), detail: z.string().max(5_000) };
const result = { tickets: count, of: count, tookMs: z.number().min(0) };

/** What a run's log tells, as data. */
export const runLogEventSchema = z.discriminatedUnion('code', [
  /** Parts and tickets of the batch that the server has now. */
  z.object({
    code: z.literal('part-saved'),
    ...ofPart,
    parts: count,
    ofParts: count,
    tickets: count,
    ofTickets: count,
  }),
  /** `attempt`: 1 for the first repetition, begun after `waitMs`. */
  z.object({
    code: z.literal('part-retried'),
    ...ofPart,
    attempt: count,
    reason: retryReasonSchema,
    waitMs: z.number(),
  }),
  z.object({ code: z.literal('part-refused'), ...ofPart, ...refusal }),
  z.object({ code: z.literal('batch-refused'), batch, ...refusal }),
  z.object({ code: z.literal('seal-refused'), batch, ...refusal }),
  z.object({ code: z.literal('done'), ...result }),
  z.object({ code: z.literal('cancelled'), ...result }),
]);
export type RunLogEvent = z.infer<typeof runLogEventSchema>;

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
