import { z } from 'zod';
import { batchDeclarationSchema, batchIdSchema, nonceSchema, serialSchema } from './batch.ts';
import { eventIdSchema, ticketTypeInputSchema, timestampSchema, typeIndexSchema } from './event.ts';
import { gateDeviceIdSchema, gateIdSchema, gateSchema } from './gate-device.ts';

/** A window is widened by so much at most, in ms. */
export const MAX_TOLERANCE_MS = 7 * 24 * 60 * 60 * 1_000;

/** What holds for all gates of an event, besides each gate's own rules. */
export const admissionRulesSchema = z.object({
  /** How many may be inside at once, over all gates; null: no limit. */
  capacity: z.number().int().min(1).max(100_000_000).nullable(),
  /** How long before a ticket's window opens it is let in, ms. */
  earlyMs: z.number().int().min(0).max(MAX_TOLERANCE_MS),
  /** How long after a ticket's window has ended it is let in, ms. */
  lateMs: z.number().int().min(0).max(MAX_TOLERANCE_MS),
});
/** `GET` and `PUT /api/events/{event}/admission-rules` */
export type AdmissionRules = z.infer<typeof admissionRulesSchema>;

/** Where nobody has set any: two hours before a ticket's window, until its end. */
export const STANDARD_ADMISSION_RULES: AdmissionRules = { capacity: null, earlyMs: 7_200_000, lateMs: 0 };

export const scanKindSchema = z.enum(['enter', 'exit', 'undo', 'override']);

/**
 * One thing that happened at a gate. Never changes: an error is taken back by a record of its own. What a device has
 * recorded has happened, whatever the server would have said.
 */
export const scanSchema = z
  .object({
    /** 128 random bits in hex: sent again, it is the same scan. */
    nonce: nonceSchema,
    batch: batchIdSchema,
    serial: serialSchema,
    kind: scanKindSchema,
    /** When it happened by the device's clock, corrected for the clock's error. An undo is dated from what it undoes. */
    at: timestampSchema,
    device: gateDeviceIdSchema,
    gate: gateIdSchema,
    /** On an `enter` that was let in again, as its ticket was known to have left and the gate allows it. */
    again: z.literal(true).optional(),
    /** On a scan whose ticket was found by a typed short code, not read off the ticket. */
    typed: z.literal(true).optional(),
    /** Why a supervisor let in what the rules refuse; on an `override`, and only there. */
    reason: z.string().trim().min(1).max(100).optional(),
    /** The nonce of the scan that an `undo` takes back: of the same ticket and device, at most a minute before. */
    undoes: nonceSchema.optional(),
  })
  .refine((scan) => (scan.kind === 'undo') === (scan.undoes !== undefined), {
    path: ['undoes'],
    message: 'expected it on an undo, and only there',
  })
  .refine((scan) => (scan.kind === 'override') === (scan.reason !== undefined), {
    path: ['reason'],
    message: 'expected it on an override, and only there',
  })
  .refine((scan) => scan.kind === 'enter' || scan.again === undefined, {
    path: ['again'],
    message: 'expected it on an enter only',
  });
export type Scan = z.infer<typeof scanSchema>;

/** How a ticket stands after all scans that are known. */
export interface TicketUse {
  readonly state: z.infer<typeof useStateSchema>;
  /** Of the entry in force, as `gate` is; null when it is not known, or there is none. */
  readonly at: number | null;
  readonly gate: string | null;
}

const useStateSchema = z.enum(['unused', 'inside', 'outside']);

const refusalSchemas = [
  /** No token of ours. */
  z.object({ kind: z.literal('malformed') }),
  /** `waiting`: a batch of the event's that no administrator has approved; whether the token is genuine is not known. */
  z.object({ kind: z.literal('unknown-batch'), waiting: z.literal(true).optional() }),
  z.object({ kind: z.literal('bad-signature') }),
  z.object({ kind: z.literal('wrong-event'), eventName: z.string() }),
  z.object({ kind: z.literal('rehearsal') }),
  z.object({ kind: z.literal('out-of-range') }),
  z.object({ kind: z.literal('revoked') }),
  /** Let in from `from`, the tolerance included. */
  z.object({ kind: z.literal('not-yet-valid'), from: timestampSchema }),
  /** Let in until `until`, the tolerance included. */
  z.object({ kind: z.literal('expired'), until: timestampSchema }),
  /** The open gates where its type is let in. */
  z.object({ kind: z.literal('wrong-gate'), gates: z.array(gateIdSchema) }),
  /** When and where it was let in; null where this device knows only that it was. */
  z.object({ kind: z.literal('already-used'), at: timestampSchema.nullable(), gate: gateIdSchema.nullable() }),
  /** Leaving, and not inside as far as is known. */
  z.object({ kind: z.literal('not-inside') }),
  /** `gate`: the gate whose own capacity is reached; null for the event's. */
  z.object({ kind: z.literal('full'), capacity: z.number().int(), gate: gateIdSchema.nullable() }),
] as const;

