import { z } from 'zod';
import { batchIdSchema, serialSchema } from './batch.ts';
import { timestampSchema } from './event.ts';

/**
 * How far a device is with a pack: where the server is in its log of chunks, and of corrections, with a part of the last chunk's
 * hash, so that a server that was restored is told from the one before.
 */
export const packCursorSchema = z.string().regex(/^\d{1,15}\.[0-9a-f]{8}\.\d{1,15}$/);

const packParts = {
  v: z.literal(1),
  /** The server's time when it answered. */
  at: timestampSchema,
  /** What to go on with. */
  cursor: packCursorSchema,
  /** Whether it replaces all that the device had. */
  complete: z.boolean(),
  /** Whether there is more: ask again at once. */
  more: z.boolean(),
} as const;

const pageParts = { batch: batchIdSchema, firstSerial: serialSchema } as const;

const codePageSchema = z.object({
  ...pageParts,
  /** 8 bytes a ticket, see `core/gate/code-pack.ts`. */
  codes: z.instanceof(Uint8Array),
});
export type CodePage = z.infer<typeof codePageSchema>;

/** `GET /api/events/{event}/gate-packs/codes?after=…`, as CBOR: short codes of stored tickets, those of each chunk once. */
export const codePackPartSchema = z.object({ ...packParts, pages: z.array(codePageSchema) });
export type CodePackPart = z.infer<typeof codePackPartSchema>;

const namePageSchema = z.object({
  ...pageParts,
  /** Records of one size, see `core/gate/name-pack.ts`; each replaces what was known of its ticket. */
  records: z.instanceof(Uint8Array),
});
export type NamePage = z.infer<typeof namePageSchema>;

/**
 * `GET /api/events/{event}/gate-packs/names?after=…`, as CBOR, where the event shows names at its gates: those of each chunk once,
 * then of each ticket that was corrected.
 */
export const namePackPartSchema = z.object({
  ...packParts,
  /** Of one record. */
  recordBytes: z.number().int().min(1).max(65_536),
  pages: z.array(namePageSchema),
});
export type NamePackPart = z.infer<typeof namePackPartSchema>;

/** `POST /api/events/{event}/ticket-codes`: whose short code it is, for a gate without the codes. No name is in the answer. */
export const codeLookupSchema = z.object({ code: z.string().min(1).max(64) });
export const codeLookupAnswerSchema = z.object({
  tickets: z.array(z.object({ batch: batchIdSchema, serial: serialSchema })),
  /** Stored tickets that the search does not know yet: one of them may have the code. */
  notYetIndexed: z.number().int().min(0),
});
export type CodeLookupAnswer = z.infer<typeof codeLookupAnswerSchema>;
