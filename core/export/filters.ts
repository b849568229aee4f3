import { z } from 'zod';
import { batchIdSchema, serialSchema } from '../api/batch.ts';
import { timestampSchema, typeIndexSchema } from '../api/event.ts';
import { type RecordedScan, type Scan, scanEffectSchema, scanKindSchema } from '../api/gate.ts';
import { gateIdSchema } from '../api/gate-device.ts';

/**
 * Which records; plain data, so that it can be stored, sent and shared. What a record does not have is not as a filter
 * wants it: no ticket has a gate, no scan a status.
 */
export type Filter =
  /** All of them hold; none given: always. */
  | { readonly kind: 'and'; readonly filters: readonly Filter[] }
  /** At least one of them holds; none given: never. */
  | { readonly kind: 'or'; readonly filters: readonly Filter[] }
  | { readonly kind: 'not'; readonly filter: Filter }
  /** Ticket types of the event, by index. */
  | { readonly kind: 'type'; readonly types: readonly number[] }
  | { readonly kind: 'status'; readonly statuses: readonly TicketStatus[] }
  /** Batches, by id. */
  | { readonly kind: 'batch'; readonly batches: readonly string[] }
  /** Gates of the event, by id. */
  | { readonly kind: 'gate'; readonly gates: readonly string[] }
  | { readonly kind: 'scan'; readonly scans: readonly Scan['kind'][] }
  | { readonly kind: 'effect'; readonly effects: readonly RecordedScan['effect'][] }
  /** Both inclusive; null: without bound. */
  | { readonly kind: 'serial'; readonly from: number | null; readonly to: number | null }
  /** Ms since epoch, `before` exclusive; null: without bound. A record without the instant is not meant. */
  | {
      readonly kind: 'date';
      readonly column: DateColumn;
      readonly from: number | null;
      readonly before: number | null;
    }
  /** Found within a text column, whatever the case; null: within any personal column, or any text of a scan. */
  | { readonly kind: 'text'; readonly text: string; readonly columns: readonly string[] | null };

const ticketStatusSchema = z.enum(['valid', 'revoked']);
type TicketStatus = z.infer<typeof ticketStatusSchema>;
const dateColumnSchema = z.enum(['mintedAt', 'notBefore', 'notAfter', 'scannedAt', 'receivedAt']);
export type DateColumn = z.infer<typeof dateColumnSchema>;

/** Filters within filters, at most. */
const MAX_DEPTH = 8;
const MAX_LISTED = 1_000;

const nestedFilterSchema: z.ZodType<Filter> = z
  .lazy(() =>
    z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('and'), filters: z.array(nestedFilterSchema).max(MAX_LISTED) }),
      z.strictObject({ kind: z.literal('or'), filters: z.array(nestedFilterSchema).max(MAX_LISTED) }),
      z.strictObject({ kind: z.literal('not'), filter: nestedFilterSchema }),
      z.strictObject({ kind: z.literal('type'), types: z.array(typeIndexSchema).max(MAX_LISTED) }),
      z.strictObject({ kind: z.literal('status'), statuses: z.array(ticketStatusSchema).max(2) }),
      z.strictObject({ kind: z.literal('batch'), batches: z.array(batchIdSchema).max(MAX_LISTED) }),
      z.strictObject({ kind: z.literal('gate'), gates: z.array(gateIdSchema).max(MAX_LISTED) }),
      z.strictObject({ kind: z.literal('scan'), scans: z.array(scanKindSchema).max(4) }),
      z.strictObject({ kind: z.literal('effect'), effects: z.array(scanEffectSchema).max(3) }),
      z.strictObject({ kind: z.literal('serial'), from: serialSchema.nullable(), to: serialSchema.nullable() }),
      z.strictObject({
        kind: z.literal('date'),
        column: dateColumnSchema,
        from: timestampSchema.nullable(),
        before: timestampSchema.nullable(),
      }),
      z.strictObject({
        kind: z.literal('text'),
        text: z.string().max(200),
        columns: z.array(z.string().min(1)).max(100).nullable(),
      }),
    ]),
  )
  // Descriptions (OpenAPI, JSON Schema) refer to it by this name, as it holds itself.
  .meta({ id: 'TicketFilter' });

/** Refuses filters that are nested deeper than 8, before it goes into them. */
export const filterSchema = z
  .unknown()
  .refine((value) => isWithinDepth(value, MAX_DEPTH), `expected filters nested at most ${MAX_DEPTH} deep`)
  .pipe(nestedFilterSchema);

function isWithinDepth(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (depth === 0) return false;
  const { filters, filter } = value as { readonly filters?: unknown; readonly filter?: unknown };
  const inner = Array.isArray(filters) ? filters : [filter];
  return inner.every((one) => isWithinDepth(one, depth - 1));
}