/** What a gate says of a ticket, in the order in which reasons are looked for. Data only: words are the interface's. */
const verdictSchema = z.discriminatedUnion('kind', [
  ...refusalSchemas,
  /** `again`: it was in before, and the rules let it in again. */
  z.object({ kind: z.literal('admitted'), again: z.boolean() }),
  z.object({ kind: z.literal('exited') }),
]);
export type Verdict = z.infer<typeof verdictSchema>;

/** What of an event a gate has to know; no person's name is in any of it. */
const gateSetupSchema = z.object({
  event: z.object({
    id: eventIdSchema,
    name: z.string(),
    timeZone: z.string(),
    startsAt: timestampSchema,
    endsAt: timestampSchema,
    /** Made to try things out: all of its batches are rehearsals, and pass at its gates. */
    demo: z.boolean(),
  }),
  types: z.array(
    z.object({
      index: typeIndexSchema,
      name: z.string(),
      colour: ticketTypeInputSchema.shape.colour,
      notBefore: timestampSchema.nullable(),
      notAfter: timestampSchema.nullable(),
    }),
  ),
  /** Closed ones too: they have let people in. */
  gates: z.array(gateSchema.omit({ createdAt: true })),
  rules: admissionRulesSchema,
  /** Present where the event has names shown at its gates: in `gate-packs/names`, never in a sync. */
  names: z.literal(true).optional(),
});
export type GateSetup = z.infer<typeof gateSetupSchema>;

/** Inclusive pairs of serials, sorted, disjoint. */
const serialRangesSchema = z.array(z.tuple([serialSchema, serialSchema]));

const { publicKey, typeIndex, count, notBefore, notAfter } = batchDeclarationSchema.shape;

const gateBatchSchema = z.object({
  id: batchIdSchema,
  publicKey,
  typeIndex,
  count,
  notBefore,
  notAfter,
  rehearsal: z.boolean(),
  /** What was revoked, what a seal left out, and what failed verification. */
  revoked: serialRangesSchema,
  /** In gate files: since when an administrator has approved it, by the server's clock; absent where nobody was asked. */
  approvedAt: timestampSchema.optional(),
});
export type GateBatch = z.infer<typeof gateBatchSchema>;

/** A batch of another event of the same server: to say so, rather than that it is not known. */
const foreignBatchSchema = z.object({ id: batchIdSchema, publicKey, eventName: z.string() });
export type ForeignBatch = z.infer<typeof foreignBatchSchema>;

/** One bit a ticket, serial 1 the lowest bit of the first byte; zero bytes at the end are left out. */
const bitmapSchema = z.instanceof(Uint8Array);

const countSchema = z.number().int().min(0);

/** How far a device is: numbers of the server's, which only grow. */
export const gateCursorSchema = z.object({ changes: countSchema, scans: countSchema });
export type GateCursor = z.infer<typeof gateCursorSchema>;

/**
 * `GET /api/events/{event}/gate-sync?changes=…&scans=…`, as CBOR: all that a gate needs where `complete`, else what
 * changed since the cursor.
 */
export const gateSyncSchema = z.object({
  v: z.literal(1),
  /** The server's time when it answered. */
  at: timestampSchema,
  cursor: gateCursorSchema,
  /** Whether it replaces all that the device had from the server. */
  complete: z.boolean(),
  /** Whether more has changed than is in here: ask again at once. */
  more: z.boolean(),
  /** Absent: as before. */
  setup: gateSetupSchema.optional(),
  /** Each replaces what was known of it. */
  batches: z.array(gateBatchSchema),
  /** Batches that no administrator has approved, or not any more: nothing of them is known but that. */
  withheld: z.array(batchIdSchema).optional(),
  /** Added to what was revoked. */
  revoked: z.array(z.object({ batch: batchIdSchema, ranges: serialRangesSchema })),
  foreign: z.array(foreignBatchSchema),
  /** Only where complete. `inside` is absent where all who entered are inside. */
  used: z.array(z.object({ batch: batchIdSchema, used: bitmapSchema, inside: bitmapSchema.optional() })),
  /** Tickets whose use changed, as batch, serial, state, at and gate; each replaces what was known of it. */
  uses: z.array(
    z.tuple([batchIdSchema, serialSchema, useStateSchema, timestampSchema.nullable(), gateIdSchema.nullable()]),
  ),
  /** How many are inside now, and of those how many by each gate. */
  inside: z.object({ total: z.number().int(), gates: z.array(z.tuple([gateIdSchema, z.number().int()])) }),
});
export type GateSync = z.infer<typeof gateSyncSchema>;

