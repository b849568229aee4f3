import { z } from 'zod';
import { isColumnName, MAX_CHUNK_SIZE, MAX_FIELD_LENGTH, MIN_CHUNK_SIZE } from '../chunk/chunk.ts';
import { MAX_SERIAL } from '../ticket/token.ts';
import { timestampSchema, typeIndexSchema } from './event.ts';

export const batchIdSchema = z.string().regex(/^[0-9a-f]{12}$/);
export const seqSchema = z.number().int().min(0).max(MAX_SERIAL);
export const serialSchema = z.number().int().min(1).max(MAX_SERIAL);
/** 128 random bits in hex: names one press of the mint button, which may make several batches. */
const runIdSchema = z.string().regex(/^[0-9a-f]{32}$/);

/** `PUT /api/events/{event}/batches/{batch}` without its proof. */
export const batchDeclarationSchema = z.object({
  /** base64url without padding, 32 bytes. */
  publicKey: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
  typeIndex: typeIndexSchema,
  count: z.number().int().min(1).max(10_000_000),
  /** Fixed per batch; only the last chunk is shorter. */
  chunkSize: z.number().int().min(MIN_CHUNK_SIZE).max(MAX_CHUNK_SIZE),
  notBefore: timestampSchema.nullable(),
  notAfter: timestampSchema.nullable(),
  runId: runIdSchema,
  keyProtection: z.enum(['webcrypto', 'software']),
  /** Present on a batch that was made to rehearse or to try things out: its tickets never pass in earnest. */
  rehearsal: z.literal(true).optional(),
});
export type BatchDeclaration = z.infer<typeof batchDeclarationSchema>;

export const batchManifestSchema = batchDeclarationSchema.extend({
  /** The batch key's signature over {@link declarationMessage}, base64url, 64 bytes. */
  proof: z.string().regex(/^[A-Za-z0-9_-]{86}$/),
});
export type BatchManifest = z.infer<typeof batchManifestSchema>;

/**
 * The bytes that `proof` signs: ASCII `ticketmint/declare/1\n`, the event's id, `\n`, then the declaration as JSON with
 * its keys in the order of {@link batchDeclarationSchema} and no white space; `rehearsal` stands in it only where it is
 * true. Naming the event binds the batch to it.
 */
export function declarationMessage(eventId: string, declaration: BatchDeclaration): Uint8Array<ArrayBuffer> {
  const { publicKey, typeIndex, count, chunkSize, notBefore, notAfter, runId, keyProtection, rehearsal } = declaration;
  const ordered = { publicKey, typeIndex, count, chunkSize, notBefore, notAfter, runId, keyProtection, rehearsal };
  return new TextEncoder().encode(`ticketmint/declare/1\n${eventId}\n${JSON.stringify(ordered)}`);
}

const sealReasonSchema = z.enum(['complete', 'cancelled', 'lost']);
export type SealReason = z.infer<typeof sealReasonSchema>;
/** `POST /api/events/{event}/batches/{batch}/seal` */
export const sealRequestSchema = z.object({ reason: sealReasonSchema });

const seqRangesSchema = z.array(z.tuple([seqSchema, seqSchema]));

/** `GET /api/events/{event}/batches/{batch}`, and the items of the list without `acknowledged`. */
export const batchStatusSchema = z.object({
  id: batchIdSchema,
  ...batchDeclarationSchema.shape,
  state: z.enum(['open', 'sealed']),
  sealReason: sealReasonSchema.nullable(),
  sealedAt: timestampSchema.nullable(),
  declaredAt: timestampSchema,
  /** The name of who declared it. */
  declaredBy: z.string(),
  /**
   * Which administrator lets gates have it, and since when; null while none does, and gates do not know it. Absent where
   * nobody's approval was asked for.
   */
  approval: z.object({ at: timestampSchema, by: z.string() }).nullable().optional(),
  /** When its last chunk was stored; when it was declared before the first. */
  activeAt: timestampSchema,
  /** Tickets in stored chunks. */
  stored: z.number().int(),
  /** Tickets whose signatures have all been verified. */
  verified: z.number().int(),
  /** Tickets in chunks that failed verification: none of them is let in. */
  quarantined: z.number().int(),
  revoked: z.number().int(),
  personalised: z.boolean(),
});
export type BatchStatus = z.infer<typeof batchStatusSchema>;

