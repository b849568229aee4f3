import { z } from 'zod';

/** Why something is sent once more, as data. */
export const retryReasonSchema = z.discriminatedUnion('code', [
  z.object({ code: z.literal('timed-out') }),
  z.object({ code: z.literal('connection-lost') }),
  /** As from a venue's sign-in page. */
  z.object({ code: z.literal('foreign-answer') }),
  /** The server's own `problem` code; its `status` in HTTP. */
  z.object({ code: z.literal('refused'), problem: z.string().max(100), status: z.number().int() }),
]);
export type RetryReason = z.infer<typeof retryReasonSchema>;

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
