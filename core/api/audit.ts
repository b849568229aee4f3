import { z } from 'zod';
import { timestampSchema } from './event.ts';

/**
 * One line of the audit log, newest first in `GET /api/audit?before=SEQ&limit=N`. Each line's hash covers the line
 * before it, so that a line edited, deleted or moved afterwards breaks the chain.
 */
export const auditEntrySchema = z.object({
  seq: z.number().int().min(1),
  at: timestampSchema,
  /** The id of who did it; `system` for the server itself. */
  actorId: z.string(),
  /** Verb and noun, such as `batch.declare`. */
  action: z.string(),
  /** What it was done to, such as an event's or a batch's id. */
  subject: z.string(),
  /** Plain facts about the act; never a name, an address or another personal value. */
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  /** SHA-256 of the line before, in hex; 64 zeros before the first. */
  previousHash: z.string(),
  hash: z.string(),
});
export type AuditEntry = z.infer<typeof auditEntrySchema>;

/** `GET /api/audit/verification`: whether the chain holds, and the first line where it does not. */
export const auditVerificationSchema = z.object({ intact: z.boolean(), brokenAt: z.number().int().nullable() });