export const batchDetailSchema = batchStatusSchema.extend({
  /** Stored seqs as inclusive pairs: what a client that lost its store may rely on. */
  acknowledged: seqRangesSchema,
});
export type BatchDetail = z.infer<typeof batchDetailSchema>;

/** The answer to a stored chunk (201, or 200 when the same content was stored before). */
export const chunkReceiptSchema = z.object({ batch: batchIdSchema, seq: seqSchema, count: z.number().int() });
export type ChunkReceipt = z.infer<typeof chunkReceiptSchema>;

/**
 * 128 random bits in hex, chosen by whoever makes a change: sent again, as after a lost reply, the same nonce is the same
 * change, and is made once.
 */
export const nonceSchema = z.string().regex(/^[0-9a-f]{32}$/);

/** `POST /api/events/{event}/revocations`: an inclusive range of serials of one batch. */
export const revocationInputSchema = z
  .object({
    batch: batchIdSchema,
    from: serialSchema,
    to: serialSchema,
    reason: z.string().trim().min(1).max(200),
    nonce: nonceSchema.optional(),
  })
  .refine((range) => range.to >= range.from, { path: ['to'], message: 'expected the end at or after the start' });
export type RevocationInput = z.infer<typeof revocationInputSchema>;

export const revocationSchema = z.object({
  ...revocationInputSchema.shape,
  id: z.number().int(),
  createdAt: timestampSchema,
  createdBy: z.string(),
  /** Null while it holds; when it was taken back otherwise. Seals cannot be taken back. */
  undoneAt: timestampSchema.nullable(),
  /** How its batch was closed, where that revoked them: serials that the batch never had. */
  seal: sealReasonSchema.optional(),
});
export type Revocation = z.infer<typeof revocationSchema>;

const correctedFieldSchema = z.object({
  serial: serialSchema,
  column: z.string().refine(isColumnName, 'expected a column name'),
  value: z
    .string()
    .max(MAX_FIELD_LENGTH)
    .refine((text) => text.isWellFormed(), 'expected well-formed text')
    .nullable(),
  nonce: nonceSchema.optional(),
});

/** `POST /api/events/{event}/batches/{batch}/corrections`: an overlay; the stored chunk never changes. */
export const correctionInputSchema = correctedFieldSchema.extend({
  /**
   * The `createdAt` of the field's newest correction that the person saw, null for none. Another one in the store is a
   * conflict; without this the newest wins.
   */
  basedOn: timestampSchema.nullable().optional(),
});
export type CorrectionInput = z.infer<typeof correctionInputSchema>;

export const correctionSchema = correctedFieldSchema.extend({
  batch: batchIdSchema,
  createdAt: timestampSchema,
  createdBy: z.string(),
});
export type Correction = z.infer<typeof correctionSchema>;

/** `GET /api/events/{event}/tickets?q=…`: by short code, serial, token, seat, name, e-mail or reference. */
const ticketHitSchema = z.object({
  batch: batchIdSchema,
  serial: serialSchema,
  /** What matched: `code`, `serial`, `token`, or `text` (a column of the ticket). */
  matched: z.enum(['code', 'serial', 'token', 'text']),
});
export type TicketHit = z.infer<typeof ticketHitSchema>;
export const ticketSearchSchema = z.object({
  hits: z.array(ticketHitSchema),
  /** Tickets of the event that the search does not know yet, because their chunks are still being indexed. */
  notYetIndexed: z.number().int(),
});
export type TicketSearch = z.infer<typeof ticketSearchSchema>;
