import { z } from 'zod';

/** Why something is sent once more, as data. */
const retryReasonSchema = z.discriminatedUnion('code', [
  z.object({ code: z.literal('timed-out') }),
  z.object({ code: z.literal('connection-lost') }),
  /** As from a venue's sign-in page. */
  z.object({ code: z.literal('foreign-answer') }),
  /** The server's own `problem` code; its `status` in HTTP. */
  z.object({ code: z.literal('refused'), problem: z.string().max(100), status: z.number().int() }),
]);
export type RetryReason = z.infer<typeof retryReasonSchema>;

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