/** Scans in one request, at most: a JSON body has 64 KiB. */
export const MAX_SCANS = 100;

/** `POST /api/events/{event}/scans`: what has happened; in any order, again as often as needed. */
export const scanUploadSchema = z.object({ scans: z.array(scanSchema).min(1).max(MAX_SCANS) });

/** `stored` now or `known` before; `refused` when it cannot be: no such ticket in this event, or the nonce is another's. */
const scanResultSchema = z.object({
  nonce: nonceSchema,
  outcome: z.enum(['stored', 'known', 'refused']),
  /** Its number; a sync whose cursor has reached it accounts for it. Null when refused. */
  seq: z.number().int().nullable(),
});
export type ScanResult = z.infer<typeof scanResultSchema>;

/** The answer, in the order of the request. */
export const scanResultsSchema = z.object({ at: timestampSchema, results: z.array(scanResultSchema) });

/**
 * `POST /api/events/{event}/scans/claim`: decided by the server and, when admitted or exited, recorded in the same
 * transaction, so that of several devices one is first.
 */
export const scanClaimSchema = z.object({ scan: scanSchema });
export const claimAnswerSchema = z.object({
  at: timestampSchema,
  verdict: verdictSchema,
  /** Null when it was not recorded. */
  seq: z.number().int().nullable(),
});
export type ClaimAnswer = z.infer<typeof claimAnswerSchema>;

/** Whether a scan let somebody in on top of another, or was taken back. */
export const scanEffectSchema = z.enum(['counted', 'double', 'undone']);

/** A scan as the server keeps it. */
const recordedScanSchema = z.object({
  ...scanSchema.shape,
  seq: z.number().int().min(1),
  receivedAt: timestampSchema,
  effect: scanEffectSchema,
});
export type RecordedScan = z.infer<typeof recordedScanSchema>;

/** `GET /api/events/{event}/scans?after=SEQ&limit=N`: in the order in which they arrived. */
export const recordedScansSchema = z.array(recordedScanSchema);

/** One side of a double entry. */
const entrySchema = z.object({
  nonce: nonceSchema,
  at: timestampSchema,
  gate: gateIdSchema,
  device: gateDeviceIdSchema,
});
export type Entry = z.infer<typeof entrySchema>;

/** A ticket that let in twice: the entry in force, by true door time, and the one that came on top. */
const scanConflictSchema = z.object({
  batch: batchIdSchema,
  serial: serialSchema,
  kept: entrySchema,
  doubled: entrySchema,
});
export type ScanConflict = z.infer<typeof scanConflictSchema>;

/** The place of a double entry in their list: when the entry on top came, and its nonce. */
export const conflictCursorSchema = z.object({ afterAt: timestampSchema, afterNonce: nonceSchema });
export type ConflictCursor = z.infer<typeof conflictCursorSchema>;

/**
 * `GET /api/events/{event}/scan-conflicts?limit=N`: the newest first, by door time. With `afterAt` and `afterNonce`, both
 * or none, those that follow it. `total` counts all.
 */
export const scanConflictsSchema = z.object({ total: countSchema, conflicts: z.array(scanConflictSchema) });
export type ScanConflicts = z.infer<typeof scanConflictsSchema>;

/** `GET /api/events/{event}/scan-totals`: what an export of all scans is to hold. */
export const scanTotalsSchema = z.object({
  count: countSchema,
  /** The number of the last; 0 without any. */
  lastSeq: countSchema,
});
export type ScanTotals = z.infer<typeof scanTotalsSchema>;

const flowSchema = { admitted: countSchema, exited: countSchema };

/** `GET /api/events/{event}/admissions`: from kept counters. */
export const admissionsSchema = z.object({
  at: timestampSchema,
  ...flowSchema,
  inside: z.number().int(),
  conflicts: countSchema,
  /** Tickets that gates let in: of all approved batches in earnest, less those revoked. */
  tickets: countSchema,
  /** Of these, how many were let in: each once, however often it went in again. */
  used: countSchema,
  gates: z.array(z.object({ gate: gateIdSchema, ...flowSchema })),
  /** Those with tickets or scans. */
  types: z.array(z.object({ typeIndex: typeIndexSchema, tickets: countSchema, used: countSchema, ...flowSchema })),
  /** By door time, those of the asked span in which somebody went in or out; `minute` is its beginning. */
  minutes: z.array(z.object({ minute: timestampSchema, ...flowSchema })),
});
export type Admissions = z.infer<typeof admissionsSchema>;
